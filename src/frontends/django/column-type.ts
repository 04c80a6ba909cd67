/** Which type a field's column has in each database. */
import type { Database } from '../../operations/migration.ts';
import type { DataType } from '../../operations/column.ts';
import type { Field } from './field.ts';

/** The type of a field's column, or undefined where its class is a project's own, it points to another table, or the database is not known. */
export function columnType(field: Field, database: Database): DataType | undefined {
  if (field.inner && field.type === 'GeneratedField') return columnType(field.inner, database);
  if (field.inner) return arrayOf(columnType(field.inner, database));
  const type = sameAs[field.type] ?? (field.isKnown ? field.type : undefined);
  const types = database === 'unknown' ? undefined : tables[database];
  const written = type === undefined ? undefined : types?.[type];
  if (written === undefined) return undefined;
  const unsigned = written.endsWith(' unsigned');
  const [name = '', given] = written.replace(' unsigned', '').split('(');
  const named: DataType = { name, arguments: argumentsOf(field, given), ...(unsigned ? { unsigned: true } : {}) };
  return field.collation === undefined ? named : { ...named, collation: field.collation };
}

/** True where the database numbers the rows of the field. */
export function isNumbered(field: Field): boolean {
  return /^(Small|Big)?AutoField$/.test(field.type);
}

function arrayOf(element: DataType | undefined): DataType | undefined {
  return element && { ...element, array: true };
}

function argumentsOf(field: Field, given: string | undefined): (string | number)[] {
  if (given === undefined) return [];
  if (given === 'length)') return field.length === undefined ? [] : [field.length];
  if (given === 'digits)') return [field.digits, field.places].filter((each) => each !== undefined);
  return [Number.parseInt(given, 10)];
}

/** Fields that differ in Python alone, and a few of wide-spread packages. */
const sameAs: Record<string, string> = {
  AutoCreatedField: 'DateTimeField',
  AutoLastModifiedField: 'DateTimeField',
  CICharField: 'CITextField',
  CIEmailField: 'CITextField',
  CommaSeparatedIntegerField: 'CharField',
  CreationDateTimeField: 'DateTimeField',
  EmailField: 'CharField',
  ImageField: 'FileField',
  ModificationDateTimeField: 'DateTimeField',
  NullBooleanField: 'BooleanField',
  RichTextField: 'TextField',
  StreamField: 'TextField',
  URLField: 'CharField',
};

/** `data_types` of django/db/backends/postgresql/base.py, and django/contrib/postgres/fields. */
const postgres: Record<string, string> = {
  AutoField: 'integer',
  BigAutoField: 'bigint',
  SmallAutoField: 'smallint',
  BinaryField: 'bytea',
  BooleanField: 'boolean',
  CharField: 'varchar(length)',
  DateField: 'date',
  DateTimeField: 'timestamp with time zone',
  DecimalField: 'numeric(digits)',
  DurationField: 'interval',
  FileField: 'varchar(length)',
  FilePathField: 'varchar(length)',
  FloatField: 'double precision',
  IntegerField: 'integer',
  BigIntegerField: 'bigint',
  IPAddressField: 'inet',
  GenericIPAddressField: 'inet',
  JSONField: 'jsonb',
  PositiveBigIntegerField: 'bigint',
  PositiveIntegerField: 'integer',
  PositiveSmallIntegerField: 'smallint',
  SlugField: 'varchar(length)',
  SmallIntegerField: 'smallint',
  TextField: 'text',
  TimeField: 'time without time zone',
  UUIDField: 'uuid',
  HStoreField: 'hstore',
  SearchVectorField: 'tsvector',
  CITextField: 'citext',
  IntegerRangeField: 'int4range',
  BigIntegerRangeField: 'int8range',
  DecimalRangeField: 'numrange',
  DateTimeRangeField: 'tstzrange',
  DateRangeField: 'daterange',
};

/** `_data_types` of django/db/backends/mysql/base.py. */
const mysql: Record<string, string> = {
  AutoField: 'int',
  BigAutoField: 'bigint',
  SmallAutoField: 'smallint',
  BinaryField: 'longblob',
  BooleanField: 'tinyint(1)',
  CharField: 'varchar(length)',
  DateField: 'date',
  DateTimeField: 'datetime(6)',
  DecimalField: 'decimal(digits)',
  DurationField: 'bigint',
  FileField: 'varchar(length)',
  FilePathField: 'varchar(length)',
  FloatField: 'double',
  IntegerField: 'int',
  BigIntegerField: 'bigint',
  IPAddressField: 'char(15)',
  GenericIPAddressField: 'char(39)',
  JSONField: 'json',
  PositiveBigIntegerField: 'bigint unsigned',
  PositiveIntegerField: 'int unsigned',
  PositiveSmallIntegerField: 'smallint unsigned',
  SlugField: 'varchar(length)',
  SmallIntegerField: 'smallint',
  TextField: 'longtext',
  TimeField: 'time(6)',
  UUIDField: 'char(32)',
};

/** `data_types` of django/db/backends/sqlite3/base.py. */
const sqlite: Record<string, string> = {
  ...mysql,
  AutoField: 'integer',
  BigAutoField: 'integer',
  SmallAutoField: 'integer',
  BinaryField: 'blob',
  BooleanField: 'bool',
  DateTimeField: 'datetime',
  DecimalField: 'decimal',
  FloatField: 'real',
  IntegerField: 'integer',
  JSONField: 'text',
  PositiveIntegerField: 'integer unsigned',
  TextField: 'text',
  TimeField: 'time',
};

/** https://github.com/microsoft/mssql-django/blob/dev/mssql/base.py */
const sqlserver: Record<string, string> = {
  AutoField: 'int',
  BigAutoField: 'bigint',
  SmallAutoField: 'smallint',
  BinaryField: 'varbinary',
  BooleanField: 'bit',
  CharField: 'nvarchar(length)',
  DateField: 'date',
  DateTimeField: 'datetime2',
  DecimalField: 'numeric(digits)',
  DurationField: 'bigint',
  FileField: 'nvarchar(length)',
  FilePathField: 'nvarchar(length)',
  FloatField: 'float',
  IntegerField: 'int',
  BigIntegerField: 'bigint',
  IPAddressField: 'nvarchar(15)',
  GenericIPAddressField: 'nvarchar(39)',
  JSONField: 'nvarchar',
  PositiveBigIntegerField: 'bigint',
  PositiveIntegerField: 'int',
  PositiveSmallIntegerField: 'smallint',
  SlugField: 'nvarchar(length)',
  SmallIntegerField: 'smallint',
  TextField: 'nvarchar',
  TimeField: 'time',
  UUIDField: 'char(32)',
};

const tables: Record<Exclude<Database, 'unknown'>, Record<string, string>> = {
  postgres,
  mysql,
  mariadb: { ...mysql, UUIDField: 'uuid' },
  sqlite,
  sqlserver,
};

/** Fields of Django whose columns have a type: `data_types` of https://github.com/django/django/tree/main/django/db/backends, the other way round. */
import type { Database } from '../operations/migration.ts';
import type { Column, DataType, Expression } from '../operations/column.ts';
import { pythonString } from './python.ts';
import { textOf } from './values.ts';

/** `models.IntegerField(…)` for a column of this type, with more arguments; undefined where no field has exactly this type. */
export function fieldOf(
  type: DataType | undefined,
  database: Database,
  more: readonly string[] = [],
): string | undefined {
  if (!type || type.array || type.unsigned || type.collation !== undefined) return undefined;
  const table = fields[database];
  const sized = table?.[`${type.name}(${type.arguments.join()})`];
  if (sized !== undefined) return `models.${sized}(${more.join(', ')})`;
  const name = table?.[type.name];
  const size = name === undefined ? undefined : sizeOf(name, type.arguments);
  return size && `models.${name}(${[...size, ...more].join(', ')})`;
}

/** What the author of a column notes of it, from Django 4.2 on: https://docs.djangoproject.com/en/stable/ref/models/fields/#db-comment */
export function noteOf({ comment }: Pick<Column, 'comment'>): string[] {
  const text = comment === undefined ? undefined : textOf(comment);
  return text === undefined ? [] : [`db_comment=${pythonString(text)}`];
}

/** A constant as Python writes it; undefined for anything that the database works out. */
function pythonConstant({ sql, known, functions, columns }: Expression): string | undefined {
  if (!known || functions.length > 0 || columns.length > 0) return undefined;
  const word = sql.toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true' ? 'True' : 'False';
  if (Number.isFinite(Number(sql)) && /^-?[1-9.0]/.test(sql) && String(Number(sql)) === sql) return sql;
  const inside = sql.slice(1, -1);
  const isString = sql.length > 1 && sql.startsWith("'") && sql.endsWith("'") && !/['\\]/.test(inside);
  return isString ? pythonString(inside) : undefined;
}

/** The default of a field: JSON comes from a function, since one value for all rows would be shared. Undefined where Python's words are not known. https://docs.djangoproject.com/en/stable/ref/models/fields/#jsonfield */
export function pythonDefault({ type, default: value }: Pick<Column, 'type' | 'default'>): string | undefined {
  if (type?.name !== 'json' && type?.name !== 'jsonb') return value && pythonConstant(value);
  return value && jsonDefaults[value.sql.replace(/::jsonb?$/, '')];
}

const jsonDefaults: Record<string, string | undefined> = { "'{}'": 'dict', "'[]'": 'list' };

/** True for a default that is written the same in SQL: what Python works out stands there as Python has it. */
export function isSqlConstant(value: Expression): boolean {
  return pythonConstant(value) !== undefined;
}

function sizeOf(name: string, given: DataType['arguments']): string[] | undefined {
  const [first, second] = given;
  if (name === 'CharField') return typeof first === 'number' ? [`max_length=${first}`] : undefined;
  if (name === 'DecimalField')
    return typeof first === 'number' ? [`max_digits=${first}`, `decimal_places=${Number(second ?? 0)}`] : undefined;
  return given.length === 0 ? [] : undefined;
}

const everywhere: Record<string, string> = {
  smallint: 'SmallIntegerField',
  bigint: 'BigIntegerField',
  date: 'DateField',
  varchar: 'CharField',
  'character varying': 'CharField',
};

const mariadb: Record<string, string> = {
  ...everywhere,
  'datetime(6)': 'DateTimeField',
  decimal: 'DecimalField',
  double: 'FloatField',
  int: 'IntegerField',
  integer: 'IntegerField',
  json: 'JSONField',
  longblob: 'BinaryField',
  longtext: 'TextField',
  'time(6)': 'TimeField',
  'tinyint(1)': 'BooleanField',
};

const fields: Partial<Record<Database, Record<string, string>>> = {
  postgres: {
    ...everywhere,
    boolean: 'BooleanField',
    bytea: 'BinaryField',
    'double precision': 'FloatField',
    inet: 'GenericIPAddressField',
    integer: 'IntegerField',
    interval: 'DurationField',
    jsonb: 'JSONField',
    numeric: 'DecimalField',
    text: 'TextField',
    'time without time zone': 'TimeField',
    'timestamp with time zone': 'DateTimeField',
    uuid: 'UUIDField',
  },
  mysql: { ...mariadb, 'char(32)': 'UUIDField' },
  // Which type a UUIDField has there depends on its version: https://docs.djangoproject.com/en/stable/releases/5.0/#miscellaneous
  mariadb: { ...mariadb, uuid: 'UUIDField' },
  sqlite: {
    ...everywhere,
    blob: 'BinaryField',
    bool: 'BooleanField',
    'char(32)': 'UUIDField',
    datetime: 'DateTimeField',
    integer: 'IntegerField',
    real: 'FloatField',
    text: 'TextField',
    time: 'TimeField',
  },
};

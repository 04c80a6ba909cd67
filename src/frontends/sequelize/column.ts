/** A column of Sequelize as the SQL that its dialects write. */
import type { Database } from '../../operations/migration.ts';
import {
  actionsSql,
  literalSql,
  literalText,
  nameIn,
  noteSql,
  quoted,
  quotedTable,
  sqlIn,
  tableIn,
} from '../syntax/generated-sql.ts';
import { deferralSql } from './index-sql.ts';
import { jsonOf } from '../syntax/script-json.ts';
import {
  fieldOf,
  findText,
  isConstantValue,
  itemsOf,
  lastStep,
  type RecordValue,
  type Step,
  type Value,
} from '../syntax/script-value.ts';

/** The options of a column; a bare type stands for `{ type }`. */
export function attributeOf(value: Value | undefined): RecordValue {
  if (value?.kind === 'record') return value;
  const fields = new Map<string, Value>(value ? [['type', value]] : []);
  return { kind: 'record', fields, whole: true, start: value?.start ?? 0, end: value?.end ?? 0 };
}

/** Name, type, nullability and default of a column; `isChange` leaves out what is said apart. */
export function columnSql(table: string, name: string, attribute: Value, database: Database, isChange = false): string {
  const isSerial = database === 'postgres' && isConstantValue(fieldOf(attribute, 'autoIncrement'), true);
  const type = typeSql(table, name, attribute, database);
  const parts = [quoted(name, database), isSerial ? serialSql(type, attribute) : type];
  if (isConstantValue(fieldOf(attribute, 'allowNull'), false)) parts.push('NOT NULL');
  if (isConstantValue(fieldOf(attribute, 'autoIncrement'), true)) parts.push(...incrementSql(database));
  const initial = defaultSql(fieldOf(attribute, 'defaultValue'), database);
  if (initial !== undefined) parts.push(`DEFAULT ${initial}`);
  if (!isChange && isConstantValue(fieldOf(attribute, 'unique'), true)) parts.push('UNIQUE');
  parts.push(...noteSql(fieldOf(attribute, 'comment'), database));
  return parts.join(' ');
}

/** The statement that makes the type of an enum column on PostgreSQL. */
export function enumTypeSql(table: string, name: string, attribute: Value, database: Database): string | undefined {
  const step = enumOf(attribute);
  if (!step || database !== 'postgres') return undefined;
  return `CREATE TYPE ${enumName(table, name, database)} AS ENUM(${enumValues(step, attribute, database)})`;
}

/** ` REFERENCES …`, or nothing. */
export function referenceSql(attribute: Value, database: Database): string {
  const references = fieldOf(attribute, 'references');
  if (!references) return '';
  const model = fieldOf(references, 'model') ?? fieldOf(references, 'table') ?? references;
  const key = findText(fieldOf(references, 'key') ?? fieldOf(references, 'field')) ?? 'id';
  return ` REFERENCES ${quotedTable(tableIn(model), database)} (${quoted(key, database)})${actionsSql(attribute)}${deferralSql(references, database)}`;
}

/** https://sequelize.org/docs/v6/other-topics/other-data-types/, and `toSql` of lib/data-types.js and of the dialects. */
const types: Record<string, Partial<Record<Database, string>> & { all: string }> = {
  STRING: { all: 'VARCHAR', sqlserver: 'NVARCHAR' },
  CHAR: { all: 'CHAR' },
  TEXT: { all: 'TEXT', sqlserver: 'NVARCHAR(MAX)' },
  CITEXT: { all: 'CITEXT' },
  TSVECTOR: { all: 'TSVECTOR' },
  NUMBER: { all: 'INTEGER' },
  INTEGER: { all: 'INTEGER' },
  TINYINT: { all: 'TINYINT', postgres: 'SMALLINT' },
  SMALLINT: { all: 'SMALLINT' },
  MEDIUMINT: { all: 'MEDIUMINT', postgres: 'INTEGER', sqlserver: 'INTEGER' },
  BIGINT: { all: 'BIGINT' },
  FLOAT: { all: 'FLOAT' },
  REAL: { all: 'REAL' },
  DOUBLE: { all: 'DOUBLE PRECISION' },
  DECIMAL: { all: 'DECIMAL' },
  NUMERIC: { all: 'DECIMAL' },
  BOOLEAN: { all: 'BOOLEAN', mysql: 'TINYINT(1)', mariadb: 'TINYINT(1)', sqlite: 'TINYINT(1)', sqlserver: 'BIT' },
  DATE: { all: 'DATETIME', postgres: 'TIMESTAMP WITH TIME ZONE', sqlserver: 'DATETIMEOFFSET' },
  DATEONLY: { all: 'DATE' },
  TIME: { all: 'TIME' },
  UUID: { all: 'UUID', mysql: 'CHAR(36) BINARY', mariadb: 'CHAR(36) BINARY', sqlserver: 'CHAR(36)' },
  JSON: { all: 'JSON', sqlserver: 'NVARCHAR(MAX)' },
  JSONB: { all: 'JSONB', mysql: 'JSON', mariadb: 'JSON' },
  BLOB: { all: 'BLOB', postgres: 'BYTEA', sqlserver: 'VARBINARY(MAX)' },
  HSTORE: { all: 'HSTORE' },
  INET: { all: 'INET' },
  CIDR: { all: 'CIDR' },
  MACADDR: { all: 'MACADDR' },
  GEOMETRY: { all: 'GEOMETRY' },
  GEOGRAPHY: { all: 'GEOGRAPHY' },
};

/** Texts and blobs of MySQL have sizes by name. */
const sizes = /^(tiny|medium|long)$/i;

const ranges: Record<string, string> = {
  INTEGER: 'INT4RANGE',
  BIGINT: 'INT8RANGE',
  DECIMAL: 'NUMRANGE',
  DATE: 'TSTZRANGE',
  DATEONLY: 'DATERANGE',
};

function typeSql(table: string, name: string, attribute: Value, database: Database): string {
  const given = fieldOf(attribute, 'type');
  const step = enumOf(attribute);
  if (step && database === 'postgres')
    return enumName(table, name, database) + (lastStep(given)?.name === 'ARRAY' ? '[]' : '');
  if (step && isMysql(database)) return `ENUM(${enumValues(step, attribute, database)})`;
  // A type of its own, a list of values or a text: without the database none of them can be told.
  if (step) return database === 'unknown' ? nameIn(undefined) : 'TEXT';
  return typeOf(given, database);
}

function typeOf(given: Value | undefined, database: Database): string {
  if (given?.kind !== 'chain') return nameIn(given);
  const steps = given.steps.filter((step) => Object.hasOwn(types, step.name) || /^(ARRAY|RANGE)$/.test(step.name));
  const step = steps.at(-1);
  const [size, scale] = step?.arguments ?? [];
  if (step?.name === 'ARRAY') return `${typeOf(size?.kind === 'record' ? fieldOf(size, 'type') : size, database)}[]`;
  if (step?.name === 'RANGE') return ranges[lastStep(size)?.name ?? 'INTEGER'] ?? 'INT4RANGE';
  const known = step && types[step.name];
  if (!step || !known) return nameIn(undefined);
  const base = known[database] ?? known.all;
  if (step.name === 'STRING' && given.steps.some((each) => each.name === 'BINARY') && database === 'postgres')
    return 'BYTEA';
  const unsigned = given.steps.some((each) => each.name === 'UNSIGNED') && isMysql(database) ? ' UNSIGNED' : '';
  return sized(step.name, base, size, scale, database) + unsigned;
}

function sized(
  name: string,
  base: string,
  size: Value | undefined,
  scale: Value | undefined,
  database: Database,
): string {
  const length = findText(fieldOf(size, 'length') ?? fieldOf(size, 'precision') ?? size);
  if (name === 'STRING' || name === 'CHAR') return `${base}(${length ?? '255'})`;
  if (name === 'TEXT' || name === 'BLOB')
    return length !== undefined && sizes.test(length) && isMysql(database) ? `${length.toUpperCase()}${base}` : base;
  const second = findText(fieldOf(size, 'scale') ?? scale);
  if (name === 'DECIMAL' || name === 'NUMERIC')
    return length === undefined ? base : `${base}(${length}${second === undefined ? '' : `,${second}`})`;
  if (name === 'DATE' && length !== undefined && isMysql(database)) return `${base}(${length})`;
  return base;
}

function incrementSql(database: Database): string[] {
  if (isMysql(database)) return ['AUTO_INCREMENT'];
  if (database === 'sqlserver') return ['IDENTITY(1,1)'];
  return database === 'unknown' ? ['GENERATED BY DEFAULT AS IDENTITY'] : [];
}

function serialSql(type: string, attribute: Value): string {
  if (isConstantValue(fieldOf(attribute, 'autoIncrementIdentity'), true))
    return `${type} GENERATED BY DEFAULT AS IDENTITY`;
  if (type === 'BIGINT') return 'BIGSERIAL';
  return type === 'SMALLINT' ? 'SMALLSERIAL' : 'SERIAL';
}

/** NOW, UUIDV1, UUIDV4 and functions are filled in by the program and leave no default in the database (`defaultValueSchemable` of lib/utils.js). */
function defaultSql(value: Value | undefined, database: Database): string | undefined {
  if (!value || value.kind === 'function') return undefined;
  const step = lastStep(value);
  if (value.kind === 'record') return literalText(jsonOf(value) ?? nameIn(undefined), database);
  if (!step) return value.kind === 'list' ? listSql(value.items, database) : literalSql(value, database);
  if (/^(NOW|UUIDV1|UUIDV4)$/.test(step.name)) return undefined;
  const [first, ...others] = step.arguments ?? [];
  if (step.name === 'literal') return sqlIn(first);
  if (step.name === 'fn') return `${nameIn(first)}(${others.map((each) => literalSql(each, database)).join(', ')})`;
  return step.name === 'cast' && first ? literalSql(first, database) : literalText(nameIn(undefined), database);
}

function listSql(items: readonly Value[], database: Database): string {
  if (database !== 'postgres') return literalText('[]', database);
  return items.length === 0 ? `'{}'` : `ARRAY[${items.map((item) => literalSql(item, database)).join(', ')}]`;
}

function enumOf(attribute: Value): Step | undefined {
  const given = fieldOf(attribute, 'type');
  const inner = lastStep(given)?.name === 'ARRAY' ? lastStep(given)?.arguments?.[0] : given;
  const step = lastStep(inner);
  return step?.name === 'ENUM' ? step : undefined;
}

function enumValues(step: Step, attribute: Value, database: Database): string {
  const given = step.arguments ?? [];
  const listed = given.flatMap((value) =>
    value.kind === 'record' ? itemsOf(fieldOf(value, 'values')) : itemsOf(value),
  );
  const values = listed.length > 0 ? listed : itemsOf(fieldOf(attribute, 'values'));
  return values.map((value) => literalText(nameIn(value), database)).join(', ');
}

function enumName(table: string, name: string, database: Database): string {
  const parts = table.split('.');
  const type = quoted(`enum_${parts.at(-1) ?? ''}_${name}`, database);
  return parts.length > 1 ? `${quoted(parts[0] ?? '', database)}.${type}` : type;
}

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}

/** A column of Knex's table builder as the SQL that its dialects write. */
import type { Database } from '../../operations/migration.ts';
import { literalSql, literalText, nameIn, noteSql, quoted, quotedTable, sqlIn } from '../syntax/generated-sql.ts';
import {
  fieldOf,
  findText,
  isConstantValue,
  itemsOf,
  type Chain,
  type Step,
  type Value,
} from '../syntax/script-value.ts';
import { jsonOf } from '../syntax/script-json.ts';
import { checksOfColumn } from './check.ts';
import { indexSql, uniqueSql } from './constraint.ts';

/** `alters`: the column is there, and is said anew. */
export type BuiltColumn = { sql: string; chain: Chain; alters: boolean };

/** True for a call that defines a column. */
export function isColumnStep(step: Step): boolean {
  return Object.hasOwn(types, step.name);
}

/** The statement that makes the type of a native enum of PostgreSQL, unless it exists. */
export function enumTypeSql(step: Step, database: Database): string | undefined {
  const [, given, options] = step.arguments ?? [];
  if (database !== 'postgres' || !/^enum?$/.test(step.name)) return undefined;
  if (!isConstantValue(fieldOf(options, 'useNative'), true)) return undefined;
  if (isConstantValue(fieldOf(options, 'existingType'), true)) return undefined;
  return `CREATE TYPE ${enumTypeName(options)} AS ENUM (${enumValues(given, database)})`;
}

/** The columns that one call defines; `timestamps` defines two. */
export function columnsOfStep(step: Step, chain: Chain, database: Database): BuiltColumn[] {
  if (step.name === 'timestamps') return timestampsOf(step, chain, database);
  const alter = findStep(chain, 'alter');
  const parts = [
    quoted(columnName(step), database),
    typeSql(step, chain, database),
    ...modifiersOf(step, chain, database),
    ...checksOfColumn(columnName(step), chain, database),
  ];
  return [{ sql: parts.join(' '), chain, alters: alter !== undefined }];
}

/** What a column's chain adds apart from the column: unique, index, foreign key. */
export function constraintsOfColumn(table: string, step: Step, chain: Chain, database: Database): string[] {
  const column = columnName(step);
  return chain.steps.slice(1).flatMap((each) => {
    const [first, second] = each.arguments ?? [];
    if (each.name === 'unique') return [uniqueSql(table, [column], first, database)];
    if (each.name === 'index')
      return [
        indexSql(table, [textOf(column, each), ...(first ? [first] : []), ...(second ? [second] : [])], database),
      ];
    return [];
  });
}

type Types = Partial<Record<Database, string>> & { all: string };

/** Types of Knex's column compilers (lib/dialects/…/schema/…-columncompiler.js). `#` stands for the arguments of the call. */
const types: Record<string, Types> = {
  increments: { all: 'integer', postgres: 'serial', mysql: 'int unsigned', mariadb: 'int unsigned', sqlserver: 'int' },
  increment: { all: 'integer', postgres: 'serial', mysql: 'int unsigned', mariadb: 'int unsigned', sqlserver: 'int' },
  bigIncrements: {
    all: 'integer',
    postgres: 'bigserial',
    mysql: 'bigint unsigned',
    mariadb: 'bigint unsigned',
    sqlserver: 'bigint',
  },
  bigincrements: {
    all: 'integer',
    postgres: 'bigserial',
    mysql: 'bigint unsigned',
    mariadb: 'bigint unsigned',
    sqlserver: 'bigint',
  },
  integer: { all: 'integer', mysql: 'int', mariadb: 'int', sqlserver: 'int' },
  int: { all: 'integer', mysql: 'int', mariadb: 'int', sqlserver: 'int' },
  tinyint: { all: 'tinyint', postgres: 'smallint' },
  smallint: { all: 'smallint' },
  mediumint: { all: 'integer', mysql: 'mediumint', mariadb: 'mediumint' },
  bigInteger: { all: 'bigint' },
  bigint: { all: 'bigint' },
  biginteger: { all: 'bigint' },
  text: { all: 'text', sqlserver: 'nvarchar(max)' },
  string: { all: 'varchar#', sqlserver: 'nvarchar#' },
  varchar: { all: 'varchar#', sqlserver: 'nvarchar#' },
  float: { all: 'float', postgres: 'real', mysql: 'float(8, 2)', mariadb: 'float(8, 2)' },
  double: { all: 'float', postgres: 'double precision', mysql: 'double', mariadb: 'double' },
  decimal: { all: 'decimal#', sqlite: 'float' },
  numeric: { all: 'decimal#', sqlite: 'float' },
  boolean: { all: 'boolean', sqlserver: 'bit' },
  bool: { all: 'boolean', sqlserver: 'bit' },
  date: { all: 'date' },
  datetime: { all: 'datetime', postgres: 'timestamptz', sqlserver: 'datetime2' },
  dateTime: { all: 'datetime', postgres: 'timestamptz', sqlserver: 'datetime2' },
  timestamp: { all: 'timestamp', postgres: 'timestamptz', sqlite: 'datetime', sqlserver: 'datetime2' },
  time: { all: 'time' },
  timestamps: { all: '' },
  binary: { all: 'blob', postgres: 'bytea', sqlserver: 'varbinary(max)' },
  json: { all: 'json', sqlserver: 'nvarchar(max)' },
  jsonb: { all: 'json', postgres: 'jsonb', sqlserver: 'nvarchar(max)' },
  uuid: { all: 'char(36)', postgres: 'uuid', sqlserver: 'uniqueidentifier' },
  enu: { all: 'text' },
  enum: { all: 'text' },
  specificType: { all: '' },
  geometry: { all: 'geometry' },
  geography: { all: 'geography' },
  point: { all: 'point' },
};

function typeSql(step: Step, chain: Chain, database: Database): string {
  const [, first, second] = step.arguments ?? [];
  if (step.name === 'specificType') return sqlIn(first);
  if (step.name === 'enu' || step.name === 'enum') return enumSql(step, database);
  const isMysql = database === 'mysql' || database === 'mariadb';
  if (step.name === 'text' && isMysql && /^(medium|long|tiny)text$/i.test(findText(first) ?? '')) return nameIn(first);
  if (/^(timestamp|datetime|dateTime)$/.test(step.name) && database === 'postgres' && isWithoutZone(first))
    return `timestamp${precisionOf(first, second)}`;
  if (step.name === 'binary' && isMysql && findText(first) !== undefined) return `varbinary(${nameIn(first)})`;
  const known = types[step.name];
  const precision = /^(timestamp|datetime|dateTime)$/.test(step.name) ? precisionOf(first, second) : '';
  const base = (known?.[database] ?? known?.all ?? '').replace('#', sizeOf(step, first, second));
  return findStep(chain, 'unsigned') && isMysql && !base.includes('unsigned') ? `${base} unsigned` : base + precision;
}

function sizeOf(step: Step, first: Value | undefined, second: Value | undefined): string {
  if (step.name === 'string' || step.name === 'varchar') return `(${findText(first) ?? '255'})`;
  return isConstantValue(first, null) ? '' : `(${findText(first) ?? '8'}, ${findText(second) ?? '2'})`;
}

/** `timestamp(name, { precision })`, or the third argument. */
function precisionOf(options: Value | undefined, third: Value | undefined): string {
  const precision = findText(fieldOf(options, 'precision') ?? third);
  return precision === undefined ? '' : `(${precision})`;
}

function isWithoutZone(options: Value | undefined): boolean {
  return isConstantValue(options, true) || isConstantValue(fieldOf(options, 'useTz'), false);
}

function enumSql({ arguments: [name, given, options] = [] }: Step, database: Database): string {
  const values = enumValues(given, database);
  if (database === 'mysql' || database === 'mariadb') return `enum(${values})`;
  if (isConstantValue(fieldOf(options, 'useNative'), true) && database === 'postgres') return enumTypeName(options);
  // A text with a check, or a list of values: without the database none of them can be told.
  if (database === 'unknown') return nameIn(undefined);
  return `text CHECK (${quoted(nameIn(name), database)} IN (${values || 'NULL'}))`;
}

function enumTypeName(options: Value | undefined): string {
  const schema = findText(fieldOf(options, 'schemaName'));
  const name = nameIn(fieldOf(options, 'enumName'));
  return quotedTable(schema === undefined ? name : `${schema}.${name}`, 'postgres');
}

function enumValues(given: Value | undefined, database: Database): string {
  return itemsOf(given)
    .map((value) => literalText(nameIn(value), database))
    .join(', ');
}

function modifiersOf(step: Step, chain: Chain, database: Database): string[] {
  const parts: string[] = [];
  const isIncrement = /^(big)?increments?$/i.test(step.name);
  const isPrimary =
    findStep(chain, 'primary') !== undefined ||
    (isIncrement && !isConstantValue(fieldOf(step.arguments?.[1], 'primaryKey'), false));
  const nullability = chain.steps.findLast((each) => /^(notNullable|notNull|nullable)$/.test(each.name));
  const isNullable =
    nullability?.name === 'nullable' ? !isConstantValue(nullability.arguments?.[0], false) : nullability === undefined;
  const initial = defaultOf(chain, step, database);
  if (!isNullable) parts.push('NOT NULL');
  if (initial !== undefined) parts.push(`DEFAULT ${initial}`);
  if (isIncrement && (database === 'mysql' || database === 'mariadb')) parts.push('AUTO_INCREMENT');
  if (isIncrement && database === 'sqlserver') parts.push('IDENTITY(1,1)');
  if (isIncrement && database === 'unknown') parts.push('GENERATED BY DEFAULT AS IDENTITY');
  if (isPrimary && !findStep(chain, 'alter')) parts.push('PRIMARY KEY');
  if (isIncrement && database === 'sqlite') parts.push('AUTOINCREMENT');
  parts.push(...noteSql(findStep(chain, 'comment')?.arguments?.[0], database));
  const after = findStep(chain, 'after')?.arguments?.[0];
  if ((database === 'mysql' || database === 'mariadb') && after) parts.push(`AFTER ${quoted(nameIn(after), database)}`);
  if ((database === 'mysql' || database === 'mariadb') && findStep(chain, 'first')) parts.push('FIRST');
  return parts;
}

/** The last `defaultTo` counts; NULL is no default. */
function defaultOf(chain: Chain, step: Step, database: Database): string | undefined {
  const value = chain.steps.findLast((each) => each.name === 'defaultTo' || each.name === 'default')?.arguments?.[0];
  if (!value || isConstantValue(value, null)) return undefined;
  if (value.kind !== 'chain') return jsonOr(value, step, database);
  const last = value.steps.at(-1);
  if (value.root.name === 'knex' && last?.name === 'now')
    return `CURRENT_TIMESTAMP${last.arguments?.[0] ? `(${nameIn(last.arguments[0])})` : ''}`;
  if (value.root.name === 'knex' && last?.name === 'uuid') return uuidSql(database);
  return value.steps.some((each) => each.name === 'raw') ? sqlIn(value) : literalText(nameIn(undefined), database);
}

function uuidSql(database: Database): string {
  if (database === 'postgres') return '(gen_random_uuid())';
  return database === 'sqlserver' ? '(NEWID())' : '(UUID())';
}

function jsonOr(value: Value, { name }: Step, database: Database): string {
  if (value.kind === 'list') return literalText(jsonOf(value) ?? nameIn(undefined), database);
  if (value.kind === 'record') return literalText(jsonOf(value) ?? nameIn(undefined), database);
  return name.startsWith('bool') && value.kind === 'constant'
    ? literalText(value.value ? '1' : '0', database)
    : literalSql(value, database);
}

/** `timestamps(useTimestamps, defaultToNow, useCamelCase)`, or one object of the three. */
function timestampsOf(step: Step, chain: Chain, database: Database): BuiltColumn[] {
  const [first, second, third] = step.arguments ?? [];
  const option = (name: string, positional: Value | undefined): boolean =>
    isConstantValue(first?.kind === 'record' ? fieldOf(first, name) : positional, true);
  const known = types[option('useTimestamps', first) ? 'timestamp' : 'datetime'];
  const type = known?.[database] ?? known?.all ?? '';
  const rest = option('defaultToNow', second) ? `${type} NOT NULL DEFAULT CURRENT_TIMESTAMP` : type;
  const names = option('useCamelCase', third) ? ['createdAt', 'updatedAt'] : ['created_at', 'updated_at'];
  return names.map((name) => ({ sql: `${quoted(name, database)} ${rest}`, chain, alters: false }));
}

function columnName(step: Step): string {
  const [name] = step.arguments ?? [];
  if (/^(big)?increments?$/i.test(step.name) && (!name || name.kind === 'record')) return 'id';
  return nameIn(name);
}

function textOf(text: string, { start, end }: Step): Value {
  return { kind: 'text', pieces: [{ text, exact: false, start, end }], start, end };
}

function findStep(chain: Chain, name: string): Step | undefined {
  return chain.steps.find((step, index) => index > 0 && step.name === name);
}

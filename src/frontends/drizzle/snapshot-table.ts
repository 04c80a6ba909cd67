/** One table of a snapshot of Drizzle, as the SQL that Drizzle Kit prints of it. */
import { isRecord } from '../manifest.ts';
import type { StatedTable } from '../sql/stated-tables.ts';
import { quoted, quotedList } from '../syntax/generated-sql.ts';

export type Dialect = 'postgres' | 'mysql' | 'sqlite';

type Fields = Record<string, unknown>;

/** Undefined for what is no table. `enums` are the types of the snapshot's own, with their schema in newer formats. */
export function snapshotTable(table: unknown, enums: ReadonlySet<string>, dialect: Dialect): StatedTable | undefined {
  if (!isRecord(table)) return undefined;
  const own = textIn(table, 'name');
  const fields = recordsIn(table, 'columns').filter((column) => textIn(column, 'name') !== undefined);
  if (own === undefined || fields.length === 0) return undefined;
  const name = placeOf(textIn(table, 'schema'), own, dialect);
  const columns = fields.map((column) => columnOf(column, enums, dialect));
  const uniques = recordsIn(table, 'uniqueConstraints').map((key): Fields => ({ ...key, isUnique: true }));
  const names = new Set(fields.map((column) => textIn(column, 'name') ?? ''));
  return {
    name,
    columns,
    constraints: [
      ...recordsIn(table, 'compositePrimaryKeys').map((key) => keyOf('PRIMARY KEY', key, dialect)),
      ...(dialect === 'sqlite' ? [] : uniques.map((key) => keyOf('UNIQUE', key, dialect))),
      ...recordsIn(table, 'foreignKeys').map((key) => foreignKeyOf(key, dialect)),
      ...[...recordsIn(table, 'checkConstraints'), ...recordsIn(table, 'checkConstraint')].map((check) =>
        checkOf(check, dialect),
      ),
    ].filter((each) => each !== ''),
    // On SQLite Drizzle Kit builds an index where others get a constraint.
    indexes: [...recordsIn(table, 'indexes'), ...(dialect === 'sqlite' ? uniques : [])].flatMap(
      (index) => indexOf(index, name, names, dialect) ?? [],
    ),
  };
}

function placeOf(schema: string | undefined, name: string, dialect: Dialect): string {
  return schema === undefined || schema === ''
    ? quoted(name, dialect)
    : `${quoted(schema, dialect)}.${quoted(name, dialect)}`;
}

function columnOf(column: Fields, enums: ReadonlySet<string>, dialect: Dialect): StatedTable['columns'][number] {
  const counts = column['autoincrement'] === true;
  const value = defaultOf(column['default']);
  const isKey = column['primaryKey'] === true;
  const words = [
    isKey ? 'PRIMARY KEY' : '',
    counts ? (dialect === 'mysql' ? 'AUTO_INCREMENT' : 'AUTOINCREMENT') : '',
    column['notNull'] === true ? 'NOT NULL' : '',
    isRecord(column['identity']) ? identityOf(column['identity']) : '',
    isRecord(column['generated']) ? generatedOf(column['generated']) : '',
    value === undefined ? '' : `DEFAULT ${value}`,
    column['onUpdate'] === true && dialect === 'mysql' ? 'ON UPDATE CURRENT_TIMESTAMP' : '',
  ];
  const name = quoted(textIn(column, 'name') ?? '', dialect);
  return { name, type: typeOf(column, enums, dialect), rest: words.filter((word) => word !== '').join(' ') };
}

/** The types of the database stand as SQL has them, those of the project by their bare names. */
function typeOf(column: Fields, enums: ReadonlySet<string>, dialect: Dialect): string {
  const type = textIn(column, 'type') ?? '';
  if (dialect !== 'postgres') return type;
  const [, bare = type, array = ''] = /^(.*?)((?:\[\d*\])*)$/s.exec(type) ?? [];
  const schema =
    textIn(column, 'typeSchema') ?? (enums.has(bare) || enums.has(`public.${bare}`) ? 'public' : undefined);
  return schema === undefined ? type : `${placeOf(schema, bare, dialect)}${array}`;
}

/** SQL as it is, or a plain value. */
function defaultOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function identityOf(identity: Fields): string {
  return `GENERATED ${identity['type'] === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY`;
}

function generatedOf(generated: Fields): string {
  const kind = generated['type'] === 'virtual' ? 'VIRTUAL' : 'STORED';
  return `GENERATED ALWAYS AS (${textIn(generated, 'as') ?? ''}) ${kind}`;
}

/** Of SQLite only checks get their names. */
function namedBy(fields: Fields, dialect: Dialect): string {
  const name = textIn(fields, 'name');
  const isNamed = dialect !== 'sqlite' || textIn(fields, 'value') !== undefined;
  return name === undefined || !isNamed ? '' : `CONSTRAINT ${quoted(name, dialect)} `;
}

function keyOf(kind: 'PRIMARY KEY' | 'UNIQUE', key: Fields, dialect: Dialect): string {
  const columns = textsIn(key, 'columns');
  return columns.length === 0 ? '' : `${namedBy(key, dialect)}${kind} (${quotedList(columns, dialect)})`;
}

function foreignKeyOf(key: Fields, dialect: Dialect): string {
  const [from, to] = [textsIn(key, 'columnsFrom'), textsIn(key, 'columnsTo')];
  const target = textIn(key, 'tableTo');
  if (target === undefined || from.length === 0 || to.length === 0) return '';
  const actions = `${actionOf(key, 'onDelete', 'ON DELETE')}${actionOf(key, 'onUpdate', 'ON UPDATE')}`;
  return `${namedBy(key, dialect)}FOREIGN KEY (${quotedList(from, dialect)}) REFERENCES ${placeOf(textIn(key, 'schemaTo'), target, dialect)} (${quotedList(to, dialect)})${actions}`;
}

function actionOf(key: Fields, field: string, words: string): string {
  const action = textIn(key, field)?.toUpperCase() ?? '';
  return /^(CASCADE|RESTRICT|NO ACTION|SET NULL|SET DEFAULT)$/.test(action) ? ` ${words} ${action}` : '';
}

function checkOf(check: Fields, dialect: Dialect): string {
  const value = textIn(check, 'value');
  return value === undefined ? '' : `${namedBy(check, dialect)}CHECK (${value})`;
}

function indexOf(index: Fields, table: string, names: ReadonlySet<string>, dialect: Dialect): string | undefined {
  const name = textIn(index, 'name');
  const listed = index['columns'];
  if (name === undefined || !Array.isArray(listed) || listed.length === 0) return undefined;
  const columns = listed.map((each: unknown) => partOf(each, names, dialect)).join(', ');
  const method = textIn(index, 'method') ?? '';
  const using = dialect === 'postgres' && /^\w+$/.test(method) ? ` USING ${method}` : '';
  const where = textIn(index, 'where');
  const filter = dialect === 'mysql' || where === undefined ? '' : ` WHERE ${where}`;
  return `CREATE ${index['isUnique'] === true ? 'UNIQUE ' : ''}INDEX ${quoted(name, dialect)} ON ${table}${using} (${columns})${filter}`;
}

/** A column, or an expression as it stands in the statement: older formats write both as text. */
function partOf(part: unknown, names: ReadonlySet<string>, dialect: Dialect): string {
  const text = typeof part === 'string' ? part : isRecord(part) ? (textIn(part, 'expression') ?? '') : '';
  const isExpression = isRecord(part) ? part['isExpression'] === true : !names.has(text);
  return isExpression ? text : quoted(text, dialect);
}

function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

function textsIn(fields: Fields, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function recordsIn(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return isRecord(value) ? Object.values(value).filter(isRecord) : [];
}

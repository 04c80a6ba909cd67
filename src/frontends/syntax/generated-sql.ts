/** Names and literals of SQL as schema builders write them for each database. */
import type { Database } from '../../operations/migration.ts';
import { folderOf, inFolder } from '../paths.ts';
import { sayFile, sayGenerated, sayOpaque, saySql, type Machine } from './script-machine.ts';
import { withParameters } from './query-parameters.ts';
import { computedName, computedNameOf } from './script-text.ts';
import {
  fieldOf,
  findText,
  type Chain,
  type Circumstances,
  type Piece,
  type Place,
  type Value,
} from './script-value.ts';

/** A quoted name. */
export function quoted(name: string, database: Database): string {
  if (database === 'mysql' || database === 'mariadb') return `\`${name.replaceAll('`', '``')}\``;
  if (database === 'sqlserver') return `[${name.replaceAll(']', ']]')}]`;
  return `"${name.replaceAll('"', '""')}"`;
}

/** A quoted name of a table, whose schema may stand before a dot. */
export function quotedTable(name: string, database: Database): string {
  return name
    .split('.')
    .map((part) => quoted(part, database))
    .join('.');
}

/** Quoted names between commas. */
export function quotedList(names: readonly string[], database: Database): string {
  return names.map((name) => quoted(name, database)).join(', ');
}

/** The name that a value stands for; one that the program computes gets the name that says so. */
export function nameIn(value: Value | undefined): string {
  return (value && findText(value)) ?? computedNameOf(value);
}

/** The name of a table given as text or as an object with a schema. */
export function tableIn(value: Value | undefined): string {
  const inner = value?.kind === 'made' ? value.arguments[0] : value;
  const name = fieldOf(inner, 'name') ?? fieldOf(inner, 'tableName') ?? fieldOf(inner, 'tablename');
  if (!name) return nameIn(inner);
  const schema = fieldOf(inner, 'schema');
  return schema ? `${nameIn(schema)}.${nameIn(name)}` : nameIn(name);
}

/** A name of a table as operations have it: without the default schema. */
export function plainTable(name: string): string {
  return name.replace(/^(public|dbo)\./, '').replaceAll(/["`[\]]/g, '');
}

/** ` ON DELETE … ON UPDATE …` of an object that says either; nothing where it says none. */
export function actionsSql(value: Value | undefined): string {
  const [onDelete, onUpdate] = ['onDelete', 'onUpdate'].map((name) => findText(fieldOf(value, name))?.toUpperCase());
  return `${onDelete === undefined ? '' : ` ON DELETE ${onDelete}`}${onUpdate === undefined ? '' : ` ON UPDATE ${onUpdate}`}`;
}

/** Text as a literal. */
export function literalText(text: string, database: Database): string {
  const escaped = text.replaceAll("'", "''");
  return `'${database === 'mysql' || database === 'mariadb' ? escaped.replaceAll('\\', '\\\\') : escaped}'`;
}

/** What MySQL is told of a column in its definition. */
export function noteSql(value: Value | undefined, database: Database): string[] {
  const text = value && findText(value);
  return text !== undefined && (database === 'mysql' || database === 'mariadb')
    ? [`COMMENT ${literalText(text, database)}`]
    : [];
}

/** Writes down what PostgreSQL is told of a new column in a statement of its own; MySQL has it in the definition. */
export function sayNote(machine: Machine, chain: Chain, table: string, column: string, note: Value | undefined): void {
  const text = note && findText(note);
  if (text === undefined || machine.database !== 'postgres' || machine.muted) return;
  const place = `${quotedTable(table, 'postgres')}.${quoted(column, 'postgres')}`;
  const added = machine.operations.findLast((each) => each.kind === 'addColumn' && each.column.name === column);
  sayGenerated(machine, `COMMENT ON COLUMN ${place} IS ${literalText(text, 'postgres')}`, chain, chain.when);
  if (added?.kind === 'addColumn') added.column = { ...added.column, comment: literalText(text, 'postgres') };
}

/** A value of the program as a literal; what it computes is some constant that is not known. */
export function literalSql(value: Value, database: Database): string {
  if (value.kind === 'constant' && value.value === null) return 'NULL';
  if (value.kind === 'constant' && typeof value.value === 'boolean')
    return database === 'sqlserver' || database === 'sqlite' ? String(Number(value.value)) : String(value.value);
  if (value.kind === 'constant' && typeof value.value === 'number') return String(value.value);
  return literalText(findText(value) ?? computedName, database);
}

/** The pieces of SQL in a value: a text, or what a tag such as `sql` and functions such as `raw` were given. */
function findPieces(value: Value | undefined): Piece[] | undefined {
  if (value?.kind === 'text') return value.pieces;
  if (value?.kind === 'chain') {
    const step = value.steps.find((each) => /^(raw|literal|lit|func|sql|)$/.test(each.name) && each.arguments);
    return step && findPieces(step.arguments?.[0]);
  }
  const text = fieldOf(value, 'query') ?? fieldOf(value, 'text') ?? fieldOf(value, 'sql');
  return text ? findPieces(text) : undefined;
}

/** The SQL of a value as one string, or a name that says that it is computed. */
export function sqlIn(value: Value | undefined): string {
  return (
    findPieces(value)
      ?.map((piece) => piece.text)
      .join('') ?? computedName
  );
}

/** Writes down the SQL that a value holds, with what the library puts in for its placeholders. */
export function saySqlOf(
  machine: Machine,
  value: Value | undefined,
  at: Place,
  when: Circumstances,
  parameters?: Value,
): void {
  if (value?.kind === 'choice') {
    for (const option of value.options) saySqlOf(machine, option, at, { ...when, conditional: true }, parameters);
    return;
  }
  const written = findPieces(value);
  const pieces = written && parameters ? withParameters(written, parameters, machine.database) : written;
  const isComputed =
    pieces?.some((piece) => piece.hole) && pieces.every((piece) => piece.hole || piece.text.trim() === '');
  if (value?.kind === 'made' && value.type === 'file') sayFileOf(machine, nameIn(value.arguments[0]), at, when);
  else if (pieces && !isComputed) saySql(machine, pieces, when);
  else sayOpaque(machine, at, when, 'its SQL is put together when it runs');
}

/** A file that the migration reads, named from its own folder. */
function sayFileOf(machine: Machine, named: string, at: Place, when: Circumstances): void {
  const path = inFolder(folderOf(machine.file.path), named.replace(/^\.?\//, ''));
  const text = machine.textOf(path);
  if (text === undefined) sayOpaque(machine, at, when, `its SQL stands in ${named}, which was not at hand`);
  else sayFile(machine, { path, text });
}

/** Writes down what the framework makes of the last call of a chain. */
export function sayCall(machine: Machine, chain: Chain, sql: string): void {
  sayGenerated(machine, sql, placeOfCall(chain), chain.when);
}

/** Where the last call of a chain stands: the whole expression when it is the only one. */
export function placeOfCall(chain: Chain): Place {
  const calls = chain.steps.filter((step) => step.arguments);
  const last = calls.at(-1);
  return last && calls.length > 1 ? { start: last.start, end: last.end } : { start: chain.start, end: chain.end };
}

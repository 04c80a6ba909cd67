/** The indexes of a column, for another one that takes its place. */
import type { DataType, Index } from '../operations/column.ts';
import type { Database } from '../operations/migration.ts';
import type { Name } from '../operations/name.ts';
import { buildIndex } from './build-index.ts';
import { columnSql, madeUpName } from './identifier.ts';
import type { DraftMigration } from './write-migration.ts';

/** `was` and `type` are absent where they are not known, as for a column that only gets another name. */
export type TakenPlace = {
  table: Name;
  column: string;
  to: string;
  was: DataType | undefined;
  type: DataType | undefined;
};

/** `builds`: while writers go on. `left`: what is said of the old column may not hold for the new one. */
export type IndexesAnew = { builds: DraftMigration[]; left: Index[] };

/** Every index that reads the column. */
export function indexesAnew(indexes: readonly Index[], place: TakenPlace, database: Database): IndexesAnew {
  const reading = indexes.filter((index) => textsOf(index).some((text) => names(text, place.column)));
  const [said, left] = [true, false].map((holds) => reading.filter((index) => staysTrue(index, place) === holds));
  const taken = new Set<string>();
  const builds = (said ?? []).map((index) => {
    const anew = withColumn(index, place, database);
    const name = freeName(place.table, anew, taken);
    taken.add(name);
    return buildIndex(place.table, { ...anew, name }, database);
  });
  return { builds, left: left ?? [] };
}

/** Says which indexes are left to the author; empty for none. Names go through `code`. */
export function leftWords({ left }: IndexesAnew, to: string, code: (text: string) => string): string {
  if (left.length === 0) return '';
  const each = left.map((index) => code(index.name ?? textsOf(index).join(' ')));
  return `By hand, for ${code(to)}: ${each.join(', ')}, since what ${left.length > 1 ? 'they say' : 'it says'} of the old column may not hold for another type.`;
}

function textsOf({ columns, definition, where, includes = [] }: Index): string[] {
  const said = definition === undefined ? columns.map(asSql) : [definition];
  return [...said, ...includes.map(asSql), ...(where ? [where.sql] : [])];
}

/** Columns stand by their names, expressions as SQL in parentheses. */
function asSql(column: string): string {
  return column.startsWith('(') ? column : `"${column.replaceAll('"', '""')}"`;
}

/** Classes of operators, methods, functions and comparisons are for one type, or for those that are alike. */
function staysTrue({ columns, method = 'btree', definition = '', where }: Index, place: TakenPlace): boolean {
  const { column, was, type } = place;
  if (was?.name === type?.name && was?.array === type?.array) return true;
  const hasClass = /_ops\b/i.test(definition) || /\bCOLLATE\b/i.test(definition);
  if (isText(was) && isText(type)) return true;
  const isRead = [...columns.filter((each) => each.startsWith('(')), where?.sql ?? ''].some((sql) =>
    names(sql, column),
  );
  if (isNumber(was) && isNumber(type)) return !hasClass;
  return !hasClass && !isRead && /^(?:btree|hash|clustered)$/i.test(method);
}

function isText(type: DataType | undefined): boolean {
  return type !== undefined && !type.array && /^(?:text|varchar|character varying)$/.test(type.name);
}

function isNumber(type: DataType | undefined): boolean {
  return type !== undefined && !type.array && /^(?:smallint|int|integer|bigint|numeric|decimal)$/.test(type.name);
}

function withColumn(index: Index, { column, to }: TakenPlace, database: Database): Index {
  const { definition, declaration: _declaration, prefixes, where, includes, ...plain } = index;
  const renamed = (each: string): string =>
    each === column ? to : each.startsWith('(') ? renamedIn(each, column, to, database) : each;
  return {
    ...plain,
    columns: index.columns.map(renamed),
    ...(includes && { includes: includes.map(renamed) }),
    ...(index.reads && { reads: index.reads.map(renamed) }),
    ...(prefixes && {
      prefixes: Object.fromEntries(Object.entries(prefixes).map(([key, value]) => [renamed(key), value])),
    }),
    ...(definition !== undefined && { definition: renamedIn(definition, column, to, database) }),
    ...(where && {
      where: { ...where, sql: renamedIn(where.sql, column, to, database), columns: where.columns.map(renamed) },
    }),
  };
}

/** Two indexes over the same columns have two names. */
function freeName(table: Name, { columns, unique }: Index, taken: ReadonlySet<string>): string {
  const words = columns.map((each) => (each.startsWith('(') ? each.replace(/\W+/g, '_').replace(/^_|_$/g, '') : each));
  const name = madeUpName(table, ...words, unique ? 'key' : 'idx');
  // A long name is cut at its end, where the number stands.
  const numbered = Array.from(taken, (_, at) => `${name.slice(0, 56)}_${at + 2}`);
  return [name, ...numbered].find((each) => !taken.has(each)) ?? name;
}

/** Strings, quoted names of each database, and words that name no function, type or field. */
const namesInSql = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|(?<![:.\w])\w+(?!\w|\s*\()/g;

function names(sql: string, column: string): boolean {
  return (sql.match(namesInSql) ?? []).some((each) => isName(each, column));
}

function renamedIn(sql: string, column: string, to: string, database: Database): string {
  return sql.replace(namesInSql, (each) => (isName(each, column) ? columnSql(to, database) : each));
}

function isName(word: string, column: string): boolean {
  if (word.startsWith("'")) return false;
  const isQuoted = /^["`[]/.test(word);
  return isQuoted ? word.slice(1, -1).replaceAll('""', '"') === column : word.toLowerCase() === column.toLowerCase();
}

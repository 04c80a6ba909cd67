/** What advice is written with: names and types as SQL, fences that nothing breaks out of, and the markers of frameworks. */
import type { Database } from '../operations/migration.ts';
import type { DataType, Prefixes } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';

/** A table or another object as SQL, `schema.name` in two parts. */
export function tableSql(name: Name, database: Database): string {
  const dot = name.indexOf('.');
  if (dot <= 0) return columnSql(name, database);
  return `${columnSql(name.slice(0, dot), database)}.${columnSql(name.slice(dot + 1), database)}`;
}

/** A column, index or constraint as SQL: bare where that is the same name, else quoted as the database quotes. */
export function columnSql(name: string, database: Database): string {
  const clean = printable(name);
  if (database === 'mysql' || database === 'mariadb') return `\`${clean.replaceAll('`', '``')}\``;
  if (database === 'sqlserver') return `[${clean.replaceAll(']', ']]')}]`;
  const bare = /^[a-z_][a-z0-9_]*$/.test(clean) && !reserved.has(clean);
  return bare ? clean : `"${clean.replaceAll('"', '""')}"`;
}

/** A list of columns in parentheses, with the lengths of prefixes; an expression of an index stands in its own already. */
export function columnsSql(columns: readonly string[], database: Database, prefixes: Prefixes = {}): string {
  const each = columns.map((column) => {
    if (column.startsWith('(')) return printable(column);
    const length = prefixes[column];
    return `${columnSql(column, database)}${length ? `(${length})` : ''}`;
  });
  return `(${each.join(', ')})`;
}

/** A type as SQL. */
export function typeSql(type: DataType): string {
  const given = type.arguments.map((each) => (typeof each === 'number' ? String(each) : argumentSql(each)));
  const [plain = '', ...rest] = printable(type.name).split(' with');
  const word = madeType.test(plain) ? plain.split('.').map(quotedPart).join('.') : plain;
  const list = given.length > 0 ? `(${given.join(', ')})` : '';
  const zone = rest.length > 0 ? ` with${rest.join(' with')}` : '';
  return `${word}${list}${zone}${type.array ? '[]' : ''}${type.unsigned ? ' unsigned' : ''}`;
}

/** Only a name in quotes keeps its capitals; of types of the database itself none has any. */
const madeType = /^[\w.]*[A-Z][\w.]*$/;

function quotedPart(part: string): string {
  return /[A-Z]/.test(part) ? `"${part}"` : part;
}

function argumentSql(value: string): string {
  return value === 'max' ? value : `'${printable(value).replaceAll("'", "''")}'`;
}

/** A name for something that the advice adds, within the 63 bytes that PostgreSQL keeps. */
export function madeUpName(...parts: string[]): string {
  return parts
    .map((part) => part.slice(part.indexOf('.') + 1))
    .join('_')
    .slice(0, 60);
}

/** True for one name, quoted or not, as databases that fold names compare them. */
export function sameName(one: string, other: string): boolean {
  const bare = (name: string): string => name.replace(/^["`[](.*)["`\]]$/s, '$1').toLowerCase();
  return bare(one) === bare(other);
}

/** Control and direction characters have no place in what people copy. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** Words that PostgreSQL and SQLite do not take as a bare name: https://www.postgresql.org/docs/current/sql-keywords-appendix.html, https://www.sqlite.org/lang_keywords.html. */
const reserved = new Set(
  `all alter analyse analyze and any array as asc asymmetric authorization autoincrement between binary both case cast check collate
  collation column commit concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable delete desc distinct do drop else end escape except exists false fetch for foreign
  freeze from full grant group having ilike if in index initially inner insert intersect into is isnull join lateral leading left like
  limit localtime localtimestamp natural not nothing notnull null offset on only or order outer overlaps placing primary references
  returning right select session_user set similar some symmetric table tablesample then to trailing transaction true union unique
  update user using values variadic verbose when where window with`.split(/\s+/),
);

/** Migrations in the words of Knex: https://knexjs.org/guide/schema-builder.html */
import type { Database } from '../operations/migration.ts';
import type { Column, DataType } from '../operations/column.ts';
import { typeSql } from './identifier.ts';
import { listOf, literalOf } from './javascript-values.ts';
import { javascriptWriter } from './javascript.ts';
import { quoted, quotedSql, type Words } from './lines.ts';
import { hasPlainNames } from './plain-names.ts';
import { hasMore, hasWholeColumns, type Step } from './step.ts';
import { textOf } from './values.ts';

export const knexWriter = javascriptWriter({
  up: () => 'exports.up = async function (knex) {',
  down: 'exports.down = async function (knex) {',
  end: '};',
  outside: { file: ['exports.config = { transaction: false };'], direction: [] },
  asModule: (isTyped) => ({
    up: () => `export async function up${isTyped ? '(knex: Knex): Promise<void>' : '(knex)'} {`,
    down: `export async function down${isTyped ? '(knex: Knex): Promise<void>' : '(knex)'} {`,
    end: '}',
    outside: { file: ['export const config = { transaction: false };'], direction: [] },
  }),
  send: (sql, database) => [`await ${raw(sql, database)};`],
  changedBy: (sql, database) => {
    if (database === 'postgres') return `(await ${raw(sql, database)}).rowCount`;
    return database === 'sqlserver' ? undefined : `(await ${raw(sql, database)})[0].affectedRows`;
  },
  words: (step, target) => (hasPlainNames(step) ? words(step, target) : undefined),
});

/** On PostgreSQL a question mark stands for a value, unless a backslash stands before it: https://knexjs.org/guide/raw.html */
function raw(sql: string, database: Database): string {
  return `knex.raw(${quotedSql(database === 'postgres' ? sql.replaceAll('?', '\\?') : sql)})`;
}

/** Knex says nothing of NOT VALID, CONCURRENTLY and changes of one part of a column. */
const words: Words = (step, { database }) => {
  switch (step.kind) {
    case 'addColumn': {
      const column = columnOf(step.column, database);
      return column === undefined ? undefined : alter(step.table, column);
    }
    case 'dropColumn':
      return step.cascade || step.ifExists ? undefined : alter(step.table, `dropColumn(${quoted(step.column)})`);
    case 'renameColumn':
      return alter(step.table, `renameColumn(${quoted(step.column)}, ${quoted(step.to)})`);
    case 'renameTable':
      return [`await knex.schema.renameTable(${quoted(step.table)}, ${quoted(step.to)});`];
    case 'dropTable':
      return step.cascade || step.ifExists ? undefined : [`await knex.schema.dropTable(${quoted(step.table)});`];
    case 'alterColumn': {
      const { type, nullable, default: value } = step;
      if (isMysql(database)) return restated(step, database);
      if (database !== 'postgres' || type || value !== undefined || nullable === undefined) return undefined;
      return alter(step.table, `${nullable ? 'setNullable' : 'dropNullable'}(${quoted(step.column)})`);
    }
    case 'createIndex': {
      const { index, concurrently, onlyParent } = step;
      const isSimple = !index.unique && !index.where && !index.method && !concurrently && !onlyParent;
      if (!isSimple || index.name === undefined || !hasWholeColumns(index)) return undefined;
      return alter(step.table, `index(${listOf(index.columns)}, ${quoted(index.name)})`);
    }
    case 'dropIndex': {
      if (step.concurrently || step.ifExists || step.table === undefined || step.was?.unique !== false)
        return undefined;
      return alter(step.table, `dropIndex(${listOf(step.was.columns)}, ${quoted(step.name)})`);
    }
    case 'dropConstraint': {
      if (step.name === undefined || step.cascade || step.ifExists) return undefined;
      if (step.constraint === 'check') return alter(step.table, `dropChecks(${quoted(step.name)})`);
      if (step.was?.kind !== 'foreignKey') return undefined;
      return alter(step.table, `dropForeign(${listOf(step.was.columns)}, ${quoted(step.name)})`);
    }
    default:
      return undefined;
  }
};

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}

/** `alter()` says the whole column anew there: https://github.com/knex/knex/blob/master/lib/dialects/mysql/schema/mysql-tablecompiler.js */
function restated(step: Extract<Step, { kind: 'alterColumn' }>, database: Database): string[] | undefined {
  const { type, nullable, default: value, generated = 'none', onUpdate, comment } = step;
  if (!step.restated || !type || nullable === undefined || generated !== 'none') return undefined;
  if (onUpdate !== undefined) return undefined;
  const kept = value === undefined || value === 'none' ? {} : { default: value };
  const noted = comment === undefined ? {} : { comment };
  const column = columnOf({ name: step.column, type, nullable, ...kept, ...noted, constraints: [] }, database);
  return column === undefined ? undefined : alter(step.table, `${column}${nullable ? '.nullable()' : ''}.alter()`);
}

function alter(table: string, call: string): string[] {
  return [`await knex.schema.alterTable(${quoted(table)}, (table) => {`, `  table.${call};`, '});'];
}

function columnOf(column: Column, database: Database): string | undefined {
  const type = column.type && typeOf(column.name, column.type, database);
  const value = column.default && (literalOf(column.default) ?? raw(column.default.sql, database));
  const { comment, generated, ...more } = column;
  const note = comment === undefined ? undefined : textOf(comment);
  if (type === undefined || generated || hasMore(more) || (comment !== undefined && note === undefined))
    return undefined;
  return `${type}${column.nullable ? '' : '.notNullable()'}${value === undefined ? '' : `.defaultTo(${value})`}${note === undefined ? '' : `.comment(${quoted(note)})`}`;
}

/** Words for the types that Knex writes as this database does, else the type itself. */
function typeOf(name: string, type: DataType, database: Database): string | undefined {
  if (type.collation !== undefined || database === 'sqlite') return undefined;
  const column = quoted(name);
  // All strings of SQL Server are NVARCHAR to it.
  if (database === 'sqlserver' && /char|text/.test(type.name))
    return `specificType(${column}, ${quoted(typeSql(type))})`;
  const [first, second] = type.arguments;
  const isPlain = type.arguments.length === 0 && !type.array && !type.unsigned;
  if (/^(character varying|varchar)$/.test(type.name) && first !== undefined && !type.array)
    return `string(${column}, ${first})`;
  if (/^(numeric|decimal)$/.test(type.name) && second !== undefined && !type.array && !type.unsigned)
    return `decimal(${column}, ${first}, ${second})`;
  const word = isPlain ? wordsOf(database)[type.name] : undefined;
  if (word !== undefined) return `${word}(${column})`;
  return `specificType(${column}, ${quoted(typeSql(type))})`;
}

const common: Record<string, string> = { bigint: 'bigInteger', text: 'text', date: 'date', json: 'json' };

function wordsOf(database: Database): Record<string, string | undefined> {
  if (database !== 'postgres') return { ...common, int: 'integer' };
  return {
    ...common,
    integer: 'integer',
    boolean: 'boolean',
    uuid: 'uuid',
    jsonb: 'jsonb',
    'double precision': 'double',
    'timestamp with time zone': 'timestamp',
  };
}

/** Migrations in the words of Kysely: https://kysely-org.github.io/kysely-apidoc/classes/SchemaModule.html */
import type { Database } from '../operations/migration.ts';
import type { Column, DataType, Expression } from '../operations/column.ts';
import { printable, typeSql } from './identifier.ts';
import { listOf, literalOf } from './javascript-values.ts';
import { javascriptWriter } from './javascript.ts';
import { quoted, template as inTemplate, type Words } from './lines.ts';
import { hasPlainNames } from './plain-names.ts';
import { hasMore, hasWholeColumns, type Step } from './step.ts';

export const kyselyWriter = javascriptWriter({
  up: () => 'export async function up(db: Kysely<any>): Promise<void> {',
  down: 'export async function down(db: Kysely<any>): Promise<void> {',
  end: '}',
  outside: { file: [], direction: [] },
  send: (sql) => [`await ${template(sql)}.execute(db);`],
  words: (step, target) => (hasPlainNames(step) ? words(step, target) : undefined),
});

function template(sql: string): string {
  return `sql${inTemplate(sql)}`;
}

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** NOT VALID, CONCURRENTLY and what restates a column are left to SQL. */
const words: Words = (step, { database }) => {
  switch (step.kind) {
    case 'addColumn': {
      const column = columnOf(step.column, database);
      return column === undefined ? undefined : alter(step.table, `addColumn(${column})`);
    }
    case 'dropColumn':
      return step.cascade || step.ifExists ? undefined : alter(step.table, `dropColumn(${quoted(step.column)})`);
    case 'renameColumn':
      if (database === 'sqlserver') return undefined;
      return alter(step.table, `renameColumn(${quoted(step.column)}, ${quoted(step.to)})`);
    case 'renameTable':
      return database === 'sqlserver' ? undefined : alter(step.table, `renameTo(${quoted(step.to)})`);
    case 'dropTable':
      if (step.cascade || step.ifExists) return undefined;
      return [`await db.schema.dropTable(${quoted(step.table)}).execute();`];
    case 'alterColumn':
      return database === 'postgres' ? alterColumn(step) : undefined;
    case 'createIndex':
      return createIndex(step);
    case 'dropIndex':
      if (step.concurrently || step.ifExists || database !== 'postgres') return undefined;
      return [`await db.schema.dropIndex(${quoted(step.name)}).execute();`];
    case 'dropConstraint':
      if (step.name === undefined || step.cascade || step.ifExists || database !== 'postgres') return undefined;
      return alter(step.table, `dropConstraint(${quoted(step.name)})`);
    default:
      return undefined;
  }
};

function alter(table: string, call: string): string[] {
  return [`await db.schema.alterTable(${quoted(table)}).${call}.execute();`];
}

function columnOf(
  { name, type, nullable, generated, default: value, ...more }: Column,
  database: Database,
): string | undefined {
  if (!type || generated || type.collation !== undefined || hasMore(more)) return undefined;
  const parts = [...(nullable ? [] : ['.notNull()']), ...(value ? [`.defaultTo(${defaultOf(value)})`] : [])];
  const build = parts.length > 0 ? `, (column) => column${parts.join('')}` : '';
  return `${quoted(name)}, ${typeOf(type, database)}${build}`;
}

function defaultOf(value: Expression): string {
  return literalOf(value) ?? template(printable(value.sql));
}

/** Kysely checks the names of types that it is given as text; others are given as SQL. */
function typeOf(type: DataType, database: Database): string {
  const short = database === 'postgres' ? type.name.replace(/^character varying/, 'varchar') : type.name;
  const sql = typeSql({ ...type, name: short.replace(/^timestamp with time zone$/, 'timestamptz') });
  const isKnown = /^(integer|bigint|smallint|text|boolean|uuid|json|jsonb|date|timestamptz|varchar\(\d+\))$/.test(sql);
  return isKnown ? quoted(sql) : template(sql);
}

function alterColumn(step: Of<'alterColumn'>): string[] | undefined {
  const { type, using, nullable, default: value, generated } = step;
  if (generated || using || [type, nullable, value].filter((each) => each !== undefined).length !== 1) return undefined;
  const change = (call: string): string[] =>
    alter(step.table, `alterColumn(${quoted(step.column)}, (column) => column.${call})`);
  if (type) return change(`setDataType(${typeOf(type, 'postgres')})`);
  if (nullable !== undefined) return change(nullable ? 'dropNotNull()' : 'setNotNull()');
  if (value === undefined) return undefined;
  return change(value === 'none' ? 'dropDefault()' : `setDefault(${defaultOf(value)})`);
}

function createIndex({ table, index, ...how }: Of<'createIndex'>): string[] | undefined {
  if (how.concurrently || how.onlyParent || how.ifNotExists || index.where || index.name === undefined)
    return undefined;
  if (index.method !== undefined || !hasWholeColumns(index)) return undefined;
  const unique = index.unique ? '.unique()' : '';
  const to = `.on(${quoted(table)}).columns(${listOf(index.columns)})`;
  return [`await db.schema.createIndex(${quoted(index.name)})${to}${unique}.execute();`];
}

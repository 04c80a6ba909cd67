/** Steps as the calls of Rails' migrations: https://api.rubyonrails.org/classes/ActiveRecord/ConnectionAdapters/SchemaStatements.html */
import type { Database } from '../operations/migration.ts';
import { printable } from './identifier.ts';
import { hasPlainNames, maybeQualified } from './plain-names.ts';
import { railsConstraintCall } from './rails-constraints.ts';
import { railsDefault, railsType } from './rails-types.ts';
import { rubyName, rubyNames, rubyOptions, rubyString } from './ruby.ts';
import type { Step } from './step.ts';
import { textOf } from './values.ts';
import type { Target } from './writer.ts';

/** `reversible`: in `change` Rails turns it into what takes the step back (https://api.rubyonrails.org/classes/ActiveRecord/Migration/CommandRecorder.html). */
export type RailsCall = { line: string; reversible: boolean };

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

/** The call that does exactly this step; undefined where Rails has none, or sends something else. */
export function railsCall(step: Step, { database }: Target): RailsCall | undefined {
  if (database === 'sqlserver' || !hasPlainNames(step, maybeQualified)) return undefined;
  switch (step.kind) {
    case 'addColumn':
      return addColumn(step, database);
    case 'dropColumn':
      return dropColumn(step, database);
    case 'alterColumn':
      return alterColumn(step, database);
    case 'renameColumn':
      return turned(`rename_column ${rubyName(step.table)}, ${rubyName(step.column)}, ${rubyName(step.to)}`);
    case 'renameTable':
      return turned(`rename_table ${rubyName(step.table)}, ${rubyName(step.to)}`);
    case 'dropTable':
      return { line: step.written ?? `drop_table ${rubyName(step.table)}`, reversible: step.written !== undefined };
    case 'createIndex':
      return createIndex(step, database);
    case 'dropIndex':
      return dropIndex(step, database);
    case 'addConstraint':
    case 'dropConstraint':
    case 'validateConstraint':
      return railsConstraintCall(step, database);
    default:
      return undefined;
  }
}

function turned(line: string): RailsCall {
  return { line, reversible: true };
}

function addColumn({ table, column }: Of<'addColumn'>, database: Database): RailsCall | undefined {
  const definition = definitionOf(column, database);
  return definition === undefined ? undefined : turned(`add_column ${rubyName(table)}, ${definition}`);
}

/** With the type of what is removed Rails can put it back. */
function dropColumn({ table, column, was, ...how }: Of<'dropColumn'>, database: Database): RailsCall | undefined {
  if (how.cascade || how.ifExists) return undefined;
  const known = was && definitionOf(was, database);
  const line = `remove_column ${rubyName(table)}, ${known ?? rubyName(column)}`;
  return { line, reversible: known !== undefined };
}

function definitionOf(column: Of<'addColumn'>['column'], database: Database): string | undefined {
  const type = column.type && railsType(column.type, database);
  const value = column.default && railsDefault(column.default, column.type, database);
  const comment = column.comment === undefined ? undefined : textOf(column.comment);
  if (!type || column.generated || (column.default && value === undefined)) return undefined;
  if ((column.comment === undefined) !== (comment === undefined)) return undefined;
  const options = {
    ...type.options,
    default: value,
    null: column.nullable ? undefined : 'false',
    comment: comment === undefined ? undefined : rubyString(comment),
    ...placeOf(column),
  };
  return `${rubyName(column.name)}, ${type.word}${rubyOptions(options)}`;
}

/** Where MySQL is told to put it. */
function placeOf({ position }: Of<'addColumn'>['column']): Record<string, string | undefined> {
  return position === 'first' ? { first: 'true' } : { after: position && rubyName(position.after) };
}

function alterColumn(step: Of<'alterColumn'>, database: Database): RailsCall | undefined {
  const { type, nullable, default: value, generated, position } = step;
  if (database === 'sqlite' || generated || position) return undefined;
  if (type) return changeColumn(step, database);
  if (nullable !== undefined && value !== undefined) return undefined;
  const subject = `${rubyName(step.table)}, ${rubyName(step.column)}`;
  if (nullable !== undefined) return turned(`change_column_null ${subject}, ${nullable ? 'true' : 'false'}`);
  return value === undefined ? undefined : changeDefault(subject, step, database);
}

/** PostgreSQL changes the type alone; MySQL is told the whole column, and Rails adds what it is not told. An unknown one is left to Rails. */
function changeColumn(step: Of<'alterColumn'>, database: Database): RailsCall | undefined {
  const type = step.type && railsType(step.type, database);
  const isMysql = database === 'mysql' || database === 'mariadb';
  if (!type || step.default !== undefined || (step.nullable !== undefined) !== isMysql) return undefined;
  const options = {
    ...type.options,
    null: step.nullable === undefined ? undefined : String(step.nullable),
    using: step.using && rubyString(printable(step.using.sql)),
  };
  const line = `change_column ${rubyName(step.table)}, ${rubyName(step.column)}, ${type.word}${rubyOptions(options)}`;
  return { line, reversible: false };
}

function changeDefault(subject: string, step: Of<'alterColumn'>, database: Database): RailsCall | undefined {
  const { default: value, was } = step;
  const asRuby = (each: typeof value): string | undefined =>
    each === undefined || each === 'none' ? 'nil' : railsDefault(each, was?.type, database);
  const to = asRuby(value);
  const from = was && asRuby(was.default);
  if (to === undefined) return undefined;
  const line = `change_column_default ${subject}, ${from === undefined ? to : `from: ${from}, to: ${to}`}`;
  return { line, reversible: from !== undefined };
}

function createIndex({ table, index, ...how }: Of<'createIndex'>, database: Database): RailsCall | undefined {
  const isPostgres = database === 'postgres';
  if (how.onlyParent || how.ifNotExists || index.name === undefined || index.definition !== undefined) return undefined;
  if (!isPostgres && (how.concurrently || index.method !== undefined || index.prefixes)) return undefined;
  const options = {
    name: nameOption(table, index.columns, index.name),
    unique: index.unique ? 'true' : undefined,
    using: index.method === undefined || index.method === 'btree' ? undefined : rubyName(index.method),
    where: index.where && rubyString(printable(index.where.sql)),
    algorithm: how.concurrently ? ':concurrently' : undefined,
  };
  const columns = indexColumns(index.columns);
  return columns === undefined ? undefined : turned(`add_index ${rubyName(table)}, ${columns}${rubyOptions(options)}`);
}

function dropIndex({ table, name, was, ...how }: Of<'dropIndex'>, database: Database): RailsCall | undefined {
  if (table === undefined || (database !== 'postgres' && how.concurrently)) return undefined;
  const again = was && createIndex(indexOf(table, was, how.concurrently), database);
  if (again && !how.ifExists) return turned(again.line.replace('add_index', 'remove_index'));
  const options = {
    name: rubyString(name),
    algorithm: how.concurrently ? ':concurrently' : undefined,
    if_exists: how.ifExists ? 'true' : undefined,
  };
  return { line: `remove_index ${rubyName(table)}${rubyOptions(options)}`, reversible: false };
}

function indexOf(table: string, index: Of<'createIndex'>['index'], concurrently?: true): Of<'createIndex'> {
  return { kind: 'createIndex', table, index, ...(concurrently && { concurrently }) };
}

/** Expressions are given to Rails as one string. */
function indexColumns(columns: readonly string[]): string | undefined {
  if (columns.every((column) => /^\w+$/.test(column))) return rubyNames(columns);
  const [only = ''] = columns;
  return columns.length === 1 && only.startsWith('(') ? rubyString(printable(only)) : undefined;
}

/** Left out where Rails gives the same name: `index_name` of SchemaStatements, which shortens longer ones since 7.1. */
function nameOption(table: string, columns: readonly string[], name: string): string | undefined {
  const own = `index_${table}_on_${columns.join('_and_')}`.replaceAll('.', '_');
  return own === name && own.length <= 62 ? undefined : rubyString(name);
}

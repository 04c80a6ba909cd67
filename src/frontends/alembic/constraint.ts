/** Constraints and indexes as SQLAlchemy's own classes write them inside a table. */
import type { Constraint, Index, Prefixes, Reference, ReferenceAction } from '../../operations/column.ts';
import type { Name } from '../../operations/name.ts';
import { indexDefinition } from '../sql/index-definition.ts';
import { conditionOf, sqlOf } from './expression.ts';
import { readColumnsOf } from './read-fragment.ts';
import type { Run } from './run.ts';
import {
  argumentOf,
  computedName,
  itemsOf,
  nameOfValue,
  pathOf,
  textOfValue,
  truthOf,
  type CallValue,
  type Value,
} from './value.ts';

/** The constraint that a call inside a table makes, or undefined when it is none. */
export function readConstraint(run: Run, call: CallValue): Constraint | undefined {
  const name = nameArgument(call);
  const constraint = constraintOf(run, call);
  return constraint && (name === undefined ? constraint : { ...constraint, name });
}

/** `sa.Index('name', 'column', …)`. */
export function readIndex(run: Run, call: CallValue): Index | undefined {
  if (!isCalled(call, 'Index')) return undefined;
  const [name, ...columns] = call.positional;
  return indexOf(run, call, name, columns);
}

/** An index of these columns or expressions, with what its keywords say. */
export function indexOf(run: Run, call: CallValue, name: Value | undefined, columns: readonly Value[]): Index {
  const index: Index = {
    columns: columns.map((column) => columnOrExpression(run, column)),
    unique: truthOf(argumentOf(call, undefined, 'unique')) === true,
  };
  if (name?.kind === 'string') index.name = name.text;
  const expressions = run.database === 'postgres' ? index.columns.filter((column) => column.startsWith('(')) : [];
  const reads = expressions.length > 0 ? readColumnsOf(expressions, run.database) : [];
  if (reads.length > 0) index.reads = reads;
  const definition = run.database === 'postgres' ? definitionOf(run, call, columns) : undefined;
  if (definition !== undefined) index.definition = definition;
  const prefixes = prefixesOf(run, call, index.columns);
  if (prefixes) index.prefixes = prefixes;
  const method = argumentOf(call, undefined, 'postgresql_using', 'mysql_prefix');
  if (method?.kind === 'string') index.method = method.text.toLowerCase();
  const where = argumentOf(call, undefined, whereKeyword(run));
  if (where && where.kind !== 'none') index.where = conditionOf(run, where).expression;
  return index;
}

/** The order that is written as SQL, with `postgresql_ops` and `postgresql_include`; undefined where there is none of them. https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#postgresql-specific-index-options */
function definitionOf(run: Run, call: CallValue, columns: readonly Value[]): string | undefined {
  const classes = argumentOf(call, undefined, 'postgresql_ops');
  const include = itemsOf(argumentOf(call, undefined, 'postgresql_include')) ?? [];
  const elements = columns.map((value) => {
    const column = columnOrExpression(run, value);
    const sql = value.kind === 'string' ? '' : (sqlOf(run, value) ?? '');
    // Alembic knows a text by all of it: https://github.com/sqlalchemy/alembic/blob/main/alembic/util/sqla_compat.py (_textual_index_element)
    const own = classes?.kind === 'dictionary' ? (entryOf(classes, column) ?? entryOf(classes, sql)) : undefined;
    const order = orderBehind.exec(sql)?.[0].trim();
    return {
      column,
      words: [textOfValue(own), order].flatMap((word) => (word === undefined || word === '' ? [] : [word])),
    };
  });
  if (include.length === 0 && elements.every(({ words }) => words.length === 0)) return undefined;
  return indexDefinition(
    elements,
    include.flatMap((each) => textOfValue(each) ?? []),
  );
}

const orderBehind = /(?<=^\w+)(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?$/i;

/** `mysql_length` is one number for all columns, or one for each by its name. */
function prefixesOf({ database }: Run, call: CallValue, columns: readonly string[]): Prefixes | undefined {
  if (database !== 'mysql' && database !== 'mariadb') return undefined;
  const length = argumentOf(call, undefined, 'mysql_length', 'mariadb_length');
  if (length === undefined || length.kind === 'none') return undefined;
  const prefixes: Prefixes = {};
  for (const column of columns) {
    const own = length.kind === 'dictionary' ? entryOf(length, column) : length;
    if (own) prefixes[column] = own.kind === 'number' ? own.value : 0;
  }
  return prefixes;
}

function entryOf({ entries }: Extract<Value, { kind: 'dictionary' }>, name: string): Value | undefined {
  return entries.find(([key]) => textOfValue(key) === name)?.[1];
}

/** What a foreign key points to: `'schema.table.column'`. */
export function referenceOf(call: CallValue): Reference {
  const [target] = call.positional;
  const path = target?.kind === 'string' ? target.text.split('.') : [];
  const column = path.pop();
  const table = path.length > 0 ? qualified(path.join('.')) : computedName;
  return withActions({ table, columns: column === undefined ? [] : [column] }, call);
}

/** A name without the schema that stands for itself. */
export function qualified(name: string, schema?: Value): Name {
  const full = schema?.kind === 'string' && !name.includes('.') ? `${schema.text}.${name}` : name;
  return full.replace(/^(public|dbo)\./, '');
}

/** The reference with what happens at a DELETE and an UPDATE, and with MATCH FULL. */
export function withActions(reference: Reference, call: CallValue): Reference {
  const [onDelete, onUpdate, match] = ['ondelete', 'onupdate', 'match'].map((name) => wordOf(call, name));
  return {
    ...reference,
    ...(isAction(onDelete) ? { onDelete } : {}),
    ...(isAction(onUpdate) ? { onUpdate } : {}),
    ...(match === 'full' ? { matchFull: true as const } : {}),
  };
}

function wordOf(call: CallValue, name: string): string | undefined {
  const given = argumentOf(call, undefined, name);
  return given?.kind === 'string' ? given.text.toLowerCase() : undefined;
}

/** The names of columns, each computed where it is not known. */
export function columnNames(values: readonly Value[] | undefined): string[] {
  return values ? values.map((value) => nameOfValue(value)) : [computedName];
}

function isAction(action: string | undefined): action is ReferenceAction {
  return action !== undefined && /^(cascade|set null|set default|restrict|no action)$/.test(action);
}

function constraintOf(run: Run, call: CallValue): Constraint | undefined {
  if (isCalled(call, 'PrimaryKeyConstraint')) return { kind: 'primaryKey', columns: columnNames(call.positional) };
  if (isCalled(call, 'UniqueConstraint'))
    return { kind: 'unique', columns: columnNames(call.positional), ...uniqueDeferralOf(call) };
  if (isCalled(call, 'CheckConstraint')) {
    return { kind: 'check', ...conditionOf(run, argumentOf(call, 0, 'sqltext')), validated: true };
  }
  if (isCalled(call, 'ForeignKeyConstraint')) return foreignKeyOf(call);
  if (isCalled(call, 'ExcludeConstraint')) return { kind: 'exclusion', columns: excludedColumns(run, call.positional) };
  return undefined;
}

/** The columns of `('room', '='), (sa.text('during'), '&&')`. */
export function excludedColumns(run: Run, elements: readonly Value[]): string[] {
  return elements.flatMap((element) => {
    const [column] = itemsOf(element) ?? [];
    return column ? [columnOrExpression(run, column)] : [];
  });
}

function foreignKeyOf(call: CallValue): Constraint {
  const columns = columnNames(itemsOf(argumentOf(call, 0, 'columns')));
  const targets = itemsOf(argumentOf(call, 1, 'refcolumns')) ?? [];
  const paths = targets.map((target) =>
    target.kind === 'string' ? target.text.split('.') : [computedName, computedName],
  );
  const table = paths[0]?.slice(0, -1).join('.') ?? computedName;
  const references = { table: qualified(table), columns: paths.map((path) => path.at(-1) ?? computedName) };
  return {
    kind: 'foreignKey',
    columns,
    references: withActions(references, call),
    validated: true,
    ...deferralOf(call),
  };
}

/** `deferrable=True, initially='DEFERRED'`. */
export function deferralOf(call: CallValue): { deferrable?: true; initiallyDeferred?: true } {
  if (wordOf(call, 'initially') === 'deferred') return { initiallyDeferred: true };
  return truthOf(argumentOf(call, undefined, 'deferrable')) ? { deferrable: true } : {};
}

/** The same of a unique constraint, which takes part in no `ON CONFLICT` either way. */
export function uniqueDeferralOf(call: CallValue): { deferrable?: true; initiallyDeferred?: true } {
  const given = deferralOf(call);
  return given.initiallyDeferred ? { deferrable: true, ...given } : given;
}

function isCalled(call: CallValue, name: string): boolean {
  const path = pathOf(call.callee) ?? '';
  return path === name || path.endsWith(`.${name}`);
}

function nameArgument(call: CallValue): string | undefined {
  const name = argumentOf(call, undefined, 'name');
  return !name || name.kind === 'none' ? undefined : nameOfValue(name);
}

function columnOrExpression(run: Run, value: Value): string {
  if (value.kind === 'string') return value.text;
  const sql = sqlOf(run, value);
  if (sql === undefined) return value.kind === 'attribute' ? value.name : computedName;
  return /^\w+(\s+(asc|desc))?(\s+nulls\s+(first|last))?$/i.test(sql) ? (sql.split(/\s/)[0] ?? sql) : `(${sql})`;
}

function whereKeyword(run: Run): string {
  if (run.database === 'sqlite') return 'sqlite_where';
  return run.database === 'sqlserver' ? 'mssql_where' : 'postgresql_where';
}

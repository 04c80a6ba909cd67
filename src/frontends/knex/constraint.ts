/** Indexes and constraints under the names that Knex gives them. */
import type { Database } from '../../operations/migration.ts';
import type { OperationOf } from '../../operations/operation.ts';
import { nameIn, plainTable, quoted, quotedList, quotedTable, sqlIn } from '../syntax/generated-sql.ts';
import {
  fieldOf,
  findText,
  isConstantValue,
  itemsOf,
  type Chain,
  type Step,
  type Value,
} from '../syntax/script-value.ts';

/** `table_column_kind`, lower case and without the schema. */
export function indexName(table: string, columns: readonly string[], kind: 'index' | 'unique' | 'foreign'): string {
  return `${table.split('.').at(-1) ?? ''}_${columns.join('_')}_${kind}`.replaceAll(/[-.]/g, '_').toLowerCase();
}

/** A unique constraint, which is an index on SQLite and where the options ask for one. */
export function uniqueSql(
  table: string,
  columns: readonly string[],
  options: Value | undefined,
  database: Database,
): string {
  const name = quoted(
    findText(fieldOf(options, 'indexName')) ?? findText(options) ?? indexName(table, columns, 'unique'),
    database,
  );
  const to = quotedTable(table, database);
  const list = quotedList(columns, database);
  const predicate = fieldOf(options, 'predicate');
  const isIndex = database === 'sqlite' || predicate !== undefined || isUniqueIndex(options, database);
  return isIndex
    ? `CREATE UNIQUE INDEX ${name} ON ${to} (${list})${whereSql(predicate)}`
    : `ALTER TABLE ${to} ADD CONSTRAINT ${name} UNIQUE (${list})`;
}

/** SQL Server makes an index of the rows that have a value, unless it is told to make a constraint. */
function isUniqueIndex(options: Value | undefined, database: Database): boolean {
  const asked = fieldOf(options, 'useConstraint');
  return database === 'sqlserver' ? !isConstantValue(asked, true) : isConstantValue(asked, false);
}

/** `index(columns, name, options)`. */
export function indexSql(table: string, [given, named, options]: readonly Value[], database: Database): string {
  const columns = itemsOf(given).map((value) =>
    value.kind === 'chain' && value.root.handle ? `(${sqlIn(value)})` : nameIn(value),
  );
  const name = quoted(findText(named) ?? indexName(table, columns, 'index'), database);
  const method = findText(fieldOf(options, 'indexType')) ?? findText(options);
  const using = method !== undefined && database === 'postgres' ? ` USING ${method}` : '';
  const list = columns.map((column) => (column.startsWith('(') ? column : quoted(column, database))).join(', ');
  const where = database === 'mysql' || database === 'mariadb' ? '' : whereSql(fieldOf(options, 'predicate'));
  const kind = method !== undefined && /fulltext|spatial/i.test(method) && using === '' ? `${method} ` : '';
  return `CREATE ${kind}INDEX ${name} ON ${quotedTable(table, database)}${using} (${list})${where}`;
}

/** `foreign(column).references(…).inTable(…)`, also where the reference stands at a column. */
export function foreignKeyOf(
  table: string,
  columns: string[],
  named: string | undefined,
  chain: Chain,
): OperationOf<'addConstraint'>['constraint'] {
  const find = (name: string): Value | undefined => chain.steps.findLast((step) => step.name === name)?.arguments?.[0];
  const references = itemsOf(find('references')).map(nameIn);
  const inTable = find('inTable');
  const [dotted = '', dottedColumn] = (references[0] ?? '').split(/\.(?=[^.]*$)/);
  const to = inTable ? nameIn(inTable) : dottedColumn === undefined ? nameIn(undefined) : dotted;
  const targets = inTable || dottedColumn === undefined ? references : [dottedColumn];
  const [onDelete, onUpdate] = ['onDelete', 'onUpdate'].map((name) =>
    actions.find((action) => action === findText(find(name))?.toLowerCase()),
  );
  const deferral = findText(find('deferrable'));
  return {
    kind: 'foreignKey',
    name: named ?? findText(find('withKeyName')) ?? indexName(table, columns, 'foreign'),
    columns,
    references: {
      table: plainTable(to),
      columns: targets,
      ...(onDelete ? { onDelete } : {}),
      ...(onUpdate ? { onUpdate } : {}),
    },
    validated: true,
    ...(deferral === 'deferred' ? { initiallyDeferred: true as const } : {}),
    ...(deferral === 'immediate' ? { deferrable: true as const } : {}),
  };
}

const actions = ['cascade', 'set null', 'set default', 'restrict', 'no action'] as const;

/** PRIMARY KEY, with its name where it is given one. */
export function primarySql(step: Step | undefined, database: Database): string {
  const [columns, options] = step?.arguments ?? [];
  const name = findText(fieldOf(options, 'constraintName') ?? options);
  const named = name === undefined ? '' : `CONSTRAINT ${quoted(name, database)} `;
  return `${named}PRIMARY KEY (${quotedList(itemsOf(columns).map(nameIn), database)})`;
}

/** `knex.whereNotNull('deleted_at')` names the columns that the predicate is about. */
function whereSql(predicate: Value | undefined): string {
  if (predicate?.kind !== 'chain') return '';
  const step = predicate.steps.find((each) => each.name.startsWith('where'));
  if (!step) return ` WHERE ${sqlIn(predicate)}`;
  const column = `"${nameIn(step.arguments?.[0])}"`;
  if (/^whereNotNull$/.test(step.name)) return ` WHERE ${column} IS NOT NULL`;
  return step.name === 'whereNull' ? ` WHERE ${column} IS NULL` : ` WHERE ${column} = '${nameIn(undefined)}'`;
}

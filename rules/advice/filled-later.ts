/** A new column that is added empty, and whose rows are filled later. */
import type { Migration } from '../../src/operations/migration.ts';
import type { Expression } from '../../src/operations/column.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';
import { emptyColumn, type Step } from '../../src/writers/step.ts';
import { migrationFence, paragraphs } from './fence.ts';
import { fillRows, requireThen } from './fill-then-require.ts';
import { lockLimit } from './lock-limit.ts';
import { isMysql } from './online-change.ts';

/** In place of a column for which every row is written. */
export function adviseFilledLater(operation: OperationOf<'addColumn'>, context: Context): string {
  if (isOfDomain(operation, context)) return ofBaseType;
  if (operation.column.generated === 'stored')
    return 'A plain column that the code or a trigger fills, and the old rows in batches; or compute it on reading, by a view or a virtual column.';
  if (operation.column.generated === 'identity' && isMysql(context.migration.database))
    return 'In an announced pause. Where the numbers only have to differ, a column that the application fills does without.';
  if (operation.column.generated === 'identity')
    return 'A plain column first; then a sequence as its default, for new rows; then numbers for the old ones, in batches.';
  return `Add the column empty, set the default for new rows, fill the old ones in batches.${phases(operation, context)}`;
}

/** In place of a column that the database refuses on a table with rows. */
export function adviseRefused(operation: OperationOf<'addColumn'>, context: Context): string {
  if (operation.column.ownCheck === 'broken')
    return 'Give it a default that its check lets pass, or none at all: NULL passes every check but `IS NOT NULL`.';
  return isOfDomain(operation, context)
    ? ofBaseType
    : `Add it without the default, then fill it.${phases(operation, context)}`;
}

function isOfDomain({ column }: OperationOf<'addColumn'>, { schema }: Context): boolean {
  return !column.type?.array && schema.domains?.has(column.type?.name ?? '') === true;
}

const ofBaseType =
  'Add it with the type that the domain stands for, and what the domain asks as a CHECK `NOT VALID`, which is validated in a migration of its own, after the old rows are filled in batches.';

/** A default that is set on an empty column holds for new rows only; where the database takes none later, the program fills them. */
function phases(operation: OperationOf<'addColumn'>, context: Context): string {
  const { table, column } = operation;
  const { migration } = context;
  const { type, default: value } = column;
  if (migration.database === 'unknown' || !type || !value || !isPrintable(value, migration)) return '';
  const keepsDefault = migration.database !== 'sqlite' && migration.database !== 'sqlserver';
  const limit = lockLimit(migration.database, context.sizeOf(table));
  const add = emptyColumn(table, column);
  const set: Step = { kind: 'alterColumn', table, column: column.name, default: value, was: {} };
  const first = keepsDefault
    ? migrationFence(migration, [...limit, add, set]) || migrationFence(migration, [...limit, add])
    : migrationFence(migration, [...limit, add]);
  const required = column.nullable ? '' : requireThen(migration, table, column.name, column, limit);
  return `\n\n${paragraphs(first, fillRows(migration, table, column.name, column), required)}`;
}

/** What a program works out stands there as the program writes it, and is no SQL. */
function isPrintable({ sql, known }: Expression, { framework }: Migration): boolean {
  return sql.length <= 200 && (known || framework !== 'django');
}

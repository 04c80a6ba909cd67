/** The two ways in which a table is altered by making it anew, as SQLite needs it: https://www.sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes */
import type { OperationOf } from '../../src/operations/operation.ts';
import { isCreated } from '../../src/operations/remade-table.ts';
import type { Context } from '../../src/rule.ts';

/** The name is only cleared: nothing of that name is known, and the migration itself makes and removes one below. */
export function isLeftover({ table, ifExists }: OperationOf<'dropTable'>, context: Context): boolean {
  if (!ifExists || context.schema.tables.has(table)) return false;
  const made = context.after.findIndex(
    (each) =>
      (each.kind === 'createTable' && each.table === table) || (each.kind === 'renameTable' && each.to === table),
  );
  const rest = made === -1 ? [] : context.after.slice(made + 1);
  return rest.some((each) => (each.kind === 'dropTable' || each.kind === 'renameTable') && each.table === table);
}

/** The renamed table makes room for a new one under its old name. */
export function isMadeAnew({ table }: OperationOf<'renameTable'>, context: Context): boolean {
  const atOnce = context.inTransaction === true || context.migration.database === 'sqlite';
  return atOnce && isCreated(context.after, table);
}

/** The end of a copy that earlier migrations began: the table holds the rows of one that is gone, and gets the name by which releases know it. */
export function takesPlace({ table, to }: OperationOf<'renameTable'>, { schema }: Context): boolean {
  return schema.tables.get(table)?.copyOf === to && !schema.tables.has(to);
}

/** A table that an earlier statement or migration has filled with every row of this one. */
export function findCopy({ table }: OperationOf<'dropTable'>, { schema }: Context): string | undefined {
  return [...schema.tables.values()].find(({ copyOf }) => copyOf === table)?.name;
}

/** `drop-table` speaks: the migration itself drops it under the name that it gets. */
export function isDroppedAfter({ to }: OperationOf<'renameTable'>, { after }: Context): boolean {
  return after.some((each) => each.kind === 'dropTable' && each.table === to);
}

/** What a table was called before this migration. */
export function nameBefore(table: string, { before }: Context): string {
  const renamed = before.findLast((each) => each.kind === 'renameTable' && each.to === table);
  return renamed?.kind === 'renameTable' ? renamed.table : table;
}

/** Foreign keys of SQLite that point to a table which goes under the name that it was given last. */
import type { OperationOf } from '../../src/operations/operation.ts';
import { code, codes, type Context, type Found } from '../../src/rule.ts';
import { isLegacyAlter } from './legacy-alter.ts';

/** Foreign keys of others follow a table that is renamed, and do not come back: https://www.sqlite.org/lang_altertable.html#alter_table_rename */
export function findStrayed({ table }: OperationOf<'dropTable'>, context: Context): Found | undefined {
  const { schema, before } = context;
  const renamed = before.find((each) => each.kind === 'renameTable' && each.to === table);
  if (renamed?.kind !== 'renameTable' || isLegacyAlter(before)) return undefined;
  const names = [table, renamed.table];
  const children = [...schema.tables.values()].filter(
    ({ name, constraints }) =>
      !names.includes(name) &&
      constraints.some((each) => each.kind === 'foreignKey' && names.includes(each.references.table)),
  );
  if (children.length === 0) return undefined;
  const list = codes(children.map(({ name }) => name));
  const [own, point] = children.length === 1 ? ['key', 'points'] : ['keys', 'point'];
  return {
    message: `Since statement ${renamed.statement} the foreign ${own} of ${list} ${point} to ${code(table)}, which goes here: SQLite writes the new name of a table into what points to it. From here on, where foreign keys are checked, writes of ${list} fail (${code(`no such table: main.${table}`)}).`,
    advice: `Make the new table under another name, copy the rows, drop ${code(renamed.table)}, and rename the new one to it: in this order nothing that points to it changes. Outside a transaction of the tool, with \`PRAGMA foreign_keys = OFF;\` before \`BEGIN\`.`,
  };
}

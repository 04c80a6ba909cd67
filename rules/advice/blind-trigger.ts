/** A trigger of SQLite that nothing looks at when what it writes goes. */
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { tableSql } from '../../src/writers/identifier.ts';
import { writersOf } from './view-readers.ts';

/** The drop of the column goes through, and the trigger fails when it fires: https://www.sqlite.org/lang_altertable.html#alter_table_drop_column */
export function findBlind({ table, column }: OperationOf<'dropColumn'>, context: Context): Found | undefined {
  const { schema, after } = context;
  const [writer] = writersOf(table, column, context).filter(({ name }) => !after.some((each) => isDrop(each, name)));
  if (!writer) return undefined;
  const trigger = code(writer.name);
  return {
    severity: schema.unread ? 'warning' : 'error',
    concerns: 'code',
    message: `${trigger} writes ${code(`${table}.${column}`)}, which SQLite looks up only when it fires: the \`DROP COLUMN\` goes through, and every write of ${code(writer.on)} that fires it fails from then on (\`no such column\`).`,
    advice: `${code(`DROP TRIGGER ${tableSql(writer.name, 'sqlite')};`)} before it, and \`CREATE TRIGGER\` behind it, without the column.`,
  };
}

function isDrop(each: Operation, name: string): boolean {
  return each.kind === 'dropObject' && each.object === 'trigger' && each.name === name;
}

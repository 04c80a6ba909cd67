import { enumBytes, setBytes } from '../src/operations/facts/mysql-type-change.ts';
import { typeChange } from '../src/operations/facts/type-change.ts';
import type { DataType } from '../src/operations/column.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import type { Step } from '../src/writers/step.ts';
import { migrationFence } from './advice/fence.ts';
import { isRefused, isValuesChange } from './advice/one-cause.ts';
import { statementAt } from './advice/online-change.ts';
import { onlineTool } from './advice/online-tool.ts';
import { atLeastWarning, costOf } from './advice/severity.ts';

/** The list of an ENUM or SET changes otherwise than by values at its end. */
export const changedEnumValues: Rule = {
  id: 'changed-enum-values',
  title: 'Values of an ENUM or SET that are not only added at the end',
  concerns: 'rows',
  severity: 'warning',
  check: {
    alterColumn: (operation, context) => {
      const { table, column, type } = operation;
      if (!type || context.isNew(table) || !isValuesChange(operation, context)) return undefined;
      const old = findColumn(context.schema, table, column)?.type;
      const { database, databaseVersion } = context.migration;
      if (!old || isRefused(operation, context)) return undefined;
      const change = typeChange(old, type, database, databaseVersion);
      return change.kind !== 'rewrites' ? undefined : find(operation, old, type, change.writesGoOn === true, context);
    },
  },
};

type AlterColumn = Operation & OperationOf<'alterColumn'>;

function find(operation: AlterColumn, old: DataType, next: DataType, goesOn: boolean, context: Context): Found {
  const { table, column } = operation;
  const removed = old.arguments.filter((value) => !next.arguments.includes(value));
  const meanwhile = goesOn ? 'reads and writes go on' : 'writes to it wait';
  const copied = `${code(table)} is copied, and ${meanwhile} until that is done.`;
  const severity = costOf(context, table);
  return {
    severity: removed.length > 0 ? atLeastWarning(severity) : severity,
    message: `${whatHappens(`${table}.${column}`, old, next, removed)} ${copied} ${sizeNote(table, context.sizeOf(table))}`,
    advice:
      removed.length > 0
        ? `First a release that no longer writes ${list(removed)}; then the rows that hold it set to another value, in batches; then this, once none is left. A new name for a value is a new value at the end, and the old one removed later.`
        : `${appended(operation, old, next, context)}${goesOn || !isAppended(old, next) ? '' : onlineTool(table, statementAt(operation, context), context)}`,
  };
}

/** https://dev.mysql.com/doc/refman/8.4/en/enum.html and https://dev.mysql.com/doc/refman/8.4/en/set.html: values are stored by their place in the list. */
function whatHappens(name: string, old: DataType, next: DataType, removed: readonly (string | number)[]): string {
  if (removed.length > 0)
    return `${code(name)} loses ${list(removed)}: the first row that holds it makes the statement fail (1265), and outside strict mode such rows get '' without a word.`;
  if (isAppended(old, next)) {
    const bytes = next.name === 'enum' ? enumBytes : setBytes;
    return `With ${next.arguments.length} values, ${code(name)} takes ${bytes(next.arguments.length)} bytes in each row and not ${bytes(old.arguments.length)}:`;
  }
  return `The values of ${code(name)} are stored by their place in the list, and values that were there get another place. The rows keep what they hold, but every number is written anew, and what sorts or compares by number sees another order.`;
}

/** Otherwise a tool that replays the log of changes, where values stand as numbers, is no way out. */
function isAppended(old: DataType, next: DataType): boolean {
  return old.arguments.every((value, index) => next.arguments[index] === value);
}

/** The same values, the new ones at the end. */
function appended(operation: AlterColumn, old: DataType, next: DataType, { migration, schema }: Context): string {
  const added = next.arguments.filter((value) => !old.arguments.includes(value));
  const type = { ...next, arguments: [...old.arguments, ...added] };
  const isFree = typeChange(old, type, migration.database, migration.databaseVersion).kind === 'free';
  if (!isFree || added.length === 0)
    return 'Where the order or the number of values matters to people only, leave it to the application: a table of values with names and ranks changes by a row.';
  const { table, column, nullable, default: value } = operation;
  const was = findColumn(schema, table, column);
  const step: Extract<Step, { kind: 'alterColumn' }> = { kind: 'alterColumn', table, column, type, restated: true };
  if (was) step.was = was;
  if (nullable !== undefined) step.nullable = nullable;
  if (value !== undefined && value !== 'none') step.default = value;
  return `Add the new values at the end, which is done at once, and leave their order to the query (\`ORDER BY FIELD(…)\`):\n\n${migrationFence(migration, [step])}`;
}

function list(values: readonly (string | number)[]): string {
  return values
    .slice(0, 5)
    .map((value) => code(String(value)))
    .join(', ');
}

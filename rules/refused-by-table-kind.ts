import { historyRefusal, refusalOf, type Refusal } from '../src/operations/facts/table-kinds.ts';
import type { Operation } from '../src/operations/operation.ts';
import type { Table } from '../src/operations/table.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { tookAnother } from './advice/table-kind-ways.ts';
import { mayHaveMadeWay } from './advice/made-way.ts';
import { findUncaptured } from './advice/uncaptured-column.ts';

/** Tables that keep their versions, live in memory, are followed or STRICT or virtual do not take every statement. */
export const refusedByTableKind: Rule = {
  id: 'refused-by-table-kind',
  title: 'A statement that this kind of table refuses',
  severity: 'error',
  concerns: 'process',
  check: {
    createTable: (operation, context) => {
      const { kinds = [], ifNotExists } = operation;
      const refusal = ifNotExists || kinds.length === 0 ? undefined : refusalOf(operation, kinds);
      return refusal && say(operation, operation.table, refusal, context);
    },
    dropTable: find,
    truncateTable: find,
    insertRows: find,
    updateRows: find,
    deleteRows: find,
    addColumn: (operation, context) => find(operation, context) ?? findUncaptured(operation, context),
    dropColumn: (operation, context) => find(operation, context) ?? findUncaptured(operation, context),
    renameColumn: find,
    createIndex: find,
    dropIndex: find,
    rebuildIndex: find,
  },
};

type Aimed = Operation & { table?: string };

function find(operation: Aimed, context: Context): Found | undefined {
  const { table, conditional } = operation;
  if (table === undefined || conditional || mayHaveMadeWay(context)) return undefined;
  const kinds = context.schema.tables.get(table)?.kinds ?? [];
  const refusal = refusalOf(operation, kinds) ?? (isHistory(table, context) ? historyRefusal(operation) : undefined);
  return refusal && say(operation, table, refusal, context);
}

function isHistory(table: string, { schema, migration }: Context): boolean {
  if (migration.database !== 'sqlserver') return false;
  const keeps = (each: Table) => each.history === table && each.kinds?.includes('versioned') === true;
  return [...schema.tables.values()].some(keeps);
}

function say(operation: Aimed, table: string, { error, of }: Refusal, context: Context): Found {
  const { database } = context.migration;
  const isUnsure = context.schema.unread === true && operation.kind !== 'createTable';
  const number = database === 'sqlite' && error !== undefined ? code(error) : error;
  return {
    severity: isUnsure ? 'warning' : 'error',
    message: `Statement ${operation.statement} fails${number === undefined ? '' : ` (${number})`}${isUnsure ? ', unless something that could not be read here has changed that' : ''}: ${code(table)} is ${of}.`,
    advice: tookAnother(operation, table, context),
  };
}

/** Chains of Knex's query builder, `knex('users').where(…).update(…)`, as what they do to rows. */
import type { Database } from '../../operations/migration.ts';
import type { Effect } from '../sql/effect.ts';
import { nameIn, plainTable, tableIn } from '../syntax/generated-sql.ts';
import { assignedValues, conditionsOf } from '../syntax/assigned-values.ts';
import { columnsOf, isFiltered } from '../syntax/query-chain.ts';
import { fieldOf, type Chain, type Step, type Value } from '../syntax/script-value.ts';

/** What the chain does; undefined where no table is named the way Knex names it. */
export function effectOfQuery(chain: Chain, database: Database): Effect | undefined {
  const calls = chain.steps.filter((step) => step.arguments);
  if (calls[0]?.name === 'batchInsert')
    return { kind: 'insertRows', table: tableOf(calls[0].arguments?.[0]), source: 'values' };
  const named = calls.find((step) => step.name === '' || /^(from|into|table|queryBuilder)$/.test(step.name));
  if (!named) return undefined;
  const table = tableOf(named.arguments?.[0]);
  const write = calls.find((step) =>
    /^(insert|upsert|update|increment|decrement|del|delete|truncate)$/.test(step.name),
  );
  return write ? effectOfWrite(write, table, calls, database) : { kind: 'noEffect', what: 'SELECT' };
}

function effectOfWrite(write: Step, table: string, calls: readonly Step[], database: Database): Effect {
  const limited = calls.some((step) => step.name === 'limit') ? { limited: true as const } : {};
  const filtered = isFiltered(calls);
  switch (write.name) {
    case 'insert':
    case 'upsert':
      return { kind: 'insertRows', table, source: write.arguments?.[0]?.kind === 'chain' ? 'query' : 'values' };
    case 'truncate':
      return { kind: 'truncateTable', table };
    case 'del':
    case 'delete':
      return { kind: 'deleteRows', table, filtered, ...limited };
    default: {
      const given = write.name === 'update' ? (write.arguments ?? []) : [];
      const said = assignedValues(given, conditionsOf(calls, database), database);
      return { kind: 'updateRows', table, columns: columnsOf(write.arguments?.[0]), filtered, ...limited, ...said };
    }
  }
}

/** `users as u` and `{ u: 'users' }` name the table users. */
function tableOf(value: Value | undefined): string {
  if (value?.kind === 'record' && !fieldOf(value, 'name')) return plainTable(nameIn([...value.fields.values()][0]));
  return plainTable((tableIn(value).split(/\s+as\s+/i)[0] ?? '').trim());
}

/** Chains that build one query, `builder.update(…).set(…).where(…)`, as what they do to rows. */
import type { Database } from '../../operations/migration.ts';
import type { Effect } from '../sql/effect.ts';
import { assignedValues, conditionsOf } from './assigned-values.ts';
import { logMethods } from './loggers.ts';
import { nameIn, plainTable, tableIn } from './generated-sql.ts';
import { findText, type Chain, type Step, type Value } from './script-value.ts';

const writes = new Set([
  'update',
  'insert',
  'delete',
  'del',
  'updateTable',
  'insertInto',
  'deleteFrom',
  'truncate',
  'replaceInto',
]);
/** They write without any further call. */
const whole = new Set(['insertInto', 'deleteFrom']);
/** Names that begin a query, and names that end one with its rows. */
const selects = /^(select|selectFrom|selectAll|selectNoFrom)$/;
const reads =
  /^(find|count|exist|pluck|min|max|sum|avg|getMany|getOne|getRaw|getCount|getExists|getQuery|getSql|options$)/;
const alsoWrite = /update|create|delete|remove|upsert|increment|decrement/i;

/** What the chain does, as far as its names say it; undefined for one that calls nothing, or only logs. */
export function effectOfBuilder(chain: Chain, database: Database, table?: string): Effect | undefined {
  const calls = chain.steps.filter((step) => step.arguments);
  if (calls.length === 0 || isLog(calls)) return undefined;
  const write = calls.find((step) => writes.has(step.name));
  if (write && (calls.length > 1 || whole.has(write.name))) return effectOfWrite(write, calls, database, table);
  if (!write && isRead(calls)) return { kind: 'noEffect', what: 'SELECT' };
  const code = calls.map((step) => step.name).join('.');
  return { kind: 'runCode', code: `${chain.root.name}.${code}`, does: 'application code' };
}

/** What the framework's own handle leads to is only asked to log: `sequelize.log`, `connection.logger.log`. */
function isLog(calls: readonly Step[]): boolean {
  return calls.every((step) => logMethods.has(step.name));
}

function isRead(calls: readonly Step[]): boolean {
  const last = calls.at(-1)?.name ?? '';
  return calls.some((step) => selects.test(step.name)) || (reads.test(last) && !alsoWrite.test(last));
}

/** The names of the columns of a record of values. */
export function columnsOf(value: Value | undefined): string[] {
  if (value?.kind === 'record') return [...value.fields.keys()];
  const text = findText(value);
  return text === undefined ? [] : [text];
}

/** True where some call narrows the rows. */
export function isFiltered(calls: readonly Step[]): boolean {
  return calls.some((step) => /^(and|or)?where|join|^having|^limit|^whereRef|^using/i.test(step.name));
}

function effectOfWrite(write: Step, calls: readonly Step[], database: Database, table: string | undefined): Effect {
  const given =
    write.arguments?.[0] ?? calls.find((step) => step.name === 'from' || step.name === 'into')?.arguments?.[0];
  const name = table ?? plainTable(given && given.kind !== 'chain' ? tableIn(given) : nameIn(undefined));
  const source = calls.some((step) => step.name === 'expression') ? 'query' : 'values';
  if (/^(insert|replace)/.test(write.name)) return { kind: 'insertRows', table: name, source };
  if (write.name === 'truncate') return { kind: 'truncateTable', table: name };
  const limited = calls.some((step) => step.name === 'limit') ? { limited: true as const } : {};
  const filtered = isFiltered(calls);
  if (write.name.startsWith('del')) return { kind: 'deleteRows', table: name, filtered, ...limited };
  const set = calls.find((step) => step.name === 'set')?.arguments ?? [];
  const said = assignedValues(set, conditionsOf(calls, database), database);
  return { kind: 'updateRows', table: name, columns: columnsOf(set[0]), filtered, ...limited, ...said };
}

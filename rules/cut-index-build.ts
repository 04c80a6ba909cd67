import type { Operation } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** A limit that is meant for locks or statements also holds for an index that is built beside the traffic. */
export const cutIndexBuild: Rule = {
  id: 'cut-index-build',
  title: 'A timeout that cuts a concurrent index build short',
  severity: 'warning',
  concerns: 'process',
  check: {
    createIndex: ({ table, index, concurrently }, context) =>
      concurrently && !context.isNew(table) ? find(code(index.name ?? 'the index'), table, context) : undefined,
    rebuildIndex: ({ table = '', name, concurrently }, context) =>
      concurrently ? find(code(name ?? table), table, context) : undefined,
  },
};

function find(index: string, table: string, { migration, before }: Context): Found | undefined {
  if (migration.database !== 'postgres') return undefined;
  const limit = lastLimit('statement', before) ?? lastLimit('lock', before);
  if (!limit) return undefined;
  const { setting, milliseconds, statement } = limit;
  const of = table === '' ? '' : ` of ${code(table)}`;
  return {
    message: `${code(setting)} of ${milliseconds} ms (statement ${statement}) also holds here, where the build of ${index}${of} waits for every transaction that is open, and reads all rows twice. When it is cut short an INVALID index stays: every write pays for it, no query uses it, and \`IF NOT EXISTS\` takes it for done.`,
    insertion: { words: `SET ${setting} = 0;`, at: 'line before' },
    advice: `Before it: ${code(`SET ${setting} = 0;`)} It blocks nobody while it waits. Afterwards look for \`NOT indisvalid\` in \`pg_index\`.`,
  };
}

type Limit = { setting: string; milliseconds: number; statement: number };

/** Ten minutes are meant for it. */
const longEnough = 600_000;

function lastLimit(timeout: 'lock' | 'statement', before: readonly Operation[]): Limit | undefined {
  const last = before.findLast((each) => each.kind === 'setTimeout' && each.timeout === timeout && !each.local);
  if (last?.kind !== 'setTimeout' || !last.milliseconds || last.milliseconds >= longEnough) return undefined;
  return { setting: `${timeout}_timeout`, milliseconds: last.milliseconds, statement: last.statement };
}

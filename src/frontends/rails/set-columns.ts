/** Which columns a call of Active Record sets. */
import type { Followed } from './follow-call.ts';
import { columnsSetBy } from './fragment.ts';
import type { Run } from './run.ts';
import { nameFrom, plainText, type Value } from './value.ts';

/** Of a call on rows: those of `a: 1, b: 2`, of `"a = 1"`, or of `["a = ?", 1]`. */
export function columnsOf(run: Run, call: Followed): string[] {
  if (call.name === 'touch_all') return ['updated_at'];
  if (call.options) return keysOf(call.options);
  const first = call.values[0]?.kind === 'list' ? call.values[0].items[0] : call.values[0];
  if (first?.kind !== 'text') return [];
  if (call.name === 'increment_counter' || call.name === 'decrement_counter') return [nameFrom(first)];
  return columnsSetBy(
    plainText(first)
      .replaceAll('?', 'NULL')
      .replaceAll(/(?<!:):\w+/g, 'NULL'),
    run.database,
  );
}

/** The keys of a hash by name; none of what is no hash. */
export function keysOf(options: Value | undefined): string[] {
  return options?.kind === 'hash' ? options.entries.map(({ key }) => nameFrom(key)) : [];
}

/** Of a call on one row. */
export function rowColumns(call: Followed): string[] {
  if (call.options) return keysOf(call.options);
  if (call.name === 'touch') return ['updated_at', ...call.values.map(nameFrom)];
  return call.values.slice(0, 1).map(nameFrom);
}

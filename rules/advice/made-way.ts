/** What could not be read before an operation, which may have made way for it. */
import type { Context } from '../../src/rule.ts';

/** True where something in this migration could not be read, as where a name is looked up: it is there to make way. */
export function mayHaveMadeWay({ before }: Context): boolean {
  return before.some(({ kind }) => kind === 'opaque' || kind === 'runCode');
}

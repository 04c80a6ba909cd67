/** What a statement does that stands in a loop. */
import type { Effect } from './effect.ts';

/** The same, said to be done again and again where that changes what it means: rows that are written, transactions that begin and end. */
export function repeated<Each extends Effect>(effect: Each): Each {
  return kinds.has(effect.kind) ? { ...effect, looped: true } : effect;
}

const kinds = new Set<Effect['kind']>(['insertRows', 'updateRows', 'deleteRows', 'begin', 'commit']);

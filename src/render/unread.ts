/** Places that could not be read. */
import type { Report } from '../report.ts';
import { groupBy } from './words.ts';

type Place = Report['opaque'][number];

/** Those of one file that have the same reason, told once; their lines in order, each once. */
export type Unread = Pick<Place, 'path' | 'reason'> & { lines: number[] };

/** In the order in which the first of each is told. */
export function unreadTogether(opaque: readonly Place[]): Unread[] {
  const groups = groupBy(opaque, ({ path, reason }) => JSON.stringify([path, reason]));
  return groups.flatMap(([, [first, ...others]]) => {
    if (!first) return [];
    const lines = new Set([first, ...others].map(({ startLine }) => startLine));
    return [{ path: first.path, reason: first.reason, lines: [...lines] }];
  });
}

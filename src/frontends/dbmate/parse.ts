/** dbmate's blocks: a comment line at the first column, with options behind it. */
import type { SourceFile } from '../frontend.ts';
import { linesOf } from '../sql/lines.ts';
import type { Sections } from '../sql/read-directions.ts';

export type Block = { start: number; inTransaction: boolean };

/** The up block of a file, or undefined when it has none and is not dbmate's. */
export function findUpBlock(text: string): Block | undefined {
  return findBlock(text, 'up');
}

/** Cuts a file at the first line of each block. Without a down block, or with it first, dbmate refuses the file. */
export function readBlocks({ path, text }: SourceFile): Sections {
  const up = findBlock(text, 'up')?.start ?? text.length;
  const down = findBlock(text, 'down')?.start;
  if (down !== undefined && down < up) {
    const unreadable = 'dbmate refuses a file whose `-- migrate:down` stands before `-- migrate:up`';
    return { up: [], outside: [{ path, text, start: 0, end: text.length, unreadable }] };
  }
  const unreadable = 'it stands before `-- migrate:up`, where dbmate refuses the file';
  const outside = [{ path, text, start: 0, end: up, unreadable }];
  if (down === undefined) return { up: [{ path, text, start: up, end: text.length }], outside };
  const stretches = {
    up: [{ path, text, start: up, end: down }],
    down: [{ path, text, start: down, end: text.length }],
  };
  return { ...stretches, outside };
}

function findBlock(text: string, direction: 'up' | 'down'): Block | undefined {
  for (const line of linesOf(text)) {
    if (!line.text.startsWith('--')) continue;
    const [name, ...options] = line.text.slice(2).trim().split(/\s+/);
    if (name === `migrate:${direction}`)
      return { start: line.start, inTransaction: !options.includes('transaction:false') };
  }
  return undefined;
}

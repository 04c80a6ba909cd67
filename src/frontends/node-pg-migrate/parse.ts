/** node-pg-migrate's markers: comment lines that begin with "Up Migration" or "Down Migration". */
import type { SourceFile } from '../frontend.ts';
import { linesOf } from '../sql/lines.ts';
import type { Sections } from '../sql/read-directions.ts';
import type { Stretch } from '../sql/read-stretches.ts';

/** True when a file has either marker. */
export function hasMarker(text: string): boolean {
  return findMarker(text, 'up') !== undefined || findMarker(text, 'down') !== undefined;
}

/** Cuts a file as the tool does: without an up marker the up direction is the whole file, also what stands under a down marker. */
export function readMarkers({ path, text }: SourceFile): Sections {
  const up = findMarker(text, 'up');
  const down = findMarker(text, 'down');
  const stretch = (start: number, end: number): Stretch => ({ path, text, start, end });
  const upStretch =
    up === undefined ? stretch(0, text.length) : stretch(up, down !== undefined && down > up ? down : text.length);
  const first = Math.min(up ?? 0, down ?? text.length);
  const outside: Stretch[] =
    first === 0 || up === undefined
      ? []
      : [
          {
            ...stretch(0, first),
            unreadable: 'it stands before the first marker, where node-pg-migrate does not run it',
          },
        ];
  if (down === undefined) return { up: [upStretch], outside };
  const downStretch = stretch(down, up !== undefined && up > down ? up : text.length);
  return { up: [upStretch], down: [downStretch], outside };
}

function findMarker(text: string, direction: 'up' | 'down'): number | undefined {
  const marker = direction === 'up' ? /^\s*--[\s-]*up\s+migration/i : /^\s*--[\s-]*down\s+migration/i;
  return linesOf(text).find((line) => marker.test(line.text))?.start;
}

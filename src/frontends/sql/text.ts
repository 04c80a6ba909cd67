/** Offsets of a text to lines and columns. */
import type { Span } from '../../operations/operation.ts';

/** A stretch of a file that holds SQL; offsets are UTF-16 indexes into the whole text, so that spans are right in the file. */
export type SqlText = {
  path: string;
  text: string;
  start: number;
  end: number;
  /** Values in it are not to the letter those that are sent: it was padded to keep its places. */
  isAltered?: true;
};

/** The whole of a file as SQL. */
export function wholeFile(path: string, text: string): SqlText {
  return { path, text, start: 0, end: text.length };
}

type Locate = (start: number, end: number) => Span;

/** The one made last: a file is often read in many stretches, and each asks for it. */
let latest: { path: string; text: string; locate: Locate } | undefined;

/** Turns offsets of one text into spans; built once per file. Lines end at \n, \r\n or \r. */
export function createLocator(path: string, text: string): Locate {
  if (latest?.path !== path || latest.text !== text) latest = { path, text, locate: locatorOf(path, text) };
  return latest.locate;
}

function locatorOf(path: string, text: string): Locate {
  const starts = lineStarts(text);
  return (start, end) => {
    const last = Math.max(start, end - 1);
    const startLine = lineOf(starts, start);
    const endLine = lineOf(starts, last);
    return {
      path,
      startLine,
      endLine,
      startColumn: start - (starts[startLine - 1] ?? 0) + 1,
      endColumn: last - (starts[endLine - 1] ?? 0) + 1,
    };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 10 || (unit === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}

function lineOf(starts: number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

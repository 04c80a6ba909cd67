/** What every reader of this room is given: one file, what the team calls its migration commands, and the parsers. */
import type { TreeParser } from '../frontends/syntax/tree.ts';
import type { Span } from '../operations/operation.ts';
import type { CallableText } from './called/called.ts';
import { withoutPasswords } from './credential.ts';

export type Reader = {
  path: string;
  /** The file as it is, templates and all. */
  text: string;
  commands: readonly string[];
  /** Files of the repository that this one may call. */
  beside: readonly CallableText[];
  /** Offsets of the file to a span. */
  locate: (start: number, end: number) => Span;
  bash: TreeParser;
  python: TreeParser;
  typescript: TreeParser;
};

/** A stretch of the file as another language sees it: its text, and the offset in the file of each of its characters. */
export type Fragment = { text: string; at: (index: number) => number };

/** The whole file as one fragment. */
export function wholeFragment(text: string): Fragment {
  return { text, at: (index) => index };
}

/** A part of a fragment, which may have a text of its own of the same length. */
export function partOf(fragment: Fragment, start: number, end: number): Fragment {
  return { text: fragment.text.slice(start, end), at: (index) => fragment.at(start + index) };
}

/** The span of a part of a fragment. */
export function spanIn(fragment: Fragment, start: number, end: number, reader: Reader): Span {
  return reader.locate(fragment.at(start), fragment.at(Math.max(start, end - 1)) + 1);
}

/** What stands in the file where a part of a fragment does, on one line: with the expressions of a template as they were written. */
export function writtenAt(fragment: Fragment, start: number, end: number, reader: Reader): string {
  const written = reader.text
    .slice(fragment.at(start), fragment.at(Math.max(start, end - 1)) + 1)
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return withoutPasswords(written);
}

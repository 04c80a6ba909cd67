/** SQL inside the strings of another language: masked at equal length, so that the SQL readers see it at its own place in the file. */
import { isComputedName } from '../../operations/operation.ts';
import type { SqlText } from '../sql/text.ts';

/** A stretch of a string as it stands in the file: text to read, an escape, or a hole that the program fills at run time. */
export type StringPart = {
  kind: 'text' | 'escape' | 'hole';
  start: number;
  end: number;
  /** What an escape stands for. */ value?: string;
};

/** The name that stands for what a program puts in at run time; readers take it as an identifier. */
const holeName = '_computed_';

/**
 * The SQL of one string as a stretch of its file. Holes become names that begin with `_computed`, escapes what they stand
 * for, padded with spaces: every offset stays that of the file.
 */
export function embeddedSql(path: string, text: string, parts: readonly StringPart[]): SqlText {
  const first = parts[0];
  const last = parts.at(-1);
  if (!first || !last) return { path, text, start: 0, end: 0 };
  let masked = text.slice(0, first.start);
  const open = new Set<string>();
  let isAltered = false;
  for (const part of parts) {
    isAltered ||= isPadded(part, masked.length, open);
    masked += text.slice(masked.length, Math.max(masked.length, part.start)).replace(/[^\r\n]/g, ' ');
    const piece = maskedPart(text, part, open);
    noteQuotes(piece, open);
    masked += piece;
  }
  const masks = { path, text: masked + text.slice(last.end), start: first.start, end: last.end };
  return isAltered ? { ...masks, isAltered } : masks;
}

/** Inside quotes of SQL, room that is filled with spaces becomes a part of what they hold. */
function isPadded({ kind, start, value = ' ' }: StringPart, end: number, open: ReadonlySet<string>): boolean {
  if (open.size === 0) return false;
  return start > end || (kind === 'escape' && !open.has(value));
}

/** True for a name that stands for something that is put in at run time. */
export function isComputed(name: string): boolean {
  return isComputedName(name);
}

/** Which quotes of SQL are open after a piece. */
function noteQuotes(piece: string, open: Set<string>): void {
  for (const [quote] of piece.matchAll(/["'`]/g)) if (!open.delete(quote)) open.add(quote);
}

/** A quote that is escaped opens a name or closes it: what it is padded with stays outside. */
function maskedPart(text: string, part: StringPart, open: ReadonlySet<string>): string {
  const length = part.end - part.start;
  if (part.kind === 'text') return text.slice(part.start, part.end);
  if (part.kind === 'escape') {
    const value = (part.value ?? ' ').slice(0, length);
    const opens = /^["'`]$/.test(value) && !open.has(value);
    return opens ? value.padStart(length, ' ') : value.padEnd(length, ' ');
  }
  return length >= holeName.length ? holeName.padEnd(length, '_') : `_${'c'.repeat(Math.max(0, length - 1))}`;
}

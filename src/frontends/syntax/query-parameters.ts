/** Placeholders that a library fills in before a query is sent: `?`, `??`, `:name` and `:name:`. */
import type { Database } from '../../operations/migration.ts';
import { wholeFile } from '../sql/text.ts';
import { tokenize, type Dialect, type Token } from '../sql/tokens.ts';
import { literalSql, quotedTable } from './generated-sql.ts';
import { computedNameOf } from './script-text.ts';
import { fieldOf, findText, itemsOf, type Piece, type Value } from './script-value.ts';

/** The pieces with every placeholder filled: with the value where it is known, else with one that keeps the query readable. */
export function withParameters(pieces: readonly Piece[], given: Value, database: Database): Piece[] {
  const text = pieces.map((piece) => piece.text).join('');
  const dialect: Dialect = database === 'unknown' ? 'postgres' : database;
  const places = placeholdersOf(tokenize(wholeFile('', text), dialect), text);
  const filled: Piece[] = [];
  let offset = 0;
  let next = 0;
  for (const piece of pieces) {
    let at = 0;
    for (const place of places) {
      const [start, end] = [place.start - offset, place.end - offset];
      if (start < at || end > piece.text.length) continue;
      if (start > at) filled.push(partOf(piece, at, start));
      const value = place.name === undefined ? itemsOf(given)[next++] : fieldOf(given, place.name);
      const isGuess = !place.isName && !isKnown(value);
      const text = fill(value, place.isName, database);
      filled.push({ ...partOf(piece, start, end), text, exact: false, ...(isGuess && { isGuess }) });
      at = end;
    }
    if (at < piece.text.length) filled.push(partOf(piece, at, piece.text.length));
    offset += piece.text.length;
  }
  return filled;
}

type Placeholder = { start: number; end: number; name?: string; isName: boolean };

function placeholdersOf(tokens: readonly Token[], text: string): Placeholder[] {
  const found: Placeholder[] = [];
  for (const { kind, text: word, start, end } of tokens) {
    if (word === '?' && found.at(-1)?.end === start + 1) continue;
    if (word === '?') {
      const isName = text[start + 1] === '?';
      found.push({ start, end: isName ? end + 1 : end, isName });
    }
    if (kind !== 'variable' || !word.startsWith(':')) continue;
    const isName = text[end] === ':' && text[end + 1] !== ':';
    found.push({ start, end: isName ? end + 1 : end, name: word.slice(1), isName });
  }
  return found;
}

function partOf(piece: Piece, from: number, to: number): Piece {
  const text = piece.text.slice(from, to);
  return piece.exact ? { ...piece, text, start: piece.start + from, end: piece.start + to } : { ...piece, text };
}

function fill(value: Value | undefined, isName: boolean, database: Database): string {
  if (isName) return quotedTable((value && findText(value)) ?? computedNameOf(value), database);
  if (value?.kind === 'list') return value.items.map((item) => literalSql(item, database)).join(', ') || 'NULL';
  return value && isKnown(value) ? literalSql(value, database) : '1';
}

function isKnown(value: Value | undefined): boolean {
  if (value?.kind === 'list') return value.whole && value.items.every(isKnown);
  return value?.kind === 'constant' || (value !== undefined && findText(value) !== undefined);
}

/** Strings and templates of JavaScript as pieces that know where they stand. */
import type { Chain, Piece, Place, Value } from './script-value.ts';

/** The name that stands for what a program puts in at run time; `isComputed` knows it again. */
export const computedName = '_computed_';

/** The name of a value that is put in: a constant of another file keeps its own, so that two of its uses are known to be one. */
export function computedNameOf(value: Value | undefined): string {
  if (value?.kind !== 'chain' || value.root.module === undefined) return computedName;
  const first = value.root.name === 'default' ? [] : [value.root.name];
  const words = [...first, ...value.steps.map((step) => (step.arguments ? '?' : step.name))];
  return words.every((word) => /^\w+$/.test(word)) ? `${computedName}${words.join('_')}` : computedName;
}

/** The pieces of a stretch of a string or template between its quotes. `raw` leaves escapes as they are. */
export function piecesOf(text: string, start: number, end: number, raw = false): Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  while (at < end) {
    const backslash = raw ? -1 : text.indexOf('\\', at);
    const stop = backslash === -1 || backslash >= end ? end : backslash;
    if (stop > at) pieces.push({ text: text.slice(at, stop), start: at, end: stop, exact: true });
    if (stop === end) break;
    const escape = readEscape(text, stop);
    const next = Math.min(end, stop + escape.length);
    pieces.push({ text: escape.value, start: stop, end: next, exact: false });
    at = next;
  }
  return pieces;
}

/**
 * What a value contributes where it is put into a text: itself where it is known, else a name that says that it is computed.
 * `asParameter`: the text is a query, and the value is sent beside it.
 */
export function interpolated(value: Value, { start, end }: Place, asParameter = false): Piece[] {
  const here = (text: string): Piece => ({ text, start, end, exact: false });
  const moved = (pieces: readonly Piece[]): Piece[] => pieces.map((piece) => ({ ...piece, start, end, exact: false }));
  if (value.kind === 'text') {
    const isHole = value.pieces.some((piece) => piece.hole);
    return asParameter && !isHole ? [here("'"), ...moved(value.pieces), here("'")] : moved(value.pieces);
  }
  if (value.kind === 'constant') return [here(String(value.value))];
  // Paths are told from the folder of the file.
  if (value.kind === 'chain' && value.root.name === '__dirname') return [here('.')];
  if (value.kind === 'chain') return moved(fragmentOf(value));
  if (value.kind === 'list' && value.whole && value.items.every((item) => item.kind === 'text'))
    return value.items.flatMap((item, index) => [
      ...(index > 0 ? [here(',')] : []),
      ...interpolated(item, { start, end }, asParameter),
    ]);
  return [{ ...here(computedName), hole: true }];
}

/** A piece of SQL inside SQL: sql`…`, sql.raw('…'), sql.ref('…'), knex.raw('…'). */
function fragmentOf(chain: Chain): Piece[] {
  const step = chain.steps.at(-1);
  const hole: Piece = { text: computedName, start: chain.start, end: chain.end, exact: false, hole: true };
  const texts = (step?.arguments ?? []).map((value) => (value.kind === 'text' ? value.pieces : [hole]));
  const [first = [hole]] = texts;
  if (!step || (step.name !== '' && !/^(raw|ref|table|id|literal|lit)$/.test(step.name))) return [hole];
  if (/^(ref|table|id)$/.test(step.name)) {
    const quote: Piece = { ...hole, text: '"' };
    const { hole: _, ...plain } = quote;
    return texts.flatMap((pieces, index) => [...(index > 0 ? [{ ...plain, text: '.' }] : []), plain, ...pieces, plain]);
  }
  if (!/^(literal|lit)$/.test(step.name) || chain.root.name !== 'sql') return first;
  const apostrophe: Piece = { text: "'", start: chain.start, end: chain.end, exact: false };
  return [apostrophe, ...first, apostrophe];
}

const simpleEscapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' };

function readEscape(text: string, at: number): { value: string; length: number } {
  const letter = text[at + 1] ?? '';
  const coded = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\})/.exec(text.slice(at, at + 12));
  const code = Number.parseInt(coded?.[1] ?? coded?.[2] ?? coded?.[3] ?? '', 16);
  if (coded && code <= 0x10ffff) return { value: String.fromCodePoint(code), length: coded[0].length };
  if (letter === '\r' && text[at + 2] === '\n') return { value: '', length: 3 };
  if (letter === '\n' || letter === '\r') return { value: '', length: 2 };
  return { value: Object.hasOwn(simpleEscapes, letter) ? (simpleEscapes[letter] ?? '') : letter, length: 2 };
}

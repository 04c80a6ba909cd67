/** Functions and procedures that a file makes and calls itself: what they do happens where they are called. */
import type { Name } from '../../../operations/name.ts';
import { wholeFile } from '../text.ts';
import { tokenize, type Token } from '../tokens.ts';
import type { Effect, Place } from './statement.ts';

/** What a routine does when it is called, by its name without its schema. */
export type OwnRoutines = Map<Name, () => Effect[]>;

/** The text of the file with a routine in PL/pgSQL as the DO block that does the same, each word of its body where it stood. */
export function asBlock(text: string, tokens: readonly Token[]): { text: string; place: Place } | undefined {
  const language = tokens[tokens.findIndex((token) => token.upper === 'LANGUAGE') + 1];
  if (!/^'?PLPGSQL'?$/i.test(language?.text ?? '')) return undefined;
  const body = tokens.find((token, index) => token.kind === 'string' && tokens[index - 1]?.upper === 'AS');
  const start = tokens[0]?.start;
  if (!body || start === undefined) return undefined;
  const before = 'DO'.padEnd(body.start - start);
  const block = withoutReturned(text.slice(body.start, body.end));
  return { text: text.slice(0, start) + before + block + text.slice(body.end), place: { start, end: body.end } };
}

/** The statements of a routine in SQL, as a string or between BEGIN ATOMIC and END. */
export function bodyInSql(tokens: readonly Token[]): Place | undefined {
  const language = tokens[tokens.findIndex((token) => token.upper === 'LANGUAGE') + 1];
  if (!/^'?SQL'?$/i.test(language?.text ?? '')) return undefined;
  const body = tokens.find((token, index) => token.kind === 'string' && tokens[index - 1]?.upper === 'AS');
  if (body) return insideQuotes(body);
  const atomic = tokens.findIndex((token, index) => token.upper === 'ATOMIC' && tokens[index - 1]?.upper === 'BEGIN');
  const [first, last] = [tokens[atomic], tokens.at(-1)];
  return atomic > 0 && first && last?.upper === 'END' ? { start: first.end, end: last.start } : undefined;
}

/** What stands in a string as it is: between dollars, or between quotes that double none. */
export function insideQuotes({ text, start, end }: Token): Place | undefined {
  const isPlain = text.startsWith("'") && !text.slice(1, -1).includes("'");
  const opening = text.startsWith('$') ? text.indexOf('$', 1) + 1 : 1;
  return text.startsWith('$') || isPlain ? { start: start + opening, end: end - opening } : undefined;
}

/** So many words of a value are looked at. */
const longestValue = 50;

/** A block returns nothing: values that are no calls are blanked. */
function withoutReturned(body: string): string {
  const opening = body.startsWith('$') ? body.indexOf('$', 1) + 1 : 1;
  const tokens = tokenize({ path: '', text: body, start: opening, end: body.length - opening }, 'postgres');
  let block = body;
  for (const [index, token] of tokens.entries()) {
    if (token.upper !== 'RETURN') continue;
    const rest = tokens.slice(index + 1, index + 1 + longestValue);
    const end = rest.findIndex(({ text }) => text === ';');
    const value = rest.slice(0, end);
    if (end === -1 || value.some(({ upper }) => upper === '(' || upper === 'QUERY' || upper === 'NEXT')) continue;
    const stop = rest[end]?.start ?? token.end;
    block = block.slice(0, token.end) + block.slice(token.end, stop).replace(/[^\n]/g, ' ') + block.slice(stop);
  }
  return block;
}

/** So many routines are followed from one call. */
const mostFollowed = 20;

/** The effects with those of the routines that they call, each told once; a call of nothing else is left out. */
export function withCalled(
  effects: readonly Effect[],
  routines: OwnRoutines,
  told: ReadonlySet<Name> = new Set(),
): Effect[] {
  const seen = new Set(told);
  return effects.flatMap((effect) => {
    if (effect.kind !== 'runCode' || routines.size === 0 || seen.size >= mostFollowed) return [effect];
    const called = calledIn(effect.code);
    const next = called.filter((name) => routines.has(name) && !seen.has(name));
    for (const name of next) seen.add(name);
    const done = next.flatMap((name) => routines.get(name)?.() ?? []);
    // What is no block for the parser stays a call.
    if (done.length === 1 && done[0]?.kind === 'opaque') return [effect];
    const inside = withCalled(done, routines, seen);
    const reached = effect.conditional ? inside.map((each) => ({ ...each, conditional: true as const })) : inside;
    return called.length > 0 && called.every((name) => routines.has(name)) ? reached : [...reached, effect];
  });
}

/** Names before a parenthesis. */
function calledIn(code: string): Name[] {
  const tokens = tokenize(wholeFile('', code), 'postgres');
  return tokens.flatMap((token, index) =>
    token.kind !== 'symbol' && token.kind !== 'string' && tokens[index + 1]?.text === '(' ? [nameIn(token)] : [],
  );
}

function nameIn({ text }: Token): Name {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}

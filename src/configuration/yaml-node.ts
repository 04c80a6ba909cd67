/** Narrows nodes of a YAML document, and says in plain words what stands where something else is allowed. */
import { isMap, isNode, isScalar, isSeq } from 'yaml';
import type { LineCounter } from 'yaml';
import type { ConfigurationProblem } from '../operations/configuration.ts';
import { code, codes } from '../rule.ts';
import { nearest } from './nearest.ts';

/** Notes problems at the line of a node. */
export type Places = { problem: (node: unknown, message: string) => void };

/** Notes problems of one file; at most 50, since nobody reads more. */
export function createPlaces(path: string, lines: LineCounter, problems: ConfigurationProblem[]): Places {
  return {
    problem: (node, message) => {
      const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
      if (problems.length < 50) problems.push({ path, line: lines.linePos(offset).line || 1, message });
    },
  };
}

/** Calls the reader of each known key; an unknown one becomes a problem. An empty value counts as absent. */
export function readMapping(
  node: unknown,
  what: string,
  places: Places,
  readers: Record<string, (value: unknown) => void>,
): void {
  const known = Object.keys(readers);
  for (const { key, keyNode, value } of entriesOf(node, what, places)) {
    const read = known.includes(key) ? readers[key] : undefined;
    if (read) read(value);
    else places.problem(keyNode, `${code(key)} is not a key here. ${allowed(key, known)}`);
  }
}

/** A key of a mapping with what stands behind it. */
export type Entry = { key: string; keyNode: unknown; value: unknown };

/** The entries of a mapping; where it is none, that is a problem and there are no entries. */
export function entriesOf(node: unknown, what: string, places: Places): Entry[] {
  if (isEmpty(node)) return [];
  if (!isMap(node)) {
    places.problem(node, `${what} holds keys with values, such as \`key: value\`. Here stands ${described(node)}.`);
    return [];
  }
  const entries = new Map<string, Entry>();
  for (const pair of node.items) {
    const key = textOf(pair.key);
    if (key === undefined) places.problem(pair.key, `A key here is a word. Here stands ${described(pair.key)}.`);
    else if (entries.has(key)) places.problem(pair.key, `${code(key)} stands twice. The first one counts.`);
    else if (!isEmpty(pair.value)) entries.set(key, { key, keyNode: pair.key, value: pair.value });
  }
  return [...entries.values()];
}

/** The items of a list; where it is none, that is a problem and there are no items. */
export function itemsOf(node: unknown, what: string, example: string, places: Places): unknown[] {
  if (isEmpty(node)) return [];
  if (isSeq(node)) return node.items;
  places.problem(node, `${what} is a list, such as ${code(example)}. Here stands ${described(node)}.`);
  return [];
}

/** The text of a word, a string or a number as written; undefined for everything else. */
export function textOf(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  if (typeof node.value === 'string') return node.value;
  return typeof node.value === 'number' ? (node.source ?? String(node.value)) : undefined;
}

/** What stands at a node, for the end of "Here stands …". */
export function described(node: unknown): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (isScalar(node)) return isEmpty(node) ? 'nothing' : code(node.source ?? String(node.value), 60);
  return 'an alias, and aliases are not followed';
}

/** Says which words are allowed, the nearest one first. */
export function allowed(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  const list = known.length <= 12 ? `Allowed: ${codes(known)}.` : '';
  return [near === undefined ? '' : `Did you mean ${code(near)}?`, list].filter((part) => part !== '').join(' ');
}

function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

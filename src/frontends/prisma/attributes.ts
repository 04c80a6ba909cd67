/** The attributes of a field or block of a Prisma schema, with what they are given. */

/** `@relation("Author", fields: [authorId])`: arguments with a name and without one, each as its words. */
export type Attribute = { name: string; given: string[][]; named: Map<string, string[]> };

/** The attributes among the words of a line, in their order. */
export function readAttributes(words: readonly string[]): Attribute[] {
  const attributes: Attribute[] = [];
  for (let at = 0; at < words.length; at++) {
    const name = words[at] ?? '';
    if (!name.startsWith('@')) continue;
    const end = words[at + 1] === '(' ? closeOf(words, at + 1) : at;
    attributes.push({ name, ...argumentsOf(words.slice(at + 2, end)) });
    at = end;
  }
  return attributes;
}

/** The word that closes a parenthesis; the end of the line where none does. */
function closeOf(words: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < words.length; at++) {
    if (words[at] === '(') depth++;
    if (words[at] === ')' && --depth === 0) return at;
  }
  return words.length;
}

/** What stands between commas, those inside of parentheses and brackets aside. */
function argumentsOf(words: readonly string[]): Pick<Attribute, 'given' | 'named'> {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const word of words) {
    if (depth === 0 && word === ',') parts.push([]);
    else parts.at(-1)?.push(word);
    if (word === '(' || word === '[' || word === '{') depth++;
    if (word === ')' || word === ']' || word === '}') depth--;
  }
  const named = new Map<string, string[]>();
  const given: string[][] = [];
  for (const part of parts) {
    const [name = '', colon, ...rest] = part;
    if (colon === ':') named.set(name, rest);
    else if (part.length > 0) given.push(part);
  }
  return { given, named };
}

/** The text of a string; undefined where the words are none. */
export function textOf(words: readonly string[] | undefined): string | undefined {
  const [word = '', ...more] = words ?? [];
  if (more.length > 0 || !/^".*"$/s.test(word)) return undefined;
  return word.slice(1, -1).replaceAll(/\\(["\\])/g, '$1');
}

/** The string that an attribute is given under a name, or first of all without one: `@map("x")`, `@map(name: "x")`. */
export function namedText(attribute: Attribute | undefined, name: string): string | undefined {
  return textOf(attribute?.named.get(name)) ?? textOf(attribute?.given[0]);
}

/** No key has more columns. */
const mostNames = 64;

/** The names in a list, without what is said of each: `[userId, createdAt(sort: Desc)]`. */
export function namesIn(words: readonly string[] = []): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const word of words) {
    if (word === '(') depth++;
    else if (word === ')') depth--;
    else if (depth === 0 && /^\w+$/.test(word)) names.push(word);
    if (names.length > mostNames) return [];
  }
  return names;
}

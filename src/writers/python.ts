/** Python as Black lays it out: strings, and calls with an argument to a line. */
import { printable } from './identifier.ts';
import { indented, quoted } from './lines.ts';

/** A string of Python; single quotes where double ones stand inside it. */
export function pythonString(text: string): string {
  const written = quoted(text);
  if (text.includes('\n') && !/\\|"""|"$/.test(text)) return `"""\n${text}\n"""`;
  if (!text.includes('"') || text.includes("'")) return written;
  return `'${written.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** A name as a string, without what has no place in one. */
export function pythonName(name: string): string {
  return pythonString(printable(name));
}

/** A list of names. */
export function pythonNames(names: readonly string[]): string {
  return `[${names.map(pythonName).join(', ')}]`;
}

/** A call as an element of a list, an argument to a line; lines of comments among them stay as they are. */
export function callLines(name: string, given: readonly (string | readonly string[])[]): string[] {
  return [`${name}(`, ...indented(given.flatMap(argumentLines), 4), '),'];
}

/** `name=[…],` over several lines. */
export function listLines(name: string, elements: readonly string[]): string[] {
  return [`${name}=[`, ...indented(elements, 4), '],'];
}

function argumentLines(given: string | readonly string[]): readonly string[] {
  return typeof given === 'string' ? [given.startsWith('#') ? given : `${given},`] : given;
}

/** A call as a statement: on one line where it fits, else an argument to a line. */
export function statementLines(name: string, given: readonly string[]): string[] {
  const line = `${name}(${given.join(', ')})`;
  if (line.length <= 84) return [line];
  return [
    `${name}(`,
    ...indented(
      given.map((each) => `${each},`),
      4,
    ),
    ')',
  ];
}

/** A program, a template or a query → where it names columns that a migration takes away. */
import { embeddedSql, type StringPart } from '../../frontends/syntax/embedded-sql.ts';
import type { Dialect } from '../../frontends/sql/tokens.ts';
import { createLocator } from '../../frontends/sql/text.ts';
import { loadScriptParser } from '../../frontends/syntax/script-tree.ts';
import { loadParser } from '../../frontends/syntax/tree.ts';
import type { Mention, Sought } from '../../operations/mentions.ts';
import { rubyIn } from './embedded-ruby.ts';
import { isOwnPlace, languageOf } from './places.ts';
import { readPythonMentions } from './python-mentions.ts';
import { readRubyMentions } from './ruby-mentions.ts';
import { readScriptMentions } from './script-mentions.ts';
import { beginsStatement, readSqlMentions, type Found } from './sql-mentions.ts';

/** What the readers of all languages share. */
export type ProgramFile = {
  path: string;
  text: string;
  /** Columns that the text may name. */
  sought: readonly Sought[];
  /** The file is written for rows of the table, as its path says. */
  isOwn: (sought: Sought) => boolean;
  /** What a string names, where it is SQL or a piece of it. */
  namedInString: (parts: readonly StringPart[]) => Found[];
};

/** A program that a person wrote is not longer. In UTF-16 units. */
const longest = 256 * 1024;

/** Reads one file. Never rejects at what stands in it; what it does not know is left out. */
export async function readMentions(
  path: string,
  text: string,
  columns: readonly Sought[],
  dialect: Dialect,
): Promise<Mention[]> {
  const sought = columns.filter(({ names }) => names.some((name) => text.includes(name)));
  if (sought.length === 0 || text.length > longest) return [];
  const file = {
    path,
    text,
    sought,
    isOwn: ({ rows }: Sought) => isOwnPlace(path, rows),
    namedInString: (parts: readonly StringPart[]) => namedInString(path, text, parts, sought, dialect),
  };
  const locate = createLocator(path, text);
  return (await readAll(file, dialect)).map(({ sought: { table, column }, start, end, isCertain, isAnswer }) => {
    return { table, column, span: locate(start, end), isCertain, ...(isAnswer && { isAnswer }) };
  });
}

async function readAll(file: ProgramFile, dialect: Dialect): Promise<Found[]> {
  const { path, text, sought } = file;
  switch (languageOf(path)) {
    case 'sql':
      return readSqlMentions({ path, text, start: 0, end: text.length }, sought, dialect);
    case 'python':
      return readPythonMentions(file, (await loadParser('python'))(text));
    case 'ruby':
      return readRubyMentions(file, (await loadParser('ruby'))(text));
    case 'embedded ruby': {
      const ruby = rubyIn(text);
      return readRubyMentions({ ...file, text: ruby }, (await loadParser('ruby'))(ruby));
    }
    case 'script':
      await loadScriptParser();
      return readScriptMentions(file);
  }
}

function namedInString(
  path: string,
  text: string,
  parts: readonly StringPart[],
  sought: readonly Sought[],
  dialect: Dialect,
): Found[] {
  const written = parts.map(({ start, end }) => text.slice(start, end)).join('');
  const named = sought.filter(({ column }) => written.includes(column));
  // Most strings hold words, and one name alone is told by where it stands.
  if (named.length === 0 || (!written.includes('.') && !beginsStatement(written))) return [];
  // Masked by itself: a copy of the file for each of its strings would be slow.
  const from = parts[0]?.start ?? 0;
  const own = text.slice(from, parts.at(-1)?.end);
  const shifted = parts.map((part) => ({ ...part, start: part.start - from, end: part.end - from }));
  const found = readSqlMentions(embeddedSql(path, own, shifted), named, dialect);
  return found.map((each) => ({ ...each, start: each.start + from, end: each.end + from }));
}

/** Drizzle's own files: breakpoints between statements, the journal, the configuration. */
import type { SourceFile } from '../frontend.ts';
import { isRecord, parse } from '../manifest.ts';
import type { Sections } from '../sql/read-directions.ts';
import type { Stretch } from '../sql/read-stretches.ts';
import { wholeFile } from '../sql/text.ts';
import { tokenize } from '../sql/tokens.ts';

/** What Drizzle Kit writes between statements; each stretch between two is one query. */
export const breakpoint = '--> statement-breakpoint';

/** Cuts a file at its breakpoints, wherever they stand, as the migrator does. */
export function readBreakpoints({ path, text }: SourceFile): Sections {
  const up: Stretch[] = [];
  let start = 0;
  for (let at = text.indexOf(breakpoint); at !== -1; at = text.indexOf(breakpoint, start)) {
    up.push({ path, text, start, end: at });
    start = at + breakpoint.length;
  }
  up.push({ path, text, start, end: text.length });
  return { up, outside: [] };
}

/** The dialect that a journal names, or undefined. */
export function findDialect(json: string): string | undefined {
  const journal = parse(json);
  const dialect = isRecord(journal) ? journal['dialect'] : undefined;
  return typeof dialect === 'string' ? dialect : undefined;
}

/** The string behind `key:` in a drizzle.config file, or undefined. The first one wins. */
export function findConfigured(configuration: string, key: string): string | undefined {
  const tokens = tokenize(wholeFile('drizzle.config', configuration), 'mysql');
  const at = tokens.findIndex((token, index) => {
    const isKey = token.text === key || token.text.slice(1, -1) === key;
    return isKey && tokens[index + 1]?.text === ':' && tokens[index + 2]?.kind === 'string';
  });
  return at === -1 ? undefined : tokens[at + 2]?.text.slice(1, -1);
}

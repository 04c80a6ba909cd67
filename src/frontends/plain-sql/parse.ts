/** Names and markers that many home-made runners share. */
import type { SourceFile } from '../frontend.ts';
import { folderOf, inFolder, nameOf } from '../paths.ts';
import { linesOf } from '../sql/lines.ts';
import type { Sections } from '../sql/read-directions.ts';
import { wholeFile } from '../sql/text.ts';

export type PlainName = {
  version?: string;
  direction: 'up' | 'down';
  up: string;
  /** Where the down direction would stand; absent where the name says no direction. */
  down?: string;
};

/**
 * What a name says: 001_x.sql, 2024-01-05-x.sql, V2__x.sql, 001_x.up.sql, 001_x/up.sql; undefined for one without number or direction.
 * In 001-x-down.sql the last word is a direction only where the other one stands beside it.
 */
export function readPlainName(path: string, paths?: ReadonlySet<string>): PlainName | undefined {
  const folder = folderOf(path);
  const match = /^(.*?)(?:(^|[._-])(up|down))?(\.sql)$/i.exec(nameOf(path));
  if (!match) return undefined;
  const [, title = '', mark = '', word, ending = ''] = match;
  const version = versionOf(title) ?? (title === '' ? versionOf(nameOf(folder)) : undefined);
  const numbered: { version?: string } = version === undefined ? {} : { version };
  const sideOf = (side: 'up' | 'down'): string =>
    inFolder(folder, `${title}${mark}${word === word?.toUpperCase() ? side.toUpperCase() : side}${ending}`);
  const isUp = word?.toLowerCase() === 'up';
  const isDirection = mark === '.' || title === '' || paths?.has(sideOf(isUp ? 'down' : 'up'));
  if (word !== undefined && isDirection)
    return { ...numbered, direction: isUp ? 'up' : 'down', up: sideOf('up'), down: sideOf('down') };
  return version === undefined ? undefined : { ...numbered, direction: 'up', up: path };
}

/** Cuts a file at comment lines that say nothing but up or down, as `-- +migrate Up` and `-- Down` do. */
export function readUpAndDown({ path, text }: SourceFile): Sections {
  const marks = linesOf(text).flatMap((line) => {
    const direction = directionOf(line.text);
    return direction ? [{ direction, start: line.start }] : [];
  });
  const [first] = marks;
  if (!first) return { up: [wholeFile(path, text)], outside: [] };
  const cut = marks.map((mark, index) => {
    const stretch = { path, text, start: mark.start, end: marks[index + 1]?.start ?? text.length };
    return { direction: mark.direction, stretch };
  });
  const head = { path, text, start: 0, end: first.start };
  const up = cut.filter((part) => part.direction === 'up').map((part) => part.stretch);
  const down = cut.filter((part) => part.direction === 'down').map((part) => part.stretch);
  return down.length > 0 ? { up: [head, ...up], down, outside: [] } : { up: [head, ...up], outside: [] };
}

/**
 * The file itself says that its runner is to open no transaction: a comment line that says nothing else behind the name of a tool, as
 * `-- tool:migrations NO TRANSACTION`, or `autocommit` in the name, as in popx: https://github.com/ory/x/tree/master/popx
 */
export function saysNoTransaction({ path, text }: SourceFile): boolean {
  if (nameOf(path).toLowerCase().split('.').includes('autocommit')) return true;
  return linesOf(text).some((line) =>
    /^\s*--\s*(?:\+?[\w-]+(?::[\w-]+)?\s+)?(?:up\s+)?no[ -]?transaction\s*$/i.test(line.text),
  );
}

function versionOf(name: string): string | undefined {
  const date = /^\d{4}[-_]\d{2}[-_]\d{2}(?:[-_T]?\d{2,6})?(?![\d])/.exec(name)?.[0];
  return date ?? /^[vV]?(\d+(?:\.\d+)*)/.exec(name)?.[1];
}

function directionOf(line: string): 'up' | 'down' | undefined {
  if (!/^\s*(--|#)/.test(line)) return undefined;
  const words = line.toLowerCase().match(/[a-z]+/g) ?? [];
  const rest = words.filter((word) => !['migrate', 'migration', 'notransaction', 'section', 'begin'].includes(word));
  const [word] = rest;
  if (rest.length !== 1) return undefined;
  if (word === 'up' || word === 'ups') return 'up';
  return word === 'down' || word === 'downs' ? 'down' : undefined;
}

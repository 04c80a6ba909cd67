/** What docs/incidents.md says is there is there. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { boxes } from '../../src/review/checklist.ts';
import { parseCommands } from '../../src/signoff/parse-commands.ts';

const path = join(import.meta.dirname, '../../docs/incidents.md');
const page = readFileSync(path, 'utf8');

function found(pattern: RegExp): string[] {
  return [...new Set([...page.matchAll(pattern)].map((match) => match[1] ?? ''))];
}

test('every rule that it names exists, and is linked under its name', () => {
  const links = [...page.matchAll(/\[`([^`]+)`\]\(\.\.\/rules\/([^)]+)\.md\)/g)];
  expect(links.length).toBeGreaterThan(50);
  const ids = rules.map(({ id }) => id);
  for (const [, name, target] of links) {
    expect(target).toBe(name);
    expect(ids).toContain(name);
  }
});

test('every box that it names exists', () => {
  const named = found(/\bbox `([^`]+)`/g);
  expect(named.length).toBeGreaterThan(5);
  for (const box of named) expect(boxes).toContain(box);
});

test('every command that it names is understood', () => {
  const verbs = found(/`\/plimsoll (\w+)`/g);
  expect(verbs.length).toBeGreaterThan(1);
  for (const verb of verbs)
    expect(parseCommands(`/plimsoll ${verb} drop-table because nothing reads it`)[0]?.kind).toBe(verb);
});

test('every link leads somewhere', () => {
  for (const link of found(/\]\((?!https:)([^)]+)\)/g)) {
    const [file = '', heading] = link.split('#');
    const target = join(dirname(path), file);
    expect(existsSync(target), link).toBe(true);
    if (heading !== undefined) expect(headingsOf(readFileSync(target, 'utf8')), link).toContain(heading);
  }
});

/** As GitHub names them. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

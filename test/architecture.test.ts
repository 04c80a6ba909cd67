/** Holds the shape of the house: which room may import which. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Rooms, and what each may import beside itself: rooms, or packages by name. Node's own modules are listed where a room may touch the world. */
const may: Record<string, string[]> = {
  operations: [],
  // A finding holds the steps that correct it.
  rule: ['operations', 'writers'],
  report: ['operations', 'plan'],
  host: ['operations'],
  writers: ['operations'],
  plan: ['operations', 'rule', 'writers'],
  rules: ['operations', 'rule', 'writers'],
  frontends: [
    'operations',
    'libpg-query',
    'sqlite3-parser',
    'node-sql-parser',
    '@vscode/tree-sitter-wasm',
    '@typescript-eslint/typescript-estree',
    'yaml',
    // Django and Rails put digests into the names of indexes and constraints.
    'node:crypto',
    'node:module',
  ],
  deployment: ['operations', 'frontends', 'yaml'],
  models: ['operations', 'frontends'],
  configuration: ['operations', 'rule', 'yaml'],
  collect: ['operations', 'host', 'configuration', 'deployment', 'models', 'frontends'],
  review: [
    'operations',
    'rule',
    'report',
    'writers',
    'plan',
    'frontends',
    'deployment',
    'models',
    'configuration',
    'node:crypto',
  ],
  signoff: ['operations', 'report', 'node:crypto'],
  render: ['operations', 'rule', 'report', 'plan', 'signoff', 'host'],
  publish: ['operations', 'report', 'signoff', 'render', 'host', 'node:crypto'],
  github: ['operations', 'host', '@octokit/rest', 'node:crypto'],
  git: ['operations', 'host', 'node:child_process', 'node:crypto'],
  store: ['operations', 'report', 'signoff', 'node:fs', 'node:sqlite', 'node:zlib'],
};
const edges = new Set(['server', 'cli', 'test', 'scripts']);

test('imports run one way', () => {
  const wrong: string[] = [];
  let lines = 0;
  for (const file of sources('src').concat(sources('rules'))) {
    const room = roomOf(file);
    for (const target of importsOf(file)) {
      lines++;
      const to = target.startsWith('.') ? roomOf(relative(root, join(root, dirname(file), target))) : packageOf(target);
      if (to === room || (edges.has(room) && !edges.has(to)) || (may[room] ?? []).includes(to)) continue;
      wrong.push(`${file} imports ${target}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(lines).toBeGreaterThan(20);
});

test('every room is in the table', () => {
  const rooms = new Set(sources('src').concat(sources('rules')).map(roomOf));
  for (const room of rooms) expect([...Object.keys(may), ...edges]).toContain(room);
});

test('relative imports end in .ts', () => {
  for (const file of sources('src').concat(sources('rules'))) {
    for (const target of importsOf(file)) if (target.startsWith('.')) expect(`${file}: ${target}`).toMatch(/\.ts$/);
  }
});

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^'"]*?from\s+'([^']+)'|\bimport\('([^']+)'\)/gm)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
}

function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? second.replace(/\.ts$/, '') : first;
}

function packageOf(specifier: string): string {
  return specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : specifier.startsWith('node:')
      ? specifier
      : (specifier.split('/')[0] ?? '');
}

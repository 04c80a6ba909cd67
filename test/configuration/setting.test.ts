import { assert, constantFrom, pre, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { matchesGlob } from '../../src/configuration/match-glob.ts';
import { settingFor } from '../../src/configuration/setting.ts';
import { defaultConfiguration } from '../../src/operations/configuration.ts';
import type { Configuration } from '../../src/operations/configuration.ts';

function configuration(parts: Partial<Configuration>): Configuration {
  return { ...defaultConfiguration, ...parts };
}

test('the last path that fits wins', () => {
  const given = configuration({
    paths: [
      { path: 'db/**', database: 'mysql' },
      { path: 'db/legacy/*', framework: 'flyway', database: 'mariadb', version: '10.6' },
      { path: 'db/legacy/fixtures', ignore: true },
    ],
  });
  expect(settingFor(given, 'db/1.sql')).toEqual({ database: 'mysql', ignore: false });
  expect(settingFor(given, 'db/legacy/1.sql')).toEqual({
    framework: 'flyway',
    database: 'mariadb',
    version: '10.6',
    ignore: false,
  });
  expect(settingFor(given, 'db/legacy/fixtures/a/1.sql')).toEqual({ ignore: true });
  expect(settingFor(given, 'other/1.sql')).toEqual({ ignore: false });
});

test('a path inherits the version of the repository only for the same database', () => {
  const given = configuration({
    database: 'postgres',
    version: '16',
    paths: [
      { path: 'a', framework: 'goose' },
      { path: 'b', database: 'mysql' },
    ],
  });
  expect(settingFor(given, 'a/1.sql')).toMatchObject({ database: 'postgres', version: '16' });
  expect(settingFor(given, 'b/1.sql')).toEqual({ database: 'mysql', ignore: false });
});

test.each([
  ['db/migrate/**', 'db/migrate/a/b.sql', true],
  ['db/migrate/**', 'db/migrated/b.sql', false],
  ['db/migrate', 'db/migrate/a/b.sql', true],
  ['db/migrate/', 'db/migrate/b.sql', true],
  ['**/migrations/*.sql', 'migrations/1.sql', true],
  ['**/migrations/*.sql', 'a/b/migrations/1.sql', true],
  ['**/migrations/*.sql', 'a/migrations/b/1.sql', false],
  ['*.sql', 'a/1.sql', false],
  ['a/**/b/**/c.sql', 'a/b/x/b/y/c.sql', true],
  ['V?__*.sql', 'V1__init.sql', true],
  ['.hidden/*', '.hidden/1.sql', true],
  ['**', 'anything/at/all', true],
])('%s and %s: %s', (glob, path, expected) => {
  expect(matchesGlob(glob, path)).toBe(expected);
});

test('globs agree with the plain definition, by trying every way to fill a star', () => {
  const letters = string({ unit: constantFrom('a', 'b', '/'), maxLength: 8 });
  const globs = string({ unit: constantFrom('a', 'b', '?', '*', '/'), maxLength: 6 });
  assert(
    property(globs, letters, (glob, path) => {
      pre(/[*?]/.test(glob) && !glob.endsWith('/'));
      expect(matchesGlob(glob, path)).toBe(fits(glob.split('/'), path.split('/')));
    }),
    { numRuns: 2000 },
  );
});

test('a hostile glob and a long path take no time worth speaking of', () => {
  const glob = `${'*a'.repeat(100)}*b/${'**/a*/'.repeat(20)}z`;
  expect(matchesGlob(glob, `${'a'.repeat(4000)}/${'a/'.repeat(1000)}y`)).toBe(false);
});

function fits(pattern: string[], names: string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return names.length === 0;
  if (first === '**') return fits(rest, names) || (names.length > 0 && fits(pattern, names.slice(1)));
  return names[0] !== undefined && fitsName(first, names[0]) && fits(rest, names.slice(1));
}

function fitsName(pattern: string, name: string): boolean {
  if (pattern === '') return name === '';
  if (pattern[0] === '*') return fitsName(pattern.slice(1), name) || (name !== '' && fitsName(pattern, name.slice(1)));
  return name !== '' && (pattern[0] === '?' || pattern[0] === name[0]) && fitsName(pattern.slice(1), name.slice(1));
}

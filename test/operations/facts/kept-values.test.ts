import { expect, test } from 'vitest';
import { isLongerText, keepsValues } from '../../../src/operations/facts/kept-values.ts';
import type { DataType } from '../../../src/operations/column.ts';
import type { Database } from '../../../src/operations/migration.ts';

const type = (name: string, ...rest: number[]): DataType => ({ name, arguments: rest });

test.each<[Database, DataType, DataType, boolean]>([
  ['postgres', type('varchar', 20), type('varchar', 50), true],
  ['postgres', type('varchar', 20), type('varchar'), true],
  ['postgres', type('varchar'), type('text'), true],
  ['postgres', type('text'), type('varchar', 50), false],
  ['postgres', type('varchar', 50), type('varchar', 20), false],
  ['postgres', type('char', 20), type('text'), false],
  ['mysql', type('varchar', 255), type('text'), true],
  ['mysql', type('varchar', 64), type('tinytext'), false],
  ['mysql', type('tinytext'), type('text'), true],
  ['mariadb', type('text'), type('longtext'), true],
  ['mysql', type('longtext'), type('mediumtext'), false],
  ['sqlserver', type('varchar'), type('varchar', 50), false],
  ['sqlserver', type('varchar', 20), type('varchar', 50), true],
])('on %s, %j to %j is a longer text: %s', (database, from, to, longer) => {
  expect(isLongerText(from, to, database)).toBe(longer);
});

test('a larger integer takes every value of a smaller one, but for its sign', () => {
  expect(keepsValues(type('integer'), type('bigint'), 'postgres')).toBe(true);
  expect(keepsValues(type('bigint'), type('integer'), 'postgres')).toBe(false);
  expect(keepsValues(type('jsonb'), type('json'), 'postgres')).toBe(true);
  expect(keepsValues(type('json'), type('jsonb'), 'postgres')).toBe(false);
  expect(keepsValues(type('integer'), type('double precision'), 'postgres')).toBe(true);
  expect(keepsValues(type('bigint'), type('double precision'), 'postgres')).toBe(false);
  expect(keepsValues(type('int'), { ...type('bigint'), unsigned: true }, 'mysql')).toBe(false);
  expect(keepsValues({ ...type('int'), unsigned: true }, type('bigint'), 'mysql')).toBe(true);
});

test('another collation is another order, and maybe another text', () => {
  const latin = { ...type('varchar', 20), collation: 'latin1' };
  expect(isLongerText(type('varchar', 10), latin, 'mysql')).toBe(false);
});

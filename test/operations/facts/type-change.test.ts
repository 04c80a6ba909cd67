import { expect, test } from 'vitest';
import { isSameType, typeChange } from '../../../src/operations/facts/type-change.ts';
import type { DataType } from '../../../src/operations/column.ts';
import { type } from './builders.ts';

const unless = expect.objectContaining({ kind: 'rewrites', unless: expect.any(String) });
const free = { kind: 'free' };
const rewrites = { kind: 'rewrites' };

const postgres: [string, DataType, DataType, unknown][] = [
  ['a longer varchar', type('character varying', 50), type('character varying', 100), free],
  ['a varchar without its limit', type('character varying', 50), type('character varying'), free],
  ['a shorter varchar', type('character varying', 100), type('character varying', 50), rewrites],
  ['a limit where there was none', type('character varying'), type('character varying', 50), rewrites],
  ['varchar to text', type('varchar', 50), type('text'), free],
  ['text to varchar with a limit', type('text'), type('varchar', 50), rewrites],
  ['char to text', type('character', 3), type('text'), rewrites],
  ['more digits', type('numeric', 8, 2), type('numeric', 12, 2), free],
  ['another scale', type('numeric', 8, 2), type('numeric', 12, 4), rewrites],
  ['numeric without limits', type('numeric', 8, 2), type('numeric'), free],
  ['a larger integer', type('integer'), type('bigint'), rewrites],
  ['text to jsonb', type('text'), type('jsonb'), rewrites],
  ['a time zone', type('timestamp without time zone'), type('timestamp with time zone'), unless],
  ['a type of the project', type('text'), type('mood'), unless],
  ['the same under another name', type('int8'), type('bigint'), free],
];

test.each(postgres)('PostgreSQL: %s', (_, from, to, expected) => {
  expect(typeChange(from, to, 'postgres', '16')).toEqual(expected);
});

test('PostgreSQL before 12 rewrites for a time zone whatever the session says', () => {
  const change = typeChange(type('timestamp without time zone'), type('timestamp with time zone'), 'postgres', '11');
  expect(change).toEqual(rewrites);
});

const mysql: [string, DataType, DataType, unknown][] = [
  ['a longer varchar that no character set takes over 255 bytes', type('varchar', 20), type('varchar', 63), free],
  ['a longer varchar that is over 255 bytes in any', type('varchar', 256), type('varchar', 400), free],
  ['a longer varchar across 255 bytes in any', type('varchar', 20), type('varchar', 300), rewrites],
  ['a longer varchar over 255 bytes before and after, or never', type('varchar', 250), type('varchar', 255), free],
  ['a longer varchar across 255 bytes in some', type('varchar', 60), type('varchar', 100), unless],
  ['a shorter varchar', type('varchar', 40), type('varchar', 20), rewrites],
  ['a larger integer', type('int'), type('bigint'), rewrites],
  ['a display width', type('int', 11), type('int'), free],
  ['a value at the end of an enum', type('enum', 'a', 'b'), type('enum', 'a', 'b', 'c'), free],
  ['a value in the middle of an enum', type('enum', 'a', 'b'), type('enum', 'a', 'c', 'b'), rewrites],
  ['a ninth value of a set', type('set', ...letters(8)), type('set', ...letters(9)), rewrites],
];

test.each(mysql)('MySQL: %s', (_, from, to, expected) => {
  expect(typeChange(from, to, 'mysql', '8.4')).toEqual(expected);
});

test('SQL Server changes only metadata for a longer varchar', () => {
  expect(typeChange(type('nvarchar', 40), type('nvarchar', 80), 'sqlserver', undefined)).toEqual(free);
  expect(typeChange(type('nvarchar', 40), type('nvarchar', 'max'), 'sqlserver', undefined)).toEqual(rewrites);
  expect(typeChange(type('int'), type('bigint'), 'sqlserver', undefined)).toEqual(rewrites);
});

test('SQL Server reads what a length is cut of', () => {
  expect(typeChange(type('nvarchar', 80), type('nvarchar', 40), 'sqlserver', undefined)).toEqual({ kind: 'reads' });
});

test('an old type that is not known may have been this one', () => {
  expect(typeChange(undefined, type('bigint'), 'postgres', '16')).toEqual(unless);
  expect(typeChange(undefined, type('bigint'), 'mysql', '8.4')).toEqual(unless);
});

test('unsigned and array are part of a type', () => {
  expect(isSameType(type('int'), { ...type('int'), unsigned: true })).toBe(false);
  expect(isSameType(type('text'), { ...type('text'), array: true })).toBe(false);
});

function letters(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `value ${index}`);
}

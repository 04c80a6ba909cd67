import { expect, test } from 'vitest';
import { isWidened, keyTypeMismatch } from '../../../src/operations/facts/key-types.ts';
import type { DataType } from '../../../src/operations/column.ts';

function type(name: string, parts: Partial<DataType> = {}): DataType {
  return { name, arguments: [], ...parts };
}

test('types of two kinds are refused, each database with its own error', () => {
  expect(keyTypeMismatch(type('text'), type('bigint'), 'postgres')).toEqual({ fails: true, error: '42804' });
  expect(keyTypeMismatch(type('uuid'), type('integer'), 'mysql')).toMatchObject({ fails: true });
});

test('PostgreSQL takes a smaller integer, which the key outgrows, and a larger one', () => {
  expect(keyTypeMismatch(type('integer'), type('bigint'), 'postgres')).toEqual({ fails: false });
  expect(keyTypeMismatch(type('bigint'), type('integer'), 'postgres')).toBeUndefined();
});

test('MySQL wants the same size and sign, SQL Server the same size', () => {
  const [signed, unsigned] = [type('int'), type('int', { unsigned: true })];
  expect(keyTypeMismatch(signed, unsigned, 'mysql')).toMatchObject({ fails: true });
  expect(keyTypeMismatch(signed, type('int'), 'mysql')).toBeUndefined();
  expect(keyTypeMismatch(signed, type('bigint'), 'sqlserver')).toMatchObject({ fails: true, error: '1778' });
});

test('what is not known is left to the database', () => {
  expect(keyTypeMismatch(type('citext'), type('bigint'), 'postgres')).toBeUndefined();
  expect(keyTypeMismatch(type('integer', { array: true }), type('bigint'), 'postgres')).toBeUndefined();
  expect(keyTypeMismatch(type('text'), type('bigint'), 'sqlite')).toBeUndefined();
});

test('an integer is widened by a larger one alone', () => {
  expect(isWidened(type('integer'), type('bigint'))).toBe(true);
  expect(isWidened(type('smallint'), type('integer'))).toBe(true);
  expect(isWidened(type('bigint'), type('integer'))).toBe(false);
  expect(isWidened(type('integer'), type('integer'))).toBe(false);
  expect(isWidened(type('integer'), type('text'))).toBe(false);
  expect(isWidened(type('integer', { array: true }), type('bigint'))).toBe(false);
});

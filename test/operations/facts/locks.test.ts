import { expect, test } from 'vitest';
import { rollsBackSchema, writerLock } from '../../../src/operations/facts/locks.ts';
import type { Constraint } from '../../../src/operations/column.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import { column, somewhere } from './builders.ts';

const addColumn: Operation = { ...somewhere, kind: 'addColumn', table: 't', column: column() };
const index = { columns: ['a'], unique: false };
const createIndex: Operation = { ...somewhere, kind: 'createIndex', table: 't', index };

test('MySQL and MariaDB cannot roll a schema statement back', () => {
  expect((['postgres', 'sqlite', 'sqlserver', 'mysql', 'mariadb'] as const).filter(rollsBackSchema)).toEqual([
    'postgres',
    'sqlite',
    'sqlserver',
  ]);
});

test('PostgreSQL keeps writers out by locks of its own names', () => {
  const references = { table: 'p', columns: [] };
  const constraint: Constraint = { kind: 'foreignKey', columns: ['a'], references, validated: true };
  expect(writerLock(addColumn, 'postgres')).toBe('ACCESS EXCLUSIVE');
  expect(writerLock(createIndex, 'postgres')).toBe('SHARE');
  expect(writerLock({ ...createIndex, concurrently: true }, 'postgres')).toBeUndefined();
  expect(writerLock({ ...somewhere, kind: 'addConstraint', table: 't', constraint }, 'postgres')).toBe(
    'SHARE ROW EXCLUSIVE',
  );
  expect(writerLock({ ...somewhere, kind: 'validateConstraint', table: 't', name: 'c' }, 'postgres')).toBeUndefined();
});

test('SQL Server has two, and none for an index that is built online', () => {
  expect(writerLock(addColumn, 'sqlserver')).toBe('Sch-M');
  expect(writerLock(createIndex, 'sqlserver')).toBe('S');
  expect(writerLock({ ...createIndex, online: { online: true } }, 'sqlserver')).toBeUndefined();
});

test('nothing is said of locks where no transaction holds them', () => {
  expect(writerLock(addColumn, 'mysql')).toBeUndefined();
});

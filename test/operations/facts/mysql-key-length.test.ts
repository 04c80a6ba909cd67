import { describe, expect, test } from 'vitest';
import { findKeyRefusal, type KeyGround, type MysqlKey } from '../../../src/operations/facts/mysql-key-length.ts';
import type { DataType } from '../../../src/operations/column.ts';

const types: Record<string, DataType> = {
  id: { name: 'bigint', arguments: [] },
  url: { name: 'varchar', arguments: [1000], collation: 'utf8mb4' },
  plain: { name: 'varchar', arguments: [1000] },
  email: { name: 'varchar', arguments: [255], collation: 'utf8mb4_unicode_ci' },
  narrow: { name: 'varchar', arguments: [3072], collation: 'latin1_swedish_ci' },
  full: { name: 'varchar', arguments: [768], collation: 'utf8mb4' },
  body: { name: 'text', arguments: [], collation: 'utf8mb4' },
};

const ground: KeyGround = { database: 'mysql', version: '8.4', compact: false, typeOf: (name) => types[name] };

function refusal(columns: string[], more: Partial<MysqlKey> = {}, on: Partial<KeyGround> = {}) {
  return findKeyRefusal({ kind: 'index', columns, ...more }, { ...ground, ...on });
}

describe('a key of one column', () => {
  test('may take 3072 bytes, and no more', () => {
    expect(refusal(['full'])).toBeUndefined();
    expect(refusal(['narrow'])).toBeUndefined();
    expect(refusal(['url'])).toEqual({ kind: 'column', column: 'url', bytes: 4000, limit: 3072, room: 768 });
  });

  test('may take 767 bytes where rows are compact, or the version is old', () => {
    expect(refusal(['email'], {}, { compact: true })).toMatchObject({ limit: 767, room: 191 });
    expect(refusal(['email'], { kind: 'unique' }, { version: '5.6' })).toMatchObject({ limit: 767 });
    expect(refusal(['email'], {}, { version: '5.6' })).toBeUndefined();
  });

  test('takes what its prefix takes, unless that could not be read', () => {
    expect(refusal(['url'], { prefixes: { url: 768 } })).toBeUndefined();
    expect(refusal(['url'], { prefixes: { url: 769 } })).toMatchObject({ bytes: 3076 });
    expect(refusal(['url'], { prefixes: { url: 0 } })).toBeUndefined();
  });

  test('is in the default character set where none is known', () => {
    expect(refusal(['plain'])).toMatchObject({ assumed: 'utf8mb4' });
    expect(refusal(['plain'], {}, { version: '5.7' })).toBeUndefined();
    expect(refusal(['unknown'])).toBeUndefined();
  });

  test('of a text needs a length', () => {
    expect(refusal(['body'])).toEqual({ kind: 'no length', column: 'body', room: 768 });
    expect(refusal(['body'], { prefixes: { body: 100 } })).toBeUndefined();
  });
});

test('columns of a key are added up, numbers as well', () => {
  expect(refusal(['full', 'id'])).toMatchObject({ kind: 'key', column: 'full', bytes: 3080, room: 766 });
  expect(refusal(['id', 'email', 'email'])).toBeUndefined();
});

test('MariaDB cuts an index and hashes what is unique, and refuses a primary key', () => {
  const mariadb = { database: 'mariadb', version: '10.6' } as const;
  expect(refusal(['url'], {}, mariadb)).toBeUndefined();
  expect(refusal(['url'], { kind: 'unique' }, mariadb)).toBeUndefined();
  expect(refusal(['body'], { kind: 'unique' }, mariadb)).toBeUndefined();
  expect(refusal(['url'], { kind: 'primaryKey' }, mariadb)).toMatchObject({ bytes: 4000 });
  expect(refusal(['url'], { kind: 'unique' }, { ...mariadb, version: '10.3' })).toMatchObject({ bytes: 4000 });
});

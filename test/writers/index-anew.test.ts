/** What an index says of a column is said of the one that takes its place, where it stays true. */
import { expect, test } from 'vitest';
import { readPostgres } from '../../src/frontends/sql/postgres/read-postgres.ts';
import { wholeFile } from '../../src/frontends/sql/text.ts';
import type { DataType, Index } from '../../src/operations/column.ts';
import { indexesAnew, leftWords, type IndexesAnew } from '../../src/writers/index-anew.ts';
import { stepSql } from '../../src/writers/sql.ts';

const text = { name: 'text', arguments: [] };
const varchar = { name: 'character varying', arguments: [20] };
const integer = { name: 'integer', arguments: [] };
const bigint = { name: 'bigint', arguments: [] };
const jsonb = { name: 'jsonb', arguments: [] };

const cases: [made: string, was: DataType, type: DataType, anew: string][] = [
  ['t USING gin (x gin_trgm_ops)', text, varchar, 't USING gin (y gin_trgm_ops)'],
  [
    't (x DESC NULLS LAST, b) INCLUDE (c) WITH (fillfactor = 70)',
    integer,
    bigint,
    't (y DESC NULLS LAST, b) INCLUDE (c) WITH (fillfactor = 70)',
  ],
  ['t (b) INCLUDE (x)', integer, text, 't (b) INCLUDE (y)'],
  ['t (lower(x))', text, varchar, 't ((lower(y)))'],
  ['t (b) WHERE x <> \'x\' AND "x" IS NOT NULL', text, varchar, "t (b) WHERE y <> 'x' AND y IS NOT NULL"],
  ['t (x, b)', integer, text, 't (y, b)'],
];

test.each(cases)('%s', (made, was, type, anew) => {
  expect(printed(anewOf([made], was, type))).toEqual([anew]);
});

test.each([
  ['t USING gin (x gin_trgm_ops)', text, integer],
  ['t USING gin (x)', jsonb, text],
  ['t (lower(x))', text, integer],
  ["t (b) WHERE x = 'a'", text, integer],
  ['t (x int4_ops)', integer, bigint],
])('%s is left to the author', (made, was, type) => {
  const anew = anewOf([made], was, type);
  expect(anew.builds).toEqual([]);
  expect(leftWords(anew, 'y', (each) => each)).toBe(
    'By hand, for y: i0, since what it says of the old column may not hold for another type.',
  );
});

test('an index that does not read the column stays as it is', () => {
  expect(anewOf(["t (b) WHERE c = 'x'", 't (x(b))'], text, text)).toEqual({ builds: [], left: [] });
});

test('indexes over the same columns have names of their own', () => {
  const { builds } = anewOf(['t (x)', 't (x) WHERE b'], integer, bigint);
  const names = builds.flatMap(({ steps }) =>
    steps.map((step) => (step.kind === 'createIndex' ? step.index.name : '')),
  );
  expect(names).toEqual(['t_y_idx', 't_y_idx_2']);
});

function anewOf(made: string[], was: DataType, type: DataType): IndexesAnew {
  const sql = made.map((each, at) => `CREATE INDEX i${at} ON ${each};`).join('\n');
  const indexes = readPostgres(wholeFile('migration.sql', sql)).operations.flatMap((each) =>
    each.kind === 'createIndex' ? [each.index] : [],
  );
  return indexesAnew(indexes, { table: 't', column: 'x', to: 'y', was, type }, 'postgres');
}

function printed({ builds }: IndexesAnew): (string | undefined)[] {
  return builds.flatMap(({ steps }) => steps.map((step) => stepSql(step, 'postgres')?.replace(/^.* ON |;$/g, '')));
}

test('names that are cut at their end still differ', () => {
  const columns = ['community_that_is_local', 'featured_in_community', 'y_is_a_long_name_as_well'];
  const index = (where: string): Index => ({
    columns: [...columns, 'x'],
    unique: false,
    where: { sql: where, functions: [], columns: ['x'], known: true },
  });
  const place = { table: 'posts_of_all_communities', column: 'x', to: 'y', was: undefined, type: undefined };
  const { builds } = indexesAnew([index('x > 1'), index('x > 2'), index('x > 3')], place, 'postgres');
  const names = builds.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'createIndex' ? [step.index.name] : [])),
  );
  expect(new Set(names).size).toBe(3);
  expect(names.every((name) => (name ?? '').length <= 63)).toBe(true);
});

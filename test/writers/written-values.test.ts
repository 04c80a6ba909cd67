import { beforeAll, expect, test } from 'vitest';
import { loadReader, readSql } from '../../src/frontends/sql/read-sql.ts';
import { fillsOf } from '../../src/writers/written-values.ts';

beforeAll(() => loadReader('postgres'));

/** The condition of the backfill that a looped UPDATE becomes; a program puts in what begins with `_computed`. */
function conditionOf(where: string): string | undefined {
  const text = `UPDATE users SET status = 'on' WHERE ${where}`;
  const { operations } = readSql({ path: 'migrations/0002.py', text, start: 0, end: text.length }, 'postgres');
  const looped = operations.map((each) => (each.kind === 'updateRows' ? { ...each, looped: true as const } : each));
  return fillsOf(looped, 'users', 'status')[0]?.where;
}

test('a stretch of the key that a loop works out is the batch', () => {
  expect(conditionOf('id >= _computed_1 AND id < _computed_2')).toBeUndefined();
  expect(conditionOf('id BETWEEN _computed_1 AND _computed_2')).toBeUndefined();
  expect(conditionOf('status IS NULL AND id > _computed_1')).toBeUndefined();
});

test.each([
  'active AND id >= _computed_1 AND id < _computed_2',
  "kind = 'a' AND id BETWEEN _computed_1 AND _computed_2",
  'country = _computed_1',
  'id = ANY (_computed_1)',
  'id IN (_computed_1)',
  'id > _computed_1 AND NOT EXISTS (SELECT 1 FROM bans WHERE bans.id = users.id)',
])('a filter beside it, or one that a loop works out, is left to the author: %s', (where) => {
  expect(conditionOf(where)).toBe('/* the rows that 0002.py line 1 picks */');
});

import { expect, test } from 'vitest';
import { createKinFinder } from '../../src/review/kin.ts';

/** A folder of `count` numbered pairs, with a file of settings. */
function folderOfPairs(count: number): ReadonlyMap<string, string[]> {
  const pairs = Array.from({ length: count }, (_, index) => String(index + 1).padStart(4, '0')).flatMap((number) => [
    `db/${number}_step.up.sql`,
    `db/${number}_step.down.sql`,
  ]);
  return new Map([['db', [...pairs, 'db/V1_2__a.sql', 'db/U1_2__a.sql', 'db/flyway.conf']]]);
}

test('a short folder is kin as a whole', () => {
  expect(createKinFinder(folderOfPairs(3))('db', '0002')).toHaveLength(9);
});

test('of a long folder, kin carry the version in their names, with or without zeros before it, or are settings', () => {
  const find = createKinFinder(folderOfPairs(500));
  const expected = ['db/0012_step.up.sql', 'db/0012_step.down.sql', 'db/flyway.conf'];
  expect(find('db', '0012')).toEqual(expected);
  expect(find('db', '12')).toEqual(expected);
  expect(find('db', '1.2')).toEqual(['db/V1_2__a.sql', 'db/U1_2__a.sql', 'db/flyway.conf']);
});

test('without numbers in the version nothing can be left out', () => {
  expect(createKinFinder(folderOfPairs(500))('db', undefined)).toHaveLength(1003);
  expect(createKinFinder(folderOfPairs(500))('elsewhere', '1')).toEqual([]);
});

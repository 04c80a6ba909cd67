import { expect, test } from 'vitest';
import { lossOf } from '../../../src/operations/facts/mysql-values.ts';
import type { DataType } from '../../../src/operations/column.ts';
import { type } from './builders.ts';

const unsigned = (each: DataType): DataType => ({ ...each, unsigned: true });
const inSet = (each: DataType, collation: string): DataType => ({ ...each, collation });

test.each([
  ['a larger integer', type('int'), type('bigint')],
  ['an unsigned integer with room above', unsigned(type('int')), type('bigint')],
  ['a longer text', type('varchar', 20), type('varchar', 40)],
  ['a varchar as a text', type('varchar', 200), type('text')],
  ['a timestamp as a datetime', type('timestamp'), type('datetime')],
  ['a larger character set', inSet(type('varchar', 20), 'utf8'), inSet(type('varchar', 20), 'utf8mb4_0900_ai_ci')],
])('nothing is lost in %s', (_, from, to) => {
  expect(lossOf(from, to)).toBe('none');
});

test.each([
  ['a smaller integer', type('int'), type('smallint'), 'a value below -32768 or a value above 32767'],
  ['an integer without signs', type('int'), unsigned(type('int')), 'a negative value'],
  ['an integer with signs', unsigned(type('bigint')), type('bigint'), 'a value above 9223372036854775807'],
  ['a shorter text', type('varchar', 40), type('varchar', 20), 'a value of more than 20 characters'],
  ['a text as a tinytext', type('text'), type('tinytext'), 'a value of more than 255 bytes'],
  ['a datetime as a timestamp', type('datetime'), type('timestamp'), 'a time before 1970 or after 2038-01-19'],
  [
    'a smaller character set',
    inSet(type('text'), 'utf8mb4'),
    inSet(type('text'), 'utf8'),
    'a character that utf8 does not have',
  ],
])('%s loses values', (_, from, to, what) => {
  expect(lossOf(from, to)).toMatchObject({ what });
});

test('of other types nothing is claimed', () => {
  expect(lossOf(type('varchar', 20), type('int'))).toBeUndefined();
  expect(lossOf(type('json'), type('text'))).toBeUndefined();
});

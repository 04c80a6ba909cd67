/** A key of MySQL over the beginning of a column is looked for, and printed, as one. */
import { expect, test } from 'vitest';
import { configuration, reviewed } from '../review/builders.ts';

test('a unique key over a prefix', async () => {
  const sql = 'ALTER TABLE orders ADD UNIQUE KEY note_u (note(20));';
  const { findings } = await reviewed(
    { 'db/migration/V2__key.sql': sql },
    { configuration: configuration({ database: 'mysql' }) },
  );
  const advice = findings.find(({ rule }) => rule === 'added-unique-constraint')?.advice;
  expect(advice).toContain('SELECT LEFT(`note`, 20), COUNT(*) FROM `orders` GROUP BY LEFT(`note`, 20)');
  expect(advice).toContain('ADD CONSTRAINT `note_u` UNIQUE (`note`(20));');
});

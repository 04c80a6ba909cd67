/** What is dropped comes back as a column that the rows written meanwhile can have. */
import { expect, test } from 'vitest';
import type { Column } from '../../src/operations/column.ts';
import type { Database } from '../../src/operations/migration.ts';
import { dropForgotten } from '../../src/writers/drop-column.ts';
import { stepSql } from '../../src/writers/sql.ts';
import { takeBack } from '../../src/writers/step.ts';

const required: Column = { name: 'total', type: { name: 'int', arguments: [] }, nullable: false, constraints: [] };

test.each<[Database, string]>([
  ['postgres', 'ALTER TABLE orders ADD COLUMN total int;'],
  ['sqlite', 'ALTER TABLE orders ADD COLUMN total int;'],
  ['sqlserver', 'ALTER TABLE [orders] ADD [total] int;'],
  ['mysql', 'ALTER TABLE `orders` ADD COLUMN `total` int NOT NULL;'],
])('a required column on %s', (database, sql) => {
  const { steps } = dropForgotten({ database }, 'orders', 'total', required);
  expect(takeBack(steps)?.map((step) => stepSql(step, database))).toEqual([sql]);
});

import { expect, test } from 'vitest';
import { quantile } from '../../scripts/bench/figure.ts';
import { generatedMigrations } from '../../scripts/bench/generated-migrations.ts';
import { readMigration } from '../../src/frontends/read-migration.ts';
import { opaqueOperations } from '../../src/operations/migration.ts';

test('the same migrations are generated every time', () => {
  expect(generatedMigrations(50)).toEqual(generatedMigrations(50));
});

test('they are as long as those of real repositories: median 9 lines, 31 and 107 at three and nine in ten, 49 on average', () => {
  const lines = generatedMigrations(2000).map(({ text }) => text.split('\n').length - 1);
  const near = (value: number, real: number) => expect(Math.abs(value / real - 1)).toBeLessThan(0.1);
  near(quantile(lines, 0.5), 9);
  near(quantile(lines, 0.75), 31);
  near(quantile(lines, 0.9), 107);
  near(lines.reduce((sum, each) => sum + each, 0) / lines.length, 49);
});

test('PostgreSQL could run every statement of them', async () => {
  for (const { path, text } of generatedMigrations(300)) {
    const files = { up: { path, text } };
    const project = { paths: [], texts: {} };
    const claimed = {
      framework: 'golang-migrate',
      path,
      status: 'added',
      database: 'postgres',
      files,
      ...project,
    } as const;
    const reasons = opaqueOperations(await readMigration(claimed)).map((operation) => [path, operation]);
    expect(reasons).toEqual([]);
  }
});

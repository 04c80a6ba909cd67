import { expect, test } from 'vitest';
import { onChangedText, outsideTransaction } from '../../../src/operations/facts/frameworks.ts';
import { frontends } from '../../../src/frontends/index.ts';
import { loadReader } from '../../../src/frontends/sql/read-sql.ts';

test('frameworks with checksums notice an edit, the others do not look', () => {
  expect(onChangedText('flyway')).toBe('fails');
  expect(onChangedText('sqlx')).toBe('fails');
  expect(onChangedText('prisma')).toBe('warns');
  expect(onChangedText('goose')).toBeUndefined();
});

test('a framework that has no way out of a transaction gets a general sentence', () => {
  expect(outsideTransaction('some-other')).toEqual({ how: 'run without a transaction', head: [], alone: true });
});

test.each(['goose', 'dbmate', 'sqlx', 'atlas'])(
  '%s takes its own marker as a way out of a transaction',
  async (framework) => {
    await loadReader('postgres');
    const frontend = frontends.find((each) => each.framework === framework);
    const text = [...outsideTransaction(framework).head, 'CREATE INDEX CONCURRENTLY i ON t (a);', ''].join('\n');
    const path = 'migrations/20260301120000_index.sql';
    const project = { paths: new Set([path]), textOf: () => undefined };
    const reading = frontend?.read({ framework, files: { up: { path, text } }, database: 'postgres', project });
    expect(['none', 'one-query']).toContain(reading?.transaction);
  },
);

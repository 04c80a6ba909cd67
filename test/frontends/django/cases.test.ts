/** Every file in `cases` is a migration of one app that begins with `0001_initial.py`; its operations stand beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { django } from '../../../src/frontends/django/index.ts';
import type { Database, Migration } from '../../../src/operations/migration.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import { migrationAt } from '../builders.ts';

await django.load?.();

const folder = join(import.meta.dirname, 'cases');
const cases = readdirSync(folder).filter((name) => name.endsWith('.py'));

test.each(cases)('%s is read as written beside it', async (name) => {
  const expected: unknown = JSON.parse(textOf(name.replace('.py', '.expected.json')));
  expect(shortened(await read(name))).toEqual(expected);
});

async function read(name: string): Promise<Migration> {
  const [, database = 'postgres'] = name.split('.').slice(0, -1);
  const path = `shop/migrations/${name.replace('.py', '').replaceAll(/[.-]/g, '_')}.py`;
  const files = { 'shop/migrations/0001_initial.py': textOf('0001_initial.py'), [path]: textOf(name) };
  // The name of a case says its database.
  return await migrationAt(path, files, { database: database as Database });
}

function textOf(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** Spans as their first line, so that the page can be read. */
function shortened({ transaction, down, statements, deliberatelyEmpty, up }: Migration): object {
  return { transaction, down, statements, ...(deliberatelyEmpty ? { deliberatelyEmpty } : {}), up: up.map(withLine) };
}

function withLine({ span, kind, ...operation }: Operation): object {
  return { line: span.startLine, kind, ...operation };
}

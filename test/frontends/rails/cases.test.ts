import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Operation } from '../../../src/operations/operation.ts';
import { readRuby } from './reading.ts';

const folder = join(import.meta.dirname, 'cases');
const names = readdirSync(folder).flatMap((name) => (name.endsWith('.rb') ? [name.slice(0, -3)] : []));

test.each(names)('%s is read as what Rails would send', async (name) => {
  const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8'));
  const text = readFileSync(join(folder, `${name}.rb`), 'utf8');
  const { transaction, up, down } = await readRuby(text, { database: expected.database, path: expected.path });
  const withoutPlaces = down.kind === 'written' ? { kind: down.kind, operations: down.operations.map(bare) } : down;
  const { database, path } = expected;
  expect({ database, path, transaction, up: up.map(bare), down: withoutPlaces }).toEqual(expected);
});

function bare({ span: _span, ...operation }: Operation): object {
  return operation;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCase } from './outline.ts';

const folder = join(import.meta.dirname, 'cases');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.replace(/\.txt$/, ''));

test.each(names)('%s reads as what stands beside it', async (name) => {
  const expected: unknown = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8'));
  const read = await readCase(readFileSync(join(folder, `${name}.txt`), 'utf8'));
  expect(JSON.parse(JSON.stringify(read))).toEqual(expected);
});

test('there are cases', () => {
  expect(names.length).toBeGreaterThan(25);
});

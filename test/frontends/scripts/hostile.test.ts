import { expect, test } from 'vitest';
import { readCase } from './outline.ts';

const head = '// postgres db/migrations/20240101000000_shop.js\n';

const hostile: [string, string][] = [
  ['brackets without end', `exports.up = (knex) => ${'['.repeat(20_000)}`],
  ['calls nested deeply', `exports.up = (knex) => ${'f('.repeat(3_000)}${')'.repeat(3_000)}`],
  ['a string without end', "exports.up = (knex) => knex.raw('DROP TABLE a"],
  ['a template without end', 'exports.up = (knex) => knex.raw(`DROP TABLE a ${'],
  ['a file that is too large', `exports.up = (knex) => knex.raw('${'x'.repeat(5_000_000)}')`],
  ['a function that calls itself', 'exports.up = async (knex) => { await exports.up(knex); await exports.up(knex); };'],
  [
    'two functions that call each other',
    'function a(k) { b(k); b(k); }\nfunction b(k) { a(k); a(k); }\nexports.up = (knex) => a(knex);',
  ],
  [
    'a list that doubles',
    `exports.up = (knex) => { let l = [1, 1]; ${'l = l.concat(l);'.repeat(40)} return knex.raw(l.join()); };`,
  ],
  [
    'a text that doubles',
    `exports.up = (knex) => { let t = 'SELECT 1;'; ${'t = t + t;'.repeat(40)} return knex.raw(t); };`,
  ],
];

test.each(hostile)('%s is told, not thrown', async (_, text) => {
  const read = JSON.stringify(await readCase(head + text));
  expect(read).toContain('opaque');
});

test('names of the prototype are not methods', async () => {
  const text =
    'exports.up = async (knex) => { await knex.schema.constructor("a"); await knex.schema.hasOwnProperty("b"); };';
  expect(JSON.stringify(await readCase(head + text))).toContain('is not known here');
});

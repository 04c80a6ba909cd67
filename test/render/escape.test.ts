import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { inline, markdown, pathInUrl, person, plain, splitAtFence } from '../../src/render/escape.ts';
import { actsIn } from './commonmark.ts';

/** Texts made of what breaks out of Markdown. */
const hostile = array(
  oneof(
    constantFrom(
      '`',
      '``',
      '```',
      '\n```\n',
      '\n~~~\n',
      '```sql\n',
      '\\',
      '@octocat',
      '<img src=x onerror=y>',
      '<!-- box:x -->',
      '![a](http://x.y/z.png)',
      '[a](javascript:x)',
      'closes #12',
      'GH-7',
      '&#64;octocat',
      '&lt;b',
      'https://x.y/issues/1',
      'www.x.y',
      '\u202e',
      '\u200b',
      '\u0000',
      '\r',
      '\n',
      '\n\n',
      '\n- ',
      '\n1. ',
      '\n> ',
      '  ',
      '    ',
      '**',
      '_',
      '$x$',
      '|',
    ),
    string({ maxLength: 4 }),
  ),
  { maxLength: 12 },
).map((parts) => parts.join(''));

test.each([
  ['inline', inline],
  ['markdown', markdown],
])('nothing acts in what %s prints', (_, print) => {
  assert(
    property(hostile, (text) => {
      expect(actsIn(print(text))).toEqual([]);
      expect(actsIn(`> ${print(text).replaceAll('\n', '\n> ')}`)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

test('what the check looks for is found in raw text, so that it can fail', () => {
  for (const text of ['@octocat', 'a <b>', '![a](b)', 'closes #12', '&#64;a', '```\nopen', '`a @b', '\\@octocat'])
    expect(actsIn(text)).not.toEqual([]);
  expect(actsIn('`@octocat` and\n```\n@octocat <b>\n```\n')).toEqual([]);
});

test('inline text stays on one line and within its limit of characters', () => {
  assert(
    property(hostile, (text) => {
      expect(inline(text)).not.toContain('\n');
    }),
  );
  expect(inline('x'.repeat(900), 10)).toBe(`${'x'.repeat(9)}…`);
});

test('messages of rules come through as they were written', () => {
  const message =
    "Rows of `orders` **wait**:\n\n- one of `a`, `b`\n- *two*\n\n```sql\nSELECT a::text, '@x' FROM b;\n```";
  expect(markdown(message)).toBe(message);
});

test('a fence in a list item stays in it, also where a line of it stands further left', () => {
  expect(markdown('1. First\n   ```sql\n   SELECT 1;\n@octocat\n   ```\n2. Second')).toBe(
    '1. First\n   ```sql\n   SELECT 1;\n   @octocat\n   ```\n2. Second',
  );
});

test('a fence that is not closed, or that holds one, is made whole', () => {
  expect(markdown('```sql\nSELECT 1;')).toBe('```sql\nSELECT 1;\n```');
  expect(markdown('````\n```\n@octocat\n````')).toBe('````\n```\n@octocat\n````');
});

test('only a login becomes a mention', () => {
  expect(person('octo-cat')).toBe('@octo-cat');
  expect(person('dependabot[bot]')).toBe('`dependabot[bot]`');
  expect(person('a b')).toBe('`a b`');
});

test('a path keeps its slashes in a URL and nothing that ends one', () => {
  expect(pathInUrl('db/a (1)#?.sql')).toBe('db/a%20%281%29%23%3f.sql'.replace('%3f', '%3F'));
});

test('plain text has no marks and no control characters', () => {
  expect(plain('**`orders`** is *rewritten*, SELECT count(*) and a * b\n```sql\nSELECT 1;\n```')).toBe(
    'orders is rewritten, SELECT count(*) and a * b\n  SELECT 1;',
  );
  expect(plain('\u001b[31mred\u202e')).toBe('[31mred');
});

test('an advice is split before its first fence', () => {
  expect(splitAtFence('Do this.\n\n```sql\nSELECT 1;\n```\nThen that.')).toEqual({
    before: 'Do this.',
    from: '```sql\nSELECT 1;\n```\nThen that.',
  });
  expect(splitAtFence('Do this.')).toEqual({ before: 'Do this.', from: '' });
});

test('many runs of backticks cost no more than one pass', () => {
  const text = Array.from({ length: 2000 }, (_, index) => '`'.repeat(index + 1)).join(' ');
  expect(inline(text, 3_000_000)).toContain('\\`');
});

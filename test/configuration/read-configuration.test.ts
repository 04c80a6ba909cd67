import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, constantFrom, json, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { parseConfiguration } from '../../src/configuration/parse-configuration.ts';
import { readConfiguration } from '../../src/configuration/read-configuration.ts';
import { defaultConfiguration } from '../../src/operations/configuration.ts';

const ruleIds = rules.map((rule) => rule.id);

function read(text: string) {
  return parseConfiguration('.github/plimsoll.yml', text, ruleIds);
}

/** The one problem of a text. */
function problemOf(text: string) {
  const { problems } = read(text);
  expect(problems).toHaveLength(1);
  return problems[0];
}

test('no file, an empty file and a file of comments are the default', async () => {
  for (const text of [undefined, '', '# nothing yet\n'])
    expect(await readConfiguration('.github/plimsoll.yml', text, ruleIds)).toEqual({
      configuration: defaultConfiguration,
      problems: [],
    });
});

test('the example in the documentation is understood whole', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
  const example = /```yaml\n([^]*?)```/.exec(page)?.[1];
  expect(read(example ?? '')).toEqual({
    configuration: {
      database: 'postgres',
      version: '16',
      paths: [
        {
          path: 'services/billing/migrations/**',
          framework: 'golang-migrate',
          database: 'mysql',
          version: '8.0',
        },
        { path: 'vendor/**', ignore: true },
      ],
      tables: { countries: 'small', orders: 'large', sessions: 'hot', invoices: 'medium', events: 'large' },
      rules: { 'rename-column': 'error', 'empty-migration': 'off' },
      labels: { migration: '[migration]', monkeyPatched: '[monkey-patched]' },
      links: { 'drop-column': 'https://wiki.example.com/dropping-columns' },
      migrationCommands: ['acme-db up'],
      suggestions: false,
      reviewers: ['octocat', 'acme/database'],
      proofs: { 'ran-on-copy': 'clone-run' },
    },
    problems: [],
  });
});

test('a misspelt key is reported with its line and the key that was meant, and the rest counts', () => {
  const { configuration, problems } = read('version: 16\ndatabse: postgres\ntables:\n  orders: large\n');
  expect(problems).toEqual([
    {
      path: '.github/plimsoll.yml',
      line: 2,
      message: expect.stringContaining('`databse` is not a key here. Did you mean `database`?'),
    },
  ]);
  expect(configuration).toMatchObject({ version: '16', tables: { orders: 'large' } });
});

test.each([
  ['database: oracle', 1, '`postgres`, `mysql`, `mariadb`, `sqlite`, `sqlserver`'],
  ['migration-commands: ["acme-db up; rm"]', 1, 'A migration command is its first words as they are typed'],
  ['version: sixteen', 1, 'A version is a number such as `16` or `8.0.29`. Here stands `sixteen`.'],
  ['paths: db/migrate', 1, '`paths` is a list'],
  ['paths:\n  - database: mysql', 2, 'needs a `path`'],
  ['tables:\n  orders: huge', 2, 'or a number of rows such as `400k`'],
  ['tables:\n  orders: { rows: many }', 2, 'A number of rows is written as'],
  ['tables: [orders]', 1, '`tables` holds keys with values'],
  ['rules:\n  rename-colum: off', 2, 'There is no rule `rename-colum`. Did you mean `rename-column`?'],
  ['rules:\n  rename-column: fatal', 2, '`off`, `notice`, `warning`, `error`'],
  ['links:\n  rename-colum: https://wiki.example.com', 2, 'There is no rule `rename-colum`. Did you mean'],
  ['links:\n  rename-column: http://wiki.example.com', 2, 'A link is an address such as `https://'],
  ['links:\n  rename-column: wiki.example.com/x', 2, 'Here stands `wiki.example.com/x`.'],
  ['links:\n  rename-column: [a]', 2, 'Here stands a list.'],
  ['links:\n  rename-column: https://me:secret@wiki.example.com', 2, 'A link is an address such as'],
  ['labels:\n  migration: ""', 2, 'at most 50 characters'],
  ['labels:\n  migration: same\n  monkey-patched: Same', 2, 'the same name'],
  ['sign-off:\n  reviewers: octocat', 2, '`reviewers` is a list'],
  ['sign-off:\n  reviewers:\n    - "not a login"', 3, 'a login or a team'],
  ['sign-off:\n  proofs:\n    read-sql: clone-run', 3, '`read-sql` is no box that a check can answer.'],
  ['sign-off:\n  proofs:\n    ran-on-copy: plimsoll/review', 3, 'A proof is the name of a check'],
  ['version: 16\nversion: 15', 2, '`version` stands twice. The first one counts.'],
  ['tables:\n  orders: &size large\n  events: *size', 3, 'aliases are not followed'],
  ['- a list', 1, 'holds keys with values'],
  ['tables:\n  orders: [', 2, 'This is not YAML'],
])('%j is reported on line %i', (text, line, message) => {
  expect(problemOf(text)).toMatchObject({ line, message: expect.stringContaining(message) });
});

test('rows decide the size: below 100k small, above 1M large, between medium', () => {
  const { configuration, problems } = read(
    'tables: { a: 99_999, b: 100k, c: 1M, d: 1.1m, e: { rows: 5 }, public.f: 2B, "dbo.g": hot }',
  );
  expect(problems).toEqual([]);
  expect(configuration.tables).toEqual({
    a: 'small',
    b: 'medium',
    c: 'medium',
    d: 'large',
    e: 'small',
    f: 'large',
    g: 'hot',
  });
});

test('a link keeps nothing that would end it in a comment', () => {
  const { configuration, problems } = read(
    'links: { drop-column: "https://wiki.example.com/a) [x](y) <b> `c`?q=(1)" }',
  );
  expect(problems).toEqual([]);
  expect(configuration.links['drop-column']).toBe(
    'https://wiki.example.com/a%29%20%5bx%5d%28y%29%20%3Cb%3E%20%60c%60?q=%281%29',
  );
});

test('a table or rule named like a property of every object is not found by accident', () => {
  const { configuration } = read('tables: { orders: small }');
  expect(configuration.tables['constructor']).toBeUndefined();
  expect(read('tables: { __proto__: hot, constructor: small }').configuration.tables['constructor']).toBe('small');
});

test('text of the file reaches a message only as inline code', () => {
  const problem = problemOf('"@octocat <img src=x> `": 1');
  expect(problem?.message).toContain('`` @octocat <img src=x> ` ``');
});

test('a file that is too large, bombs with aliases or nests without end is refused in one sentence', () => {
  expect(problemOf(`# ${'x'.repeat(256 * 1024)}`)?.message).toContain('larger than 256 KB');
  const bomb = Array.from({ length: 20 }, (_, index) => `a${index}: &a${index} [*a${index - 1}, *a${index - 1}]`);
  expect(read(bomb.join('\n')).problems.length).toBeGreaterThan(0);
  expect(problemOf('['.repeat(20_000))?.message).toContain('not YAML');
});

test('no text makes it throw, and a problem stands on a line of the file', () => {
  assert(
    property(
      oneof(
        string(),
        json(),
        string({ unit: constantFrom('a', ':', '- ', '\n', ' ', '{', '}', '[', ']', '&', '*', '"', '|', '#') }),
      ),
      (text) => {
        const lines = text.split('\n').length;
        for (const problem of read(text).problems) expect(problem.line).toBeLessThanOrEqual(lines + 1);
      },
    ),
  );
});

test('suggestions are made unless they are switched off, and a mistake leaves them on', () => {
  expect(read('suggestions: true\n').configuration.suggestions).toBe(true);
  expect(read('suggestions: false\n').configuration.suggestions).toBe(false);
  expect(problemOf('suggestions: never\n')?.message).toContain('`suggestions` is `true` or `false`');
  expect(read('suggestions: never\n').configuration.suggestions).toBe(true);
});

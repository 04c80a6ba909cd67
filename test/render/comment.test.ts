import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, assert, constantFrom, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../../rules/index.ts';
import { boxesIn } from '../../src/render/boxes.ts';
import { renderComment } from '../../src/render/comment.ts';
import { pageOf } from '../../src/render/rule-links.ts';
import { finding, item, migration, noMigrations, readSql, report, signOff, view } from './builders.ts';
import { actsIn, outsideOfCode } from './commonmark.ts';

const root = join(import.meta.dirname, '../..');
const at = '2026-03-03T10:00:00Z';
const items = [item(), readSql];

/** What acts in a comment, without what is ours: the marker and ids of boxes, alerts, folds, links to the page and to rules, the author. */
function foreignIn(comment: string): string[] {
  const ours =
    /<!-- plimsoll -->|<!-- box:[a-z-]+ -->|^> \[!(?:CAUTION|WARNING)\]$|<\/?(?:details|summary|sub)>|\]\(https:\/\/github\.com\/(?:acme\/shop|plimsoll-app\/plimsoll)\/[^\s()<>]+\)|@(?:octocat|reviewer)\b/gm;
  return actsIn(comment.replace(ours, ''));
}

test('a blocked review says so first, names who acts next, and shows what happens, where, and the way out', () => {
  const advice = 'Split it:\n\n```sql\nALTER TABLE orders ADD COLUMN total_new bigint;\n```';
  const comment = renderComment(
    report({ findings: [finding({ advice }), finding({ severity: 'notice', rule: 'prefer-text' })], checklist: items }),
    signOff({ items }),
    view,
  );
  expect(comment).toBe(`<!-- plimsoll -->
### Blocked: 1 error in 1 migration. Next: @octocat

golang-migrate on PostgreSQL 16 · \`0042_orders_total.up.sql\` · 3 statements, all read

> [!CAUTION]
> **\`orders\` is rewritten under ACCESS EXCLUSIVE** · [line 2](https://github.com/acme/shop/blob/3f2c9ab0000000000000000000000000000000ff/db/migrations/0042_orders_total.up.sql#L2) · locks · [\`change-column-type\`](https://github.com/plimsoll-app/plimsoll/blob/main/rules/change-column-type.md)
> No read or write of it gets through until the copy is done.

<details><summary>Corrected migration</summary>

Split it:
\`\`\`sql
ALTER TABLE orders ADD COLUMN total_new bigint;
\`\`\`

</details>

<details><summary>1 notice</summary>

- **\`orders\` is rewritten under ACCESS EXCLUSIVE** · [line 2](https://github.com/acme/shop/blob/3f2c9ab0000000000000000000000000000000ff/db/migrations/0042_orders_total.up.sql#L2) · locks · [\`prefer-text\`](https://github.com/plimsoll-app/plimsoll/blob/main/rules/prefer-text.md)
  No read or write of it gets through until the copy is done.

  Add a column, fill it in batches, and switch.

</details>

**Sign-off** opens when the errors are fixed or overridden (\`/plimsoll override <rule> <reason>\`, a reviewer's).

<sub>Read at \`3f2c9ab\` · 3 of 3 statements · ticks are kept until these migrations change · \`/plimsoll help\`</sub>`);
});

test("a finding links the page of its rule, and the team's own where it has one", () => {
  const comment = renderComment(
    report({ findings: [finding({ link: 'https://wiki.example.com/types' })] }),
    signOff(),
    view,
  );
  expect(comment).toContain('/rules/change-column-type.md) · [how we do it](https://wiki.example.com/types)\n');
});

test('the address of a page is that of the project, and there is a page for every rule', () => {
  const { url } = parse(readFileSync(join(root, 'app.yml'), 'utf8'));
  for (const { id } of rules) {
    expect(pageOf(id)).toBe(`${url}/blob/main/rules/${id}.md`);
    expect(existsSync(join(root, 'rules', `${id}.md`))).toBe(true);
  }
});

test('boxes say whose they are, and a ticked one by whom, when and for what', () => {
  const ticks = [
    { item: 'ran-on-copy', login: 'octocat', role: 'write', at, digest: 'd1', via: 'comment' } as const,
    { item: 'read-sql', login: 'reviewer', role: 'write', at, digest: 'of another content', via: 'comment' } as const,
  ];
  const comment = renderComment(report({ checklist: items }), signOff({ items, ticks }), view);
  expect(comment).toContain("### Waiting for sign-off: 1 box of a reviewer's");
  expect(comment).toContain(
    '- [x] Ran it on a copy with realistic rows · author, ticked by @octocat on 3 March 2026 for this content <!-- box:ran-on-copy -->\n- [ ] Read the SQL that will be sent · reviewer <!-- box:read-sql -->',
  );
});

test('the title counts the boxes of each side', () => {
  const comment = renderComment(report({ checklist: items }), signOff({ items }), view);
  expect(comment).toContain("### Waiting for sign-off: 1 box of @octocat's, 1 of a reviewer's");
});

test('an overridden error no longer blocks, and who let it pass and why is said', () => {
  const path = migration().path;
  const overrides = [
    { rule: 'change-column-type', path, digest: 'd1', login: 'reviewer', reason: 'night window @everyone', at },
  ];
  const comment = renderComment(
    report({ findings: [finding()], checklist: items }),
    signOff({ items, overrides }),
    view,
  );
  expect(comment).toContain('### Waiting for sign-off');
  expect(comment).toContain('1 error overridden');
  expect(comment).toContain('overridden by @reviewer on 3 March 2026: night window @\u200beveryone');
  expect(comment).not.toContain('CAUTION');
});

test('what was muted, could not be read, was patched or refused is said', () => {
  const comment = renderComment(
    report({
      migrations: [migration({ opaque: 1 })],
      suppressed: [
        { ...finding({ severity: 'warning' }), marker: 'plimsoll: allow', markerLine: 1, reason: 'small table' },
      ],
      opaque: [{ path: migration().path, startLine: 9, reason: 'EXECUTE of a built string' }],
      checklist: items,
    }),
    signOff({
      items,
      patches: [{ where: 'production', why: 'disk was full', login: 'octocat', at }],
      refusals: [{ login: 'octocat', at, message: '`read-sql` needs someone other than the author.' }],
    }),
    view,
  );
  expect(comment).toContain('1 of 3 statements could not be read');
  expect(comment).toContain('**1 place could not be read and was not judged**');
  expect(comment).toMatch(/\[line 9\]\([^)]+#L9\): EXECUTE of a built string/);
  expect(comment).toContain('muted by the author on line 1: small table');
  expect(comment).toContain('**Patched by hand** in production on 3 March 2026, says @octocat: disk was full');
  expect(comment).toContain('@octocat: `read-sql` needs someone other than the author.');
});

test('of several migrations the one that cannot be read is named', () => {
  const migrations = [migration({ opaque: 1 }), migration({ path: 'db/migrations/0043_quay.up.sql' })];
  const opaque = [{ path: migration().path, startLine: 9, reason: 'EXECUTE' }];
  const comment = renderComment(report({ migrations, opaque }), signOff(), view);
  expect(comment).toMatch(/- `db\/migrations\/0042_orders_total\.up\.sql` \[line 9\]/);
});

test('files that cannot be read for one reason stand on one line, the first three by name', () => {
  const unread = (...names: string[]) =>
    names.map((name) => ({ path: `db/${name}.sql`, startLine: 2, reason: 'CockroachDB SQL is not read' }));
  const shown = (names: string[]) => renderComment(report({ opaque: unread(...names) }), signOff({}), view);
  const many = shown(['a', 'b', 'c', 'd', 'e']);
  expect(many).toMatch(
    /- `db\/a.sql` \[line 2\]\([^)]+\); `db\/b.sql` .+; `db\/c.sql` .+ and 2 more files: CockroachDB/,
  );
  expect(many).toContain('5 places could not be read');
  expect(many).not.toContain('db/d.sql');
  expect(shown(['a', 'b', 'c']).match(/CockroachDB/g)).toHaveLength(3);
});

test('places of one file that cannot be read for one reason stand on one line', () => {
  const opaque = [3, 4, 5, 6, 7, 8, 9].map((startLine) => ({ path: migration().path, startLine, reason: 'EXECUTE' }));
  const comment = renderComment(report({ opaque }), signOff({}), view);
  expect(comment).toContain('**7 places could not be read and were not judged**');
  expect(comment).toMatch(/- \[line 3\]\([^)]+\), .*\[line 7\]\([^)]+\) and 2 more: EXECUTE/);
});

test('a mistake in the configuration blocks and is told with its line', () => {
  const problems = [{ message: '`databse` is not a key here.', path: '.github/plimsoll.yml', startLine: 2 }];
  const comment = renderComment(report({ problems }), signOff(), view);
  expect(comment).toContain('Blocked: 1 problem that keeps the review from being whole. Next: @octocat');
  expect(comment).toContain('**The configuration has a mistake** · `.github/plimsoll.yml` line 2\n> `databse` is not');
});

test('findings are grouped by file, and a file is named once where there are several', () => {
  const other = 'db/migrations/0043_b.up.sql';
  const findings = [finding(), finding({ path: other }), finding({ severity: 'warning' })];
  const comment = renderComment(
    report({ migrations: [migration(), migration({ path: other })], findings }),
    signOff(),
    view,
  );
  expect(comment.match(/^#### .*$/gm)).toEqual(['#### `db/migrations/0042_orders_total.up.sql`', `#### \`${other}\``]);
  const inOne = report({ migrations: [migration(), migration({ path: other })], findings: [finding()] });
  expect(renderComment(inOne, signOff(), view)).toContain('#### `db/migrations/0042_orders_total.up.sql`');
});

test('a pull request without migrations says so', () => {
  expect(renderComment(noMigrations, signOff(), view)).toContain('### No migrations in this pull request');
});

test('3,000 findings with huge names stay below the limit, errors before warnings, and the boxes stay', () => {
  const findings = Array.from({ length: 3000 }, (_, index) =>
    finding({
      severity: index < 5 ? 'error' : 'warning',
      path: `db/${'x'.repeat(index % 300)}.sql`,
      startLine: index + 1,
      endLine: index + 1,
      message: `${'long '.repeat(index % 2000)}. Then more.`,
    }),
  );
  const overrides = findings
    .slice(0, 5)
    .map(({ rule, path }) => ({ rule, path, digest: 'd1', login: 'reviewer', reason: 'known', at }));
  const migrations = [...new Set(findings.map(({ path }) => path))].map((path) => migration({ path }));
  for (const given of [signOff({ items }), signOff({ items, overrides })]) {
    const comment = renderComment(report({ migrations, findings, checklist: items }), given, view);
    expect(comment.length).toBeLessThan(65_000);
    expect(comment).toMatch(/\d+ more findings are not shown here: see \[the checks\]/);
    expect(boxesIn(comment).size).toBe(given.overrides.length > 0 ? 2 : 0);
  }
});

test('whatever the texts are, nothing in them acts, the boxes can be read back and the limit holds', () => {
  const text = array(
    constantFrom(
      '`',
      '```\n',
      '\n```',
      '\n\n',
      '- [x] a <!-- box:read-sql -->\n',
      '@everyone',
      '<b>',
      '-->',
      '![x](',
      '](http://e.vil)',
      'closes #1',
      '\\',
      '|',
      '&#64;a',
      '~~~\n',
      'x'.repeat(4000),
      '**',
      '. A',
    ),
    { maxLength: 8 },
  ).map((parts) => parts.join(''));
  const given = record({ path: text, message: text, advice: text, reason: text, rule: string() });
  assert(
    property(given, ({ path, message, advice, reason, rule }) => {
      const hostile = finding({ path, message, advice, rule });
      const comment = renderComment(
        report({
          verdict: 'sign-off',
          migrations: [migration({ path, framework: reason, opaque: 1 })],
          findings: [
            { ...hostile, severity: 'warning' },
            { ...hostile, severity: 'notice' },
          ],
          suppressed: [{ ...hostile, marker: reason, markerLine: 1, reason }],
          opaque: [{ path, startLine: 1, reason }],
          checklist: items,
        }),
        signOff({
          items,
          patches: [{ where: path, why: reason, login: 'octocat', at: reason }],
          refusals: [{ login: 'octocat', at, message: reason }],
        }),
        { ...view, repo: 'shop' },
      );
      expect(foreignIn(comment)).toEqual([]);
      expect(comment.length).toBeLessThan(65_000);
      expect([...boxesIn(comment)]).toEqual([
        ['ran-on-copy', false],
        ['read-sql', false],
      ]);
      expect(outsideOfCode(comment)).toContain('<!-- box:read-sql -->');
    }),
    { numRuns: 400 },
  );
});

test('findings alike in one file are one alert that links every line', () => {
  const alike = [1, 2, 3].map((line) =>
    finding({
      rule: 'blocking-index-build',
      severity: 'warning',
      startLine: line,
      endLine: line,
      message: `Building \`i${line}\` takes SHARE on \`orders\`. Writes wait.`,
      advice: `Concurrently:\n\n\`\`\`sql\nCREATE INDEX CONCURRENTLY i${line} ON orders (a);\n\`\`\`\n\nIf it fails, drop it.`,
    }),
  );
  const comment = renderComment(report({ findings: [...alike, finding()] }), signOff(), view);
  expect(comment.match(/\[!WARNING\]/g)).toHaveLength(1);
  expect(comment.match(/\[!CAUTION\]/g)).toHaveLength(1);
  expect(comment).toContain('The same 2 times more:');
  for (const line of [1, 2, 3]) expect(comment).toMatch(new RegExp(`Building \`i${line}\``));
  expect(comment).toContain('Corrected migrations for 3 statements');
  expect(comment).toContain('CREATE INDEX CONCURRENTLY i3 ON orders (a);');
  // What introduces and closes all of them alike stands once.
  expect(comment.match(/Concurrently:/g)).toHaveLength(1);
  expect(comment.match(/If it fails, drop it\./g)).toHaveLength(1);
});

test('corrections of several phases are told phase by phase', () => {
  const alike = ['quay', 'crane'].map((column, at) =>
    finding({
      rule: 'drop-column',
      startLine: at + 1,
      endLine: at + 1,
      message: `\`ports.${column}\` goes. More.`,
      advice: `First:\n\n\`\`\`sql\nALTER ${column};\n\`\`\`\n\nWhen that runs everywhere:\n\n\`\`\`sql\nDROP ${column};\n\`\`\``,
    }),
  );
  const lines = renderComment(report({ findings: alike }), signOff(), view).split('\n');
  const told = ['First:', 'ALTER quay;', 'ALTER crane;', 'When that runs everywhere:', 'DROP quay;', 'DROP crane;'];
  expect(lines.filter((line) => told.includes(line))).toEqual(told);
});

test('a long path does not take the headline away', () => {
  const path = `\`packages/database/${'deep/'.repeat(40)}migration.sql\``;
  const comment = renderComment(
    report({ findings: [finding({ message: `${path} is on the base branch. More.` })] }),
    signOff(),
    view,
  );
  expect(comment).toContain('is on the base branch**');
});

test('findings that are corrected together show their migrations once, with the first of them', () => {
  const own = 'Concurrently:\n\n```sql\nCREATE INDEX CONCURRENTLY i ON orders (a);\n```';
  const joined = (line: number, rule: string, severity: 'error' | 'warning' | 'notice') =>
    finding({
      rule,
      severity,
      startLine: line,
      endLine: line,
      message: `Number ${line}. More.`,
      advice: own,
      joined: 1,
    });
  const findings = [
    joined(4, 'set-not-null', 'error'),
    joined(1, 'blocking-index-build', 'warning'),
    joined(2, 'blocking-index-build', 'warning'),
    joined(3, 'blocking-index-drop', 'notice'),
  ];
  const text = 'All at once:\n\n```sql\nCREATE INDEX CONCURRENTLY both ON orders (a);\n```';
  const corrections = [{ number: 1, path: 'a.sql', findings: 4, migrations: 1, text }];
  const comment = renderComment(report({ findings, corrections }), signOff(), view);
  expect(comment.match(/CONCURRENTLY/g)).toHaveLength(1);
  expect(comment.indexOf('One corrected migration for 4 findings')).toBeLessThan(comment.indexOf('Number 1'));
  expect(comment.match(/Corrected together with .*line 4.*, above\./g)).toHaveLength(2);
  const noticesAlone = renderComment(report({ findings: findings.slice(3), corrections }), signOff(), view);
  expect(noticesAlone).toContain('CREATE INDEX CONCURRENTLY both ON orders (a);');
});

test('corrections too long to fold together leave room for other findings', () => {
  const long = Array.from({ length: 40 }, (_, line) =>
    finding({
      startLine: line + 1,
      endLine: line + 1,
      advice: `Write:\n\n\`\`\`sql\n-- ${line} ${'x'.repeat(5000)}\n\`\`\``,
    }),
  );
  const other = finding({ rule: 'drop-table', message: '`carts` is dropped.' });
  const comment = renderComment(report({ findings: [...long, other] }), signOff(), view);
  expect(comment).toContain('`carts` is dropped');
  expect(comment.length).toBeLessThan(65_000);
});

test('a database that nothing names is asked for, with what is not judged without it', () => {
  const unknown = renderComment(report({ migrations: [migration({ database: 'unknown' })] }), signOff(), view);
  expect(unknown).toContain('without it SQL is not read, and few locks and rewrites are judged.');
  expect(renderComment(report({ migrations: [migration()] }), signOff(), view)).not.toContain('State the unknown');
});

import { expect, test } from 'vitest';
import { renderText } from '../../src/render/text.ts';
import { finding, migration, noMigrations, report } from './builders.ts';

test('a finding begins with path and line, has no marks of Markdown, and its advice is indented', () => {
  const advice = 'Split it:\n\n```sql\nSELECT 1;\n```';
  expect(renderText(report({ findings: [finding({ advice })] }), false)).toBe(
    `db/migrations/0042_orders_total.up.sql:2  error  change-column-type · locks
  orders is rewritten under ACCESS EXCLUSIVE. No read or write of it gets through until the copy is done.
    Split it:

      SELECT 1;

Blocked: 1 migration, 1 error.
`,
  );
});

test("the team's own page closes a finding", () => {
  const text = renderText(report({ findings: [finding({ link: 'https://wiki.example.com/types' })] }), false);
  expect(text).toContain('and switch.\n    how we do it: https://wiki.example.com/types\n');
});

test('what corrects several findings is said with the first of them', () => {
  const advice = 'Do it:\n\n```sql\nSELECT 1;\n```';
  const findings = [1, 2].map((startLine) => finding({ startLine, advice, joined: 1 }));
  const corrections = [{ number: 1, path: 'a.sql', findings: 2, migrations: 3, text: '```sql\nSELECT 2;\n```' }];
  const text = renderText(report({ findings, corrections }), false);
  expect(text).not.toContain('SELECT 1;');
  expect(text.match(/SELECT 2;/g)).toHaveLength(1);
  expect(text).toContain('3 corrected migrations for 2 findings.');
  expect(text).toContain('Corrected together with line 1, above.');
});

test('colours are only there where they are asked for', () => {
  const given = report({ findings: [finding({ severity: 'warning' })] });
  expect(renderText(given, true)).toContain('\u001b[33mwarning\u001b[39m');
  expect(renderText(given, false)).not.toContain('\u001b');
});

test('what could not be read, what was muted and what is wrong with the review is told', () => {
  const path = migration().path;
  const text = renderText(
    report({
      opaque: [{ path, startLine: 3, reason: 'EXECUTE' }],
      suppressed: [{ ...finding(), marker: 'plimsoll: allow', markerLine: 1, reason: 'small table' }],
      problems: [{ message: '`databse` is not a key here.', path: '.github/plimsoll.yml', startLine: 2 }],
    }),
    false,
  );
  expect(text).toContain('.github/plimsoll.yml:2  problem  databse is not a key here.');
  expect(text).toContain(`${path}:3  unread\n  could not be read and was not judged: EXECUTE`);
  expect(text).toContain(`${path}:2  muted  change-column-type: muted by the author on line 1: small table`);
  expect(text).toContain('Blocked: 1 migration, no findings, 1 place not read, 1 problem.');
});

test('control characters of a pull request never reach the terminal', () => {
  const evil = '\u001b]0;title\u0007\u202e';
  const text = renderText(
    report({ findings: [finding({ path: `a${evil}`, message: evil, advice: evil, rule: `r${evil}` })] }),
    false,
  );
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('nothing to review is said', () => {
  expect(renderText(noMigrations, false)).toBe('No migrations found.\n');
});

test('places of one file that cannot be read for one reason are told once', () => {
  const path = migration().path;
  const opaque = [3, 5, 5, 9].map((startLine) => ({ path, startLine, reason: 'EXECUTE' }));
  const text = renderText(report({ opaque: [...opaque, { path, startLine: 7, reason: 'CALL' }] }), false);
  expect(text).toContain(`${path}:3  unread\n  could not be read and was not judged: EXECUTE, and so lines 5, 9`);
  expect(text).toContain(`${path}:7  unread\n  could not be read and was not judged: CALL`);
  expect(text).toContain('5 places not read');
});

/** Where no database is known, nothing is said that is true of one alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import type { Change } from '../src/operations/change.ts';
import type { Finding } from '../src/report.ts';
import { review } from '../src/review/review.ts';
import { changeOf, readPage, type Section } from './pages.ts';

const folder = join(import.meta.dirname, '../rules');

/** Locks and words of statements that a single database has. */
const ofOne = [
  'Sch-M',
  'ACCESS EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE ROW EXCLUSIVE',
  'CONCURRENTLY',
  'NOT VALID',
  'ALGORITHM=',
  'ONLINE = ON',
  'MODIFY COLUMN',
  'gh-ost',
];

describe.each(rules)('$id', (rule) => {
  const bad = readPage(readFileSync(join(folder, `${rule.id}.md`), 'utf8')).filter(({ kind }) => kind === 'Bad');

  test.each(bad)('$title', async (section) => {
    const report = await review(withoutDatabase(changeOf(section.files)), rules);
    const unknown = new Set(report.migrations.filter(({ database }) => database === 'unknown').map(({ path }) => path));
    const findings = report.findings.filter(({ path }) => unknown.has(path));
    expect(findings.flatMap((finding) => saidOfOne(finding, section))).toEqual([]);
  });
});

/** The same pull request in a repository whose configuration says nothing of the database. */
function withoutDatabase(change: Change): Change {
  const { database: _database, version: _version, ...configuration } = change.configuration;
  const paths = configuration.paths.map(({ database: _own, version: _other, ...setting }) => setting);
  return { ...change, configuration: { ...configuration, paths } };
}

/** What a finding says in words of one database that the author has not written. */
function saidOfOne({ rule, path, startLine, message, advice }: Finding, { files }: Section): string[] {
  const written = files.map(({ text }) => text.toUpperCase()).join('\n');
  return ofOne
    .filter((words) => `${message}\n${advice}`.includes(words) && !written.includes(words.toUpperCase()))
    .map((words) => `${rule} ${path}:${startLine}: ${words}`);
}

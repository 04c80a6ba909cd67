/** Where no database is known, nothing is said that is true of one alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import type { Change } from '../src/operations/change.ts';
import type { ClaimedMigration } from '../src/frontends/frontend.ts';
import { readMigration } from '../src/frontends/read-migration.ts';
import type { Migration } from '../src/operations/migration.ts';
import type { Report } from '../src/report.ts';
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
    const change = changeOf(section.files);
    const unsaid = await review(withoutDatabase(change), rules);
    const unknown = await review(change, rules, { read: readForgetful });
    expect([unsaid, unknown].flatMap((report) => saidOfOne(report, section))).toEqual([]);
  });
});

/** The same pull request in a repository whose configuration says nothing of the database. */
function withoutDatabase(change: Change): Change {
  const { database: _database, version: _version, ...configuration } = change.configuration;
  const paths = configuration.paths.map(({ database: _own, version: _other, ...setting }) => setting);
  return { ...change, configuration: { ...configuration, paths } };
}

/** Read as for the database that it is for, and judged as for one that is not known. */
async function readForgetful(claimed: ClaimedMigration): Promise<Migration> {
  const { databaseVersion: _version, ...migration } = await readMigration(claimed);
  return { ...migration, database: 'unknown' };
}

/** What findings about migrations for an unknown database say in words of one that the author has not written. */
function saidOfOne({ migrations, findings }: Report, { files }: Section): string[] {
  const written = files.map(({ text }) => text.toUpperCase()).join('\n');
  const unwritten = ofOne.filter((words) => !written.includes(words.toUpperCase()));
  const unknown = new Set(migrations.filter(({ database }) => database === 'unknown').map(({ path }) => path));
  return findings
    .filter(({ path }) => unknown.has(path))
    .flatMap(({ rule, path, startLine, message, advice }) =>
      unwritten
        .filter((words) => `${message}\n${advice}`.includes(words))
        .map((words) => `${rule} ${path}:${startLine}: ${words}`),
    );
}

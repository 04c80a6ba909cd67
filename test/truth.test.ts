/** Holds the pages to the server: each PostgreSQL section is replayed on tables with rows, and what is said of it must happen, and nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { review } from '../src/review/review.ts';
import { newTables } from '../src/review/walk.ts';
import type { Report } from '../src/report.ts';
import { changeOf, fencesOf, readPage, type PageFile, type Section } from './pages.ts';
import { differences } from './truth/judge.ts';
import { replay } from './truth/replay.ts';
import { startServer, type Server } from './truth/server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** Sections for PostgreSQL that are not replayed, and why. */
const notReplayed: Record<string, string> = {
  'empty-migration: only comments': 'there is no statement to run',
  'empty-migration: something was forgotten, or commented out': 'there is no statement to run',
  'empty-migration: a goose file without statements': 'there is no statement to run',
  'refreshed-view: filled for the first time': 'what is written are rows of a view that nobody could read so far',
  'database-wide-setting: PostgreSQL, the server itself': 'the replay stands in a transaction, which refuses it',
  'blocking-partition-detach: one that was interrupted comes to its end': 'it needs a detach that was interrupted',
  'validating-foreign-key: the parent of partitions takes none `NOT VALID`':
    'the server at hand, PostgreSQL 18, takes it',
  'concurrent-index-on-partitions: attached': 'the indexes that it names are made by migrations that are not shown',
};

const pages = await Promise.all(
  rules.map(async (rule) => {
    const sections = readPage(readFileSync(join(import.meta.dirname, `../rules/${rule.id}.md`), 'utf8'));
    const read = await Promise.all(
      sections.map(async (section) => ({ section, report: await review(changeOf(section.files), rules) })),
    );
    return { id: rule.id, sections: read.map((each) => ({ ...each, name: `${rule.id}: ${each.section.title}` })) };
  }),
);
const sections = pages.flatMap((page) => page.sections);
const all = sections.filter(({ report }) => whyNot(report) === undefined);
const replayed = all.filter(({ name }) => !(name in notReplayed));

test('every section that is not replayed exists', () => {
  const names = new Set(all.map(({ name }) => name));
  expect(Object.keys(notReplayed).filter((name) => !names.has(name))).toEqual([]);
  const left = Object.groupBy(sections, ({ name, report }) => whyNot(report) ?? notReplayed[name] ?? 'replayed');
  expect(left['replayed']?.length).toBe(replayed.length);
  expect(replayed.length).toBeGreaterThan(100);
});

describe('what a section says happens, and what it does not say does not', () => {
  test.each(replayed)('$name', async ({ section, report }) => {
    const steps = await replay(server, section.files);
    expect(steps.length).toBeGreaterThan(0);
    expect(differences(steps, report.findings, freshTables(report))).toEqual([]);
  });
});

describe('what a finding advises neither fails nor costs', () => {
  const advised = replayed.filter(({ report }) => report.findings.some(({ advice }) => fencesOf(advice).length > 0));
  test.each(advised)('$name', async ({ section, report }) => {
    for (const { advice, path } of report.findings) {
      const files = advisedFiles(section, path, advice);
      if (files.length === section.files.length) continue;
      const after = await review(changeOf(files), rules);
      expect(differences(await replay(server, files), after.findings, freshTables(after))).toEqual([]);
    }
  });
});

/** Why a section cannot be run here; undefined for those that can. */
function whyNot({ migrations }: Report): string | undefined {
  const [first] = migrations;
  if (!first) return 'without a migration';
  if (migrations.some(({ database }) => database !== 'postgres')) return 'for another database';
  if (migrations.some(({ path }) => !path.endsWith('.sql'))) return 'a program, whose statements do not stand in it';
  if (migrations.some(({ status }) => status !== 'added')) return 'about a migration that has run';
  return Number(first.databaseVersion ?? 18) < 12 ? 'for an older PostgreSQL' : undefined;
}

function freshTables(report: Report): Set<string> {
  const tables = newTables(report.migrations.map(({ operations, ...rest }) => ({ ...rest, up: operations }) as never));
  const views = report.migrations.flatMap(({ operations }) => operations.filter(({ kind }) => kind === 'createObject'));
  return new Set([
    ...tables,
    ...views.flatMap((each) => ('name' in each && each.name !== undefined ? [each.name] : [])),
  ]);
}

/** What stood before, and each fence as a migration after it; what commits by itself has the file beside it that the advice names. */
function advisedFiles(section: Section, path: string, advice: string): PageFile[] {
  const before = section.files.filter((file) => file.state === 'before');
  const setting = /`(executeInTransaction=false)` in a `\.conf`/.exec(advice)?.[1];
  const after = fencesOf(advice).flatMap((text, index): PageFile[] => {
    const next = path.replace(/\d+(?=_)/, (number) =>
      String(Number(number) + 100 + index).padStart(number.length, '0'),
    );
    const beside =
      setting !== undefined && text.includes('COMMIT;') ? [{ path: `${next}.conf`, text: `${setting}\n` }] : [];
    return [{ path: next, text, state: 'after' }, ...beside.map((file) => ({ ...file, state: 'after' as const }))];
  });
  return [...before, ...after];
}

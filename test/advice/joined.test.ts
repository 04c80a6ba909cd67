/** Corrections of several findings as one: read, reviewed and, on PostgreSQL, run to the end that the migration would have had. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { JoinedCorrection, Report } from '../../src/report.ts';
import { review } from '../../src/review/review.ts';
import { changeOf, type PageFile, type Section } from '../pages.ts';
import { fixtureFor } from '../truth/fixture.ts';
import { startServer, type Server } from '../truth/server.ts';
import { endOf, placeOf, sqlOf, statementsIn } from './end-of.ts';
import { newlySaid } from './newly-said.ts';
import { databasesOf, migrationsIn, type Fence } from './told.ts';
import { translate } from './translate.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const standing = `
CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, seller_id bigint, total integer, note text);
CREATE INDEX orders_of ON orders (customer_id);
CREATE INDEX orders_by ON orders (seller_id);
CREATE INDEX orders_note ON orders (note);
CREATE INDEX orders_total ON orders (total);
`;

/** What each migration does, and how many corrections there are for it. */
const sections: Record<string, { text: string; corrections: number; configuration?: string }> = {
  'indexes of two tables': {
    text: `
CREATE INDEX orders_customer ON orders (customer_id, total);
CREATE UNIQUE INDEX orders_number ON orders (seller_id, total);
CREATE INDEX customers_email ON customers (email) WHERE email IS NOT NULL;
`,
    corrections: 1,
  },
  'indexes that come and go': {
    text: `
CREATE INDEX orders_both ON orders (note, total);
DROP INDEX orders_note;
DROP INDEX orders_total;
`,
    corrections: 1,
  },
  'constraints of all kinds': {
    text: `
DROP INDEX orders_note;
DROP INDEX orders_total;
ALTER TABLE orders ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer_id) REFERENCES customers (id);
ALTER TABLE orders ADD CONSTRAINT orders_seller_fkey FOREIGN KEY (seller_id) REFERENCES customers (id) ON DELETE CASCADE;
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0);
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
ALTER TABLE customers ALTER COLUMN email SET NOT NULL;
`,
    corrections: 2,
  },
  'unique keys beside an index': {
    text: `
ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE (email);
ALTER TABLE orders ADD CONSTRAINT orders_number_key UNIQUE (seller_id, total);
CREATE INDEX orders_customer ON orders (customer_id, total);
`,
    corrections: 1,
  },
  'checks of busy tables': {
    text: `
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0);
ALTER TABLE customers ADD CONSTRAINT customers_email_check CHECK (email <> '');
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
`,
    corrections: 1,
    configuration: 'database: postgres\ntables:\n  orders: hot\n',
  },
};

describe.each(Object.keys(databasesOf))('in %s', (framework) => {
  test.each(Object.entries(sections))('%s', async (title, { text, corrections, configuration }) => {
    const section = sectionOf(title, text, configuration);
    const files = await translate(section, framework, 'postgres');
    if (!files) throw new Error(`${framework} cannot say it`);
    const report = await review(changeOf(files), rules);
    expect(report.corrections).toHaveLength(corrections);
    for (const each of report.corrections ?? []) {
      const migrations = singly(each);
      expect(migrations).toHaveLength(each.migrations);
      const told = { rule: '', section: title, framework, database: 'postgres' as const, files, report };
      expect(await newlySaid(told, migrations)).toEqual([]);
      const { written, corrected } = await endsOf(framework, text, report, each, migrations);
      expect(corrected).toEqual(written);
    }
  });
});

test('who sends a file as one query, or by hand, gets a file for each concurrent statement, and the others one for all', async () => {
  const sizes: Record<string, number[]> = {};
  for (const framework of Object.keys(databasesOf)) {
    const section = sectionOf('indexes', sections['indexes of two tables']?.text ?? '');
    const files = (await translate(section, framework, 'postgres')) ?? [];
    const { corrections = [] } = await review(changeOf(files), rules);
    sizes[framework] = corrections.map(({ migrations }) => migrations);
  }
  const apart = Object.keys(sizes).filter((framework) => sizes[framework]?.[0] === 3);
  expect(apart).toEqual(['golang-migrate', 'dbmate', 'kysely', 'db-migrate']);
  for (const each of Object.values(sizes)) expect([[1], [3]]).toContainEqual(each);
});

function sectionOf(title: string, text: string, configuration?: string): Section {
  const files: PageFile[] = [
    { path: 'migrations/000001_start.up.sql', text: standing, state: 'before' },
    { path: 'migrations/000002_change.up.sql', text, state: 'after' },
  ];
  const settings: PageFile[] = configuration
    ? [{ path: '.github/plimsoll.yml', text: configuration, state: 'before' }]
    : [];
  return { kind: 'Bad', title, files: [...settings, ...files] };
}

/** The migrations that a fence holds, one by one. */
function singly({ text }: JoinedCorrection): Fence[] {
  return migrationsIn(text).flatMap(({ language, text: body }) =>
    body
      .split(/^(?:--|#|\/\/) Migration \d+ of \d+\n/m)
      .filter((each) => each !== '')
      .map((each) => ({ language, text: each.trimEnd() })),
  );
}

/** What it corrects is left out of what was written, and done in the end. */
async function endsOf(
  framework: string,
  text: string,
  report: Report,
  { number }: JoinedCorrection,
  migrations: readonly Fence[],
): Promise<{ written: string[]; corrected: string[] }> {
  const [migration] = report.migrations;
  if (!migration) throw new Error('no migration was read');
  const lines = new Set(report.findings.flatMap((each) => (each.joined === number ? [each.startLine] : [])));
  const places = migration.operations
    .filter(({ span }) => lines.has(span.startLine))
    .map((each) => placeOf(each, migration.operations));
  const written = statementsIn(text);
  const kept = written.filter((_, at) => !places.includes(at));
  const done: string[] = [];
  for (const each of migrations) {
    const sql = await sqlOf(framework, each);
    if (!sql) throw new Error(`not said again: ${each.text}`);
    done.push(...sql);
  }
  const base = [...fixtureFor([]), ...statementsIn(standing)];
  return { written: await endOf(server, base, written), corrected: await endOf(server, base, [...kept, ...done]) };
}

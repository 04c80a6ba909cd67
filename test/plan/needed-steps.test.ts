/** Roads that promise no more than is so, and ask for no step that nothing needs. */
import { expect, test } from 'vitest';
import type { Report } from '../../src/report.ts';
import { configuration, reviewed } from '../review/builders.ts';

const tables =
  'CREATE TABLE ships (id bigint PRIMARY KEY, name varchar(60), flag text);\nCREATE TABLE ports (id bigint PRIMARY KEY);\n';

function reviewOf(sql: string): Promise<Report> {
  const history = { 'db/migration/V1__a.sql': tables };
  const settings = configuration({ database: 'postgres', version: '17' });
  const parts = { history, basePaths: Object.keys(history), configuration: settings };
  return reviewed({ 'db/migration/V2__b.sql': sql }, parts);
}

function textsOf({ plan }: Report): string[] {
  const phases = plan?.roads.flatMap((road) => road.phases) ?? [];
  return phases.flatMap(({ migrations }) => migrations.map(({ text }) => text));
}

test('a text that becomes shorter is not cut off: what does not fit fails, as it would in place', async () => {
  const printed = textsOf(await reviewOf('ALTER TABLE ships ALTER COLUMN name TYPE varchar(20);\n')).join('\n');
  expect(printed).toContain('SET name_new = name WHERE');
  expect(printed).not.toContain('CAST');
});

test('what the author works the new value out by is what the plan fills with', async () => {
  const printed = textsOf(await reviewOf('ALTER TABLE ships ALTER COLUMN flag TYPE int USING length(flag);\n'));
  expect(printed.join('\n')).toContain('SET flag_new = length(flag)');
});

test('a reference that comes with its column has no rows to mend, and asks nothing of those that are there', async () => {
  const added = 'ALTER TABLE ships ADD COLUMN port_id bigint;\n';
  const key = 'ALTER TABLE ships ADD CONSTRAINT at_port FOREIGN KEY (port_id) REFERENCES ports (id);\n';
  const { plan } = await reviewOf(added + key);
  expect(plan?.roads).toEqual([]);
  expect(plan?.answers.find(({ question }) => question.startsWith('Is something required'))?.answer).toBe('no');
  const filled = await reviewOf(`${added}UPDATE ships SET port_id = id;\n${key}`);
  expect(filled.plan?.roads.map(({ subject }) => subject)).toContain('`ships.port_id` points to `ports`');
});

test('a key that is said anew has no rows to mend', async () => {
  const before = 'ALTER TABLE ships ADD COLUMN port_id bigint CONSTRAINT at_port REFERENCES ports (id);\n';
  const history = { 'db/migration/V1__a.sql': tables + before };
  const anew =
    'ALTER TABLE ships DROP CONSTRAINT at_port;\nALTER TABLE ships ADD CONSTRAINT at_port FOREIGN KEY (port_id) REFERENCES ports (id) ON DELETE CASCADE;\n';
  const { plan } = await reviewed(
    { 'db/migration/V2__b.sql': anew },
    { history, basePaths: Object.keys(history), configuration: configuration({ database: 'postgres', version: '17' }) },
  );
  expect(plan?.roads).toEqual([]);
  expect(plan?.answers.find(({ question }) => question.startsWith('Is something required'))?.answer).toBe('no');
});

test('a unique column that may stay empty is not filled', async () => {
  const { plan } = await reviewOf(
    'ALTER TABLE ships ADD COLUMN call_sign text;\nCREATE UNIQUE INDEX sign ON ships (call_sign);\n',
  );
  expect(plan?.roads).toEqual([]);
  expect(plan?.answers.find(({ question }) => question.startsWith('Is something required'))?.answer).toBe('no');
});

test('a default that gives each row a value of its own stays, also where the column is to be unique, and the index has the name of its author', async () => {
  const report = await reviewOf(
    'ALTER TABLE ships ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();\nCREATE UNIQUE INDEX one_token ON ships (token);\n',
  );
  const printed = textsOf(report).join('\n');
  expect(printed).toContain('ALTER COLUMN token SET DEFAULT gen_random_uuid()');
  expect(printed).toContain('CREATE UNIQUE INDEX CONCURRENTLY one_token ON ships');
  expect(report.plan?.roads[0]?.phases[0]?.code).toBe('Need not know it yet: the database fills it in new rows.');
});

const kysely = `import { Kysely, sql } from 'kysely';

export async function up(db: Kysely<any>): Promise<void> {
  await sql\`ALTER TABLE ships ALTER COLUMN flag SET NOT NULL\`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
}
`;

test('steps that would share a transaction are each in a run of their own', async () => {
  const manifest = { 'package.json': '{"dependencies": {"kysely": "0.28.0", "pg": "8.0.0"}}\n' };
  const parts = {
    history: manifest,
    basePaths: Object.keys(manifest),
    configuration: configuration({ database: 'postgres' }),
  };
  const { plan } = await reviewed({ 'migrations/2026-03-01_flag.ts': kysely }, parts);
  const last = plan?.roads[0]?.phases.at(-1);
  expect(last?.note).toBe('Each is a migration of its own, in a run of the migrator of its own.');
  expect(last?.stands).toContain('The runs before it stay.');
});

test('Rails fills with the value that it was given, and there is nothing to take apart', async () => {
  const gemfile = { 'Gemfile.lock': 'GEM\n  specs:\n    pg (1.5.9)\n    rails (7.2.2)\n    activerecord (7.2.2)\n' };
  const text =
    'class A < ActiveRecord::Migration[7.2]\n  def change\n    change_column_null :ships, :flag, false, "none"\n  end\nend\n';
  const parts = {
    history: gemfile,
    basePaths: Object.keys(gemfile),
    configuration: configuration({ database: 'postgres' }),
  };
  const report = await reviewed({ 'db/migrate/20260101000000_a.rb': text }, parts);
  expect(textsOf(report).join('\n')).toContain(`update_all("flag = 'none'")`);
  const told = report.findings.find(({ rule }) => rule === 'mixed-schema-and-data');
  expect(told?.advice).toContain('First, in a migration of its own, the rows that line 3 would write');
});

test('a column whose every value is in the one that takes its place needs no backup', async () => {
  const backOf = async (sql: string) => (await reviewOf(sql)).plan?.roads[0]?.phases.at(-1)?.back;
  const kept = 'Nothing is lost: add it again, and fill it from `label`, which has every value.';
  expect(await backOf('ALTER TABLE ships RENAME COLUMN flag TO label;\n')).toBe(kept);
  expect(await backOf('ALTER TABLE ships ALTER COLUMN flag TYPE int USING length(flag);\n')).toContain('backup');
  expect(await backOf('ALTER TABLE ships DROP COLUMN flag;\n')).toContain('backup');
});

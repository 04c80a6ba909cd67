/** Roads that begin with a model, or with a table that is new; and what the checklist asks of them. */
import { expect, test } from 'vitest';
import type { ChangedFile } from '../../src/operations/change.ts';
import type { Report } from '../../src/report.ts';
import { added, configuration, modified, reviewed } from '../review/builders.ts';

const schema = `ActiveRecord::Schema[7.1].define(version: 1) do
  create_table "notifications" do |t|
    t.string "type"
    t.string "owner_type"
    t.bigint "owner_id"
  end
  create_table "users" do |t|
    t.string "name"
  end
end
`;
const base = 'class Notification < ApplicationRecord\nend\n';
const model = (name: string) => `class ${name} < Notification\n  def title\n    'rss'\n  end\nend\n`;
const user = (name: string) =>
  `class ${name} < ApplicationRecord\n  self.table_name = 'users'\n  has_many :notifications, as: :owner\nend\n`;

function renamed(from: [string, string], to: [string, string], more: ChangedFile[] = []): Promise<Report> {
  const files: ChangedFile[] = [
    { path: from[0], status: 'deleted', before: from[1] },
    added(to[0], to[1]),
    modified('app/models/notification.rb', base, `${base}\n`),
    ...more,
  ];
  const history = { 'db/schema.rb': schema };
  return reviewed(files, { history, basePaths: ['db/schema.rb', from[0], 'app/models/notification.rb'] });
}

test('a class of a table of several is known by both names before one is written, and the rows before the old one goes', async () => {
  const { plan } = await renamed(['app/models/feed.rb', model('Feed')], ['app/models/channel.rb', model('Channel')]);
  const [road, ...others] = plan?.roads ?? [];
  expect(others).toEqual([]);
  expect(plan).toMatchObject({ phases: 4, deploys: 3 });
  expect(road?.phases.map(({ title, deploy }) => [deploy, title])).toEqual([
    [1, 'Both names can be read'],
    [2, 'Write `Channel` into `notifications.type`'],
    [2, 'Write `Channel` in the rows that say `Feed`'],
    [3, '`Feed` goes'],
  ]);
  expect(road?.phases[0]?.code).toContain('class Channel < Feed\nend');
  expect(road?.phases[1]?.code).toContain('class Feed < Channel\nend');
  expect(road?.phases[2]?.migrations[0]?.text).toContain('self.inheritance_column = nil');
  expect(road?.phases[2]?.migrations[0]?.text).toContain(`where(type: "Feed")`);
  expect(road?.phases[2]?.verify).toEqual({
    sql: "SELECT count(*) FROM notifications WHERE type = 'Feed';",
    expect: '0',
  });
});

test('the backfill of stored names is clean when it is reviewed', async () => {
  const { plan } = await renamed(['app/models/feed.rb', model('Feed')], ['app/models/channel.rb', model('Channel')]);
  const text = plan?.roads[0]?.phases[2]?.migrations[0]?.text ?? '';
  const path = 'db/migrate/20260101000000_rename_rows.rb';
  const body = `class RenameRows < ActiveRecord::Migration[7.1]\n${text}\nend\n`;
  const report = await reviewed({ [path]: body }, { history: { 'db/schema.rb': schema }, basePaths: ['db/schema.rb'] });
  expect(report.opaque).toEqual([]);
  expect(report.findings.filter(({ rule }) => rule !== 'stale-schema-file')).toEqual([]);
});

test('the other end of a polymorphic association finds rows of either name', async () => {
  const { plan } = await renamed(['app/models/user.rb', user('User')], ['app/models/person.rb', user('Person')]);
  const [road] = plan?.roads ?? [];
  expect(road?.subject).toBe('`User` becomes `Person`');
  expect(road?.phases[0]?.code).toContain(
    'has_many :notifications, -> { unscope(where: :owner_type).where(owner_type: ["User", "Person"]) }, as: :owner',
  );
  expect(road?.phases[2]?.verify?.sql).toContain("owner_type = 'User'");
});

test('a class that goes leaves no row behind that names it', async () => {
  const files: ChangedFile[] = [
    { path: 'app/models/feed.rb', status: 'deleted', before: model('Feed') },
    modified('app/models/notification.rb', base, `${base}\n`),
  ];
  const { plan } = await reviewed(files, {
    history: { 'db/schema.rb': schema },
    basePaths: ['db/schema.rb', 'app/models/feed.rb'],
  });
  expect(plan?.roads[0]?.phases.map(({ title }) => title)).toEqual([
    'No release makes rows of `Feed`',
    'Give the rows of `Feed` another class, or delete them',
    '`Feed` goes',
  ]);
});

test('the decision tree says where names are stored', async () => {
  const { plan } = await renamed(['app/models/feed.rb', model('Feed')], ['app/models/channel.rb', model('Channel')]);
  expect(plan?.answers.at(-1)).toEqual({
    question: 'Are names stored in rows?',
    answer: 'yes',
    because: '`notifications.type` says `Feed`: both names first, then the rows, then the old name goes',
  });
});

const start = { 'migrations/000001_start.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, name text);' };
const go = { 'go.mod': 'require github.com/lib/pq v1.10.9' };

function sql(text: string, settings: Parameters<typeof configuration>[0] = {}): Promise<Report> {
  return reviewed(
    { 'migrations/000002_change.up.sql': text },
    {
      projectTexts: go,
      history: start,
      basePaths: Object.keys({ ...go, ...start }),
      configuration: configuration(settings),
    },
  );
}

const lines = 'CREATE TABLE lines (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));';

test('a new table points to a hot one by a key of its own', async () => {
  const { plan } = await sql(lines, { tables: { users: 'hot' } });
  const [road] = plan?.roads ?? [];
  expect(road?.phases.map(({ title }) => title)).toEqual([
    'Create `lines` without the key',
    'Add `lines_user_id_fkey`',
    'Check the rows of `lines`',
  ]);
  expect(plan?.answers[0]?.answer).toBe('no');
  const later = { ...start, 'migrations/000002_lines.up.sql': lines.replace(' REFERENCES users (id)', '') };
  for (const { text } of road?.phases.flatMap(({ migrations }) => migrations) ?? []) {
    const index = { 'migrations/000003_index.up.sql': 'CREATE INDEX CONCURRENTLY lines_user_id ON lines (user_id);' };
    const history = { ...later, ...index };
    const report = await reviewed(
      { 'migrations/000004_change.up.sql': text },
      { projectTexts: go, history, basePaths: Object.keys({ ...go, ...history }) },
    );
    expect(report.findings, text).toEqual([]);
  }
});

test('where nothing is said of the other table, one phase is enough unless it is hot', async () => {
  const { plan } = await sql(lines);
  expect(plan).toMatchObject({ phases: 1, roads: [] });
  expect(plan?.answers).toEqual([
    {
      question: 'Only new tables?',
      answer: 'yes',
      because: 'nothing that runs reads or writes them: one phase, unless `users`, to which they point, is hot',
    },
  ]);
});

test('what the change does not answer is asked in a box, by name', async () => {
  const { plan, checklist } = await sql('ALTER TABLE users RENAME TO people;');
  const open = plan?.answers.filter(({ answer }) => answer === 'unknown').map(({ box }) => box);
  expect(open).toEqual(['ran-on-copy', 'stored-names']);
  const textOf = (id: string) => checklist.find((item) => item.id === id)?.text;
  expect(textOf('ran-on-copy')).toBe(
    'Ran it, up and down where there is a down, on a copy with as many rows of `users` as production has',
  );
  expect(textOf('stored-names')).toBe(
    'Rows, queued jobs and caches that say `users` are written anew, or still resolve',
  );
});

test('what is answered is not asked', async () => {
  const { plan, checklist } = await sql('ALTER TABLE users ADD COLUMN nick text NOT NULL;', {
    tables: { users: 'large' },
  });
  expect(plan?.answers.filter(({ answer }) => answer === 'unknown')).toEqual([]);
  expect(checklist[0]?.text).toBe('Ran it, up and down where there is a down, on a copy with realistic rows');
  expect(checklist.map(({ id }) => id)).not.toContain('stored-names');
});

test('whether a transaction holds it together is asked of who reviews', async () => {
  const text = 'CREATE INDEX CONCURRENTLY users_name ON users (name);\nALTER TABLE users ADD COLUMN mail text;\n';
  const { plan, checklist } = await reviewed({ 'supabase/migrations/20260101000000_change.sql': text });
  expect(plan?.answers.find(({ box }) => box === 'takes-back')?.answer).toBe('unknown');
  expect(checklist.map(({ id }) => id)).toContain('takes-back');
});

test('values that a type gets take one road, and the plan says whom they disturb', async () => {
  const { plan } = await sql("ALTER TYPE mood ADD VALUE 'calm';\nALTER TYPE mood ADD VALUE 'keen';");
  expect(plan?.roads.map(({ subject }) => subject)).toEqual(['`calm`, `keen` in `mood`']);
  expect(plan?.roads[0]?.phases[0]?.migrations[0]?.text).toContain("ADD VALUE IF NOT EXISTS 'keen'");
  expect(plan?.answers.slice(0, 2)).toEqual([
    { question: 'Only new tables?', answer: 'no', because: '`mood` was there before' },
    { question: 'Does the release that runs now break?', answer: 'yes', because: '`mood`: 2 deploys' },
  ]);
});

test('a value of a type that the change makes asks for nothing', async () => {
  const { plan } = await sql("CREATE TYPE mood AS ENUM ('calm');\nALTER TYPE mood ADD VALUE 'keen';");
  expect(plan?.roads).toEqual([]);
  expect(plan?.answers.map(({ answer }) => answer)).toEqual(['yes']);
});

test('a table of SQLite that is made anew does not go: the columns do that the new one does not have', async () => {
  const history = {
    'migrations/000001_users.up.sql': 'CREATE TABLE users (id integer PRIMARY KEY, email text, city text);',
  };
  const text = `CREATE TABLE tmp (id integer PRIMARY KEY, email text);
INSERT INTO tmp SELECT id, email FROM users;
DROP TABLE users;
ALTER TABLE tmp RENAME TO users;
`;
  const { plan } = await reviewed(
    { 'migrations/000002_users.up.sql': text },
    {
      projectTexts: go,
      history,
      basePaths: Object.keys({ ...go, ...history }),
      configuration: configuration({ database: 'sqlite' }),
    },
  );
  expect(plan?.roads.map(({ subject }) => subject)).toEqual(['`users.city` goes']);
  expect(plan?.answers.find(({ question }) => question.startsWith('Are names'))?.answer).toBe('no');
});

/** Roads of columns that go: what the base branch has done for them already, and several at once. */
import { describe, expect, test } from 'vitest';
import type { ChangedFile } from '../../src/operations/change.ts';
import type { Report } from '../../src/report.ts';
import { added, modified, reviewed } from '../review/builders.ts';

const schema = `ActiveRecord::Schema[7.1].define(version: 1) do
  create_table "users" do |t|
    t.string "name", null: false
    t.string "nick"
    t.datetime "seen_at", null: false
  end
  create_table "orders" do |t|
    t.string "note"
  end
end
`;
const model = (...ignored: string[]) =>
  `class User < ApplicationRecord\n${ignored.map((each) => `  self.ignored_columns += ["${each}"]\n`).join('')}end\n`;

function rails(calls: string[], before = model(), now = model()): Promise<Report> {
  const text = `class Change < ActiveRecord::Migration[7.1]\n  def change\n${calls.map((each) => `    ${each}\n`).join('')}  end\nend\n`;
  const files: ChangedFile[] = [
    added('db/migrate/20260101000000_change.rb', text),
    ...(before === now ? [] : [modified('app/models/user.rb', before, now)]),
  ];
  return reviewed(files, { history: { 'db/schema.rb': schema }, basePaths: ['db/schema.rb', 'app/models/user.rb'] });
}

function answerTo(question: string, { plan }: Report): string | undefined {
  return plan?.answers.find((each) => each.question === question)?.answer;
}

const breaks = 'Does the release that runs now break?';

describe('what the base branch has done', () => {
  test('a column that the model ignores already goes in one phase', async () => {
    const report = await rails(['remove_column :users, :nick, :string'], model('nick'), model());
    expect(report.findings.map(({ rule }) => rule)).not.toContain('drop-column');
    expect(report.plan).toMatchObject({ phases: 1, deploys: 1, roads: [] });
    expect(answerTo(breaks, report)).toBe('no');
    expect(report.plan?.answers[0]).toMatchObject({ answer: 'no', because: '`users` was there before' });
  });

  test('the model need not be part of the change', async () => {
    const text =
      'class Change < ActiveRecord::Migration[7.1]\n  def change\n    remove_column :users, :nick, :string\n  end\nend\n';
    const files = [added('db/migrate/20260101000000_change.rb', text)];
    const standing = (body: string) =>
      reviewed(files, {
        history: { 'db/schema.rb': schema },
        basePaths: ['db/schema.rb', 'app/models/user.rb'],
        projectTexts: { 'app/models/user.rb': body },
      });
    const ignored = await standing(model('nick'));
    expect(ignored.findings.map(({ rule }) => rule)).not.toContain('drop-column');
    expect(ignored.plan).toMatchObject({ phases: 1, deploys: 1 });
    const named = await standing('class User < ApplicationRecord\n  validates :nick, presence: true\nend\n');
    expect(named.findings.find(({ rule }) => rule === 'dropped-column-still-named')?.message).toContain(
      '`app/models/user.rb:2`',
    );
  });

  test('one that it begins to ignore only now takes two', async () => {
    const report = await rails(['remove_column :users, :nick, :string'], model(), model('nick'));
    expect(report.plan).toMatchObject({ phases: 2, deploys: 2 });
    expect(answerTo(breaks, report)).toBe('yes');
  });

  test('of two columns, the one that is not ignored keeps its road', async () => {
    const calls = ['remove_column :users, :nick, :string', 'remove_column :users, :seen_at, :datetime'];
    const { plan } = await rails(calls, model('nick'), model());
    expect(plan?.roads.map(({ subject }) => subject)).toEqual(['`users.seen_at` goes']);
    expect(plan?.answers.find(({ question }) => question === breaks)?.because).toBe('`users.seen_at`: 2 deploys');
  });

  test('a mapped class of SQLAlchemy that has lost the attribute is enough', async () => {
    const mapped = (...attributes: string[]) =>
      `from sqlalchemy import Column, Integer, String\nfrom sqlalchemy.orm import declarative_base\n\nBase = declarative_base()\n\n\nclass User(Base):\n    __tablename__ = 'users'\n    id = Column(Integer, primary_key=True)\n${attributes.map((each) => `    ${each} = Column(String)\n`).join('')}`;
    const drop =
      "from alembic import op\nimport sqlalchemy as sa\n\nrevision = 'b'\ndown_revision = 'a'\n\n\ndef upgrade():\n    op.drop_column('users', 'nick')\n\n\ndef downgrade():\n    op.add_column('users', sa.Column('nick', sa.String()))\n";
    const first =
      "from alembic import op\nimport sqlalchemy as sa\n\nrevision = 'a'\ndown_revision = None\n\n\ndef upgrade():\n    op.create_table('users', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('nick', sa.String()))\n";
    const plan = async (before: string, now: string) => {
      const files = [added('migrations/versions/b_drop.py', drop), modified('app/models.py', before, now)];
      const history = { 'migrations/versions/a_start.py': first };
      const basePaths = ['migrations/versions/a_start.py', 'app/models.py'];
      return (await reviewed(files, { history, basePaths })).plan;
    };
    expect(await plan(mapped('name'), mapped('name', 'mail'))).toMatchObject({ phases: 1, roads: [] });
    expect(await plan(mapped('name', 'nick'), mapped('name'))).toMatchObject({ phases: 2 });
  });
});

describe('several at once', () => {
  test('columns of one table are forgotten by one release, and go with the next', async () => {
    const { plan } = await rails(['remove_columns :users, :name, :nick, :seen_at, type: :string']);
    expect(plan).toMatchObject({ phases: 2, deploys: 2 });
    expect(plan?.roads).toHaveLength(1);
    const [forget, drop] = plan?.roads[0]?.phases ?? [];
    expect(forget?.code).toContain('self.ignored_columns += ["name", "nick", "seen_at"]');
    expect(forget?.migrations).toHaveLength(1);
    expect(forget?.migrations[0]?.text).toContain('change_column_null :users, :name, true');
    expect(forget?.migrations[0]?.text).toContain('change_column_null :users, :seen_at, true');
    expect(forget?.migrations[0]?.text).not.toContain('nick');
    expect(drop?.title).toBe('Drop `name`, `nick`, `seen_at`');
    expect(drop?.migrations.map(({ text }) => /remove_column :users, :(\w+)/.exec(text)?.[1])).toEqual([
      'name',
      'nick',
      'seen_at',
    ]);
  });

  test('columns of two tables take two roads', async () => {
    const { plan } = await rails(['remove_column :users, :nick, :string', 'remove_column :orders, :note, :string']);
    expect(plan?.roads.map(({ subject }) => subject)).toEqual(['`users.nick` goes', '`orders.note` goes']);
  });
});

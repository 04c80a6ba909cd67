/** Where no database is known, what does not depend on it is printed in the words of the framework, and read back without one. */
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { defaultConfiguration } from '../../src/operations/configuration.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { renderPlanPage } from '../../src/render/plan.ts';
import type { Report } from '../../src/report.ts';
import { review } from '../../src/review/review.ts';
import { change } from '../review/builders.ts';
import { frames, numbered, type Frame, type FrameFile } from '../writers/frames.ts';

/** A framework, the tables that are there, and calls with the titles of the phases that they take. */
type Ground = { frame: Frame; tables: string[]; around: (call: string) => string[]; roads: Record<string, string[]> };

const dropped = ['No release names `name`', 'Drop `name`'];
const required = ['No release writes NULL into `nick`', 'Fill `nick` in the rows that have none', 'Require `nick`'];
const added = ['Add `users.state` empty', 'Fill `state` in the rows that have none', 'Require `state`'];
const unique = ['Close the source of duplicates, and merge those that are there', 'Make `nick` unique'];

const grounds: Record<string, Ground> = {
  rails: {
    frame: frame('rails'),
    tables: [
      'def change',
      '  create_table :teams',
      '  create_table :users do |t|',
      '    t.string :name, null: false',
      '    t.string :nick, limit: 40',
      '    t.integer :age',
      '    t.bigint :team_id',
      '    t.index :age',
      '  end',
      'end',
    ],
    around: (call) => ['def change', `  ${call}`, 'end'],
    roads: {
      'remove_column :users, :name, :string': dropped,
      'change_column_null :users, :nick, false': required,
      'add_column :users, :state, :string, null: false': added,
      'add_index :users, :nick, unique: true': unique,
      'add_foreign_key :users, :teams': [
        'No release writes rows that point nowhere',
        'Mend the rows that point nowhere',
        'Add `fk_rails_b2bbf87303`',
      ],
      'rename_column :users, :age, :years': [
        'Add `users.years` beside `age`',
        'Fill `years` in the rows that have none',
        'Build for `years` what finds `age`',
        'Read `years`',
        'No release names `age`',
        'Drop `age`',
      ],
    },
  },
  alembic: {
    frame: withoutDialect(frame('alembic')),
    tables: [
      'def upgrade():',
      "    op.create_table('users', sa.Column('name', sa.String(20), nullable=False), sa.Column('nick', sa.String(40)))",
    ],
    around: (call) => ['def upgrade():', `    ${call}`],
    roads: {
      "op.drop_column('users', 'name')": dropped,
      "op.create_index('users_nick', 'users', ['nick'], unique=True)": unique,
    },
  },
};

describe.each(Object.entries(grounds))('%s', (_framework, ground) => {
  test.each(Object.entries(ground.roads))('%s', async (call, titles) => {
    const first = numbered(ground.frame, ground.tables, 1);
    const report = await reviewAfter([first], numbered(ground.frame, ground.around(call), 2));
    expect(report.migrations.map(({ database }) => database)).toEqual(['unknown']);
    expect(report.plan?.roads[0]?.phases.map(({ title }) => title)).toEqual(titles);
    await reviewEach(first, ground.frame, report.plan);
  });
});

/** No statement of SQL but a value is in it: one would be opaque without its database. */
async function reviewEach(first: FrameFile, frame: Frame, plan: Plan | undefined): Promise<void> {
  const earlier = [first];
  for (const { text } of plan?.roads[0]?.phases.flatMap(({ migrations }) => migrations) ?? []) {
    const next = numbered(frame, text.split('\n'), earlier.length + 1);
    const report = await reviewAfter(earlier, next);
    expect(report.opaque, text).toEqual([]);
    expect(report.findings, text).toEqual([]);
    earlier.push(next);
  }
}

function reviewAfter(earlier: readonly FrameFile[], file: FrameFile): Promise<Report> {
  const history = Object.fromEntries(earlier.map(({ path, text }) => [path, text]));
  const parts = { history, basePaths: Object.keys(history), configuration: defaultConfiguration };
  return review(change({ [file.path]: file.text, 'tests/test_change.py': '' }, parts), rules);
}

function frame(framework: string): Frame {
  const found = frames[framework];
  if (!found) throw new Error(`no frame for ${framework}`);
  return found;
}

/** Alembic's template imports no dialect by itself. */
function withoutDialect({ around, ...more }: Frame): Frame {
  return { ...more, around: (body) => around(body).replace('from sqlalchemy.dialects import postgresql\n', '') };
}

test('the plan says that its migrations are for no database in particular', async () => {
  const ground = grounds['rails'];
  if (!ground) throw new Error('no ground for rails');
  const first = numbered(ground.frame, ground.tables, 1);
  const call = numbered(ground.frame, ground.around('remove_column :users, :name, :string'), 2);
  const { plan } = await reviewAfter([first], call);
  const said = 'Nothing names the database';
  expect(plan?.isForUnknown).toBe(true);
  expect(renderPlanPage(plan, 'markdown').split(said)).toHaveLength(2);
  const known = await review(
    change({ [call.path]: call.text }, { history: { [first.path]: first.text }, basePaths: [first.path] }),
    rules,
  );
  expect(renderPlanPage(known.plan, 'markdown')).not.toContain(said);
});

test('where rows are filled in one statement, the phase says so', async () => {
  const ground = grounds['alembic'];
  if (!ground) throw new Error('no ground for alembic');
  const first = numbered(ground.frame, ground.tables, 1);
  const call = numbered(ground.frame, ground.around("op.alter_column('users', 'nick', nullable=False)"), 2);
  const { plan } = await reviewAfter([first], call);
  const [, fill, must] = plan?.roads[0]?.phases ?? [];
  expect(fill?.note).toContain('All rows in one statement');
  expect(fill?.migrations[0]?.text).toContain("UPDATE users SET nick = '' WHERE nick IS NULL;");
  expect(must?.migrations[0]?.text).toContain(
    "op.alter_column('users', 'nick', existing_type=sa.String(length=40), nullable=False)".replaceAll("'", '"'),
  );
});

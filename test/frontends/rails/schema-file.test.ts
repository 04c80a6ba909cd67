import { expect, test } from 'vitest';
import { findSchemaFile } from '../../../src/frontends/index.ts';
import { rules } from '../../../rules/index.ts';
import { review } from '../../../src/review/review.ts';
import { added, change, modified } from '../../review/builders.ts';

const migration = 'db/migrate/20260101000000_require_grade.rb';

test.each([
  [migration, 'db/schema.rb'],
  ['db/animals_migrate/20260101000000_x.rb', 'db/animals_structure.sql'],
  ['db/post_migrate/20260101000000_x.rb', 'db/schema.rb'],
  ['engines/a/db/migrate/20260101000000_x.rb', 'db/schema.rb'],
  ['app/tasks/maintenance/x_task.rb', 'db/schema.rb'],
  ['migrations/V1__a.sql', undefined],
])('the schema before %s is that of %s', (path, file) => {
  expect(findSchemaFile(path, new Set(['db/schema.rb', 'db/animals_structure.sql']))).toBe(file);
});

const schema = (type: string) =>
  `ActiveRecord::Schema[7.1].define(version: 1) do\n  create_table "sailors", force: :cascade do |t|\n    t.${type} "age"\n  end\nend\n`;

test.each([
  ['db/schema.rb', schema('integer'), true],
  ['db/schema.rb', schema('bigint'), false],
  ['db/structure.sql', 'CREATE TABLE public.sailors (age integer);', true],
  ['db/structure.sql', 'CREATE TABLE public.sailors (age bigint);', false],
])('what %s says decides what a change of a type costs', async (path, text, rewrites) => {
  const body =
    'class A < ActiveRecord::Migration[7.1]\n  def change\n    change_column :sailors, :age, :bigint\n  end\nend\n';
  const files = [added(migration, body), modified(path, text, `${text}\n`)];
  const report = await review(change(files, { basePaths: [path], history: { [path]: text } }), rules);
  expect(report.migrations.map((each) => each.path)).toEqual([migration]);
  expect(report.findings.some(({ rule }) => rule === 'column-type-change')).toBe(rewrites);
});

/** How a migration keeps to itself: tables said in it, in the words of its framework. */
import type { Migration } from '../../src/operations/migration.ts';
import { fence } from '../../src/writers/fence.ts';

/** What to write in place of a model or function of the application. */
export function ownModel({ framework }: Migration, name: string): string {
  const write = Object.hasOwn(writers, framework) ? writers[framework] : undefined;
  return (
    write?.(name) ??
    'Write it as SQL in the migration, or copy the few lines that are needed into it: what stands there does not change any more.'
  );
}

const writers: Record<string, (name: string) => string> = {
  rails: (name) => {
    const model = /^[A-Z]\w*(::[A-Z]\w*)*$/.test(name) ? (name.split('::').at(-1) ?? name) : 'Model';
    return `Say the model in the migration, with nothing but what is needed here (the table by name, no single-table inheritance), or write SQL with \`execute\`. What a method or callback does is copied as well:\n\n${fence(
      'ruby',
      [
        `class ${model} < ActiveRecord::Base`,
        '  self.table_name = "..." # the table as it is called now',
        '  self.inheritance_column = nil',
        'end',
      ],
    )}`;
  },
  django: (name) => {
    const parts = name.split('.');
    const model = parts.at(-1) ?? name;
    if (!/^[A-Z]\w*$/.test(model))
      return 'Copy the function into the migration, and take models from `apps.get_model`: then it does what it did when it was written.';
    const models = parts.indexOf('models');
    const app = (models > 0 ? parts[models - 1] : undefined) ?? '...';
    return `Take the model as it is at this migration:\n\n${fence('python', [
      'def forwards(apps, schema_editor):',
      `    ${model} = apps.get_model("${app}", "${model}")`,
    ])}\n\nIts own methods and \`save()\` are not there: copy what is needed. Name the app's migration under \`dependencies\`.`;
  },
  alembic: () =>
    `Say the table in the migration, with the columns that are needed here, and copy what a function does:\n\n${fence(
      'python',
      [
        'rows = sa.table("...", sa.column("id"), sa.column("..."))',
        'op.get_bind().execute(rows.update().where(...).values(...))',
      ],
    )}`,
};

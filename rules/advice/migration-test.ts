/** The skeleton of a test that runs one migration on rows of the old shape, in the test framework at hand. */
import type { Migration } from '../../src/operations/migration.ts';
import { fence } from '../../src/writers/fence.ts';

/** A fence to begin with; undefined for frameworks whose migrations are tried otherwise. */
export function migrationTest({ framework, path, parents, revision }: Migration): string | undefined {
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const name = /^[\w.-]+$/.test(file) ? file : 'the_migration';
  if (framework === 'rails') return fence('ruby', railsTest(path, name));
  if (framework === 'django') return fence('python', djangoTest(path, name));
  return framework === 'alembic'
    ? fence('python', alembicTest(plain(revision) ?? name, plain(parents?.[0]) ?? 'base'))
    : undefined;
}

function plain(revision: string | undefined): string | undefined {
  return revision !== undefined && /^[\w.-]+$/.test(revision) ? revision : undefined;
}

function railsTest(path: string, name: string): string[] {
  const type = name
    .replace(/^\d+_/, '')
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return [
    'require "rails_helper"',
    `require Rails.root.join(${JSON.stringify(path)})`,
    '',
    `RSpec.describe ${type} do`,
    '  it "rewrites rows of the old shape" do',
    '    # rows as the release that runs now writes them, also the odd ones: insert them by SQL',
    '    described_class.migrate(:up)',
    '    # expect what the new release reads',
    '  end',
    'end',
  ];
}

/** Django has no helper for it; the executor is what `migrate` itself uses. */
function djangoTest(path: string, name: string): string[] {
  const folders = path.split('/');
  const label = folders.at(-3) ?? 'app';
  return [
    'import pytest',
    'from django.db import connection',
    'from django.db.migrations.executor import MigrationExecutor',
    '',
    '',
    '@pytest.mark.django_db(transaction=True)',
    'def test_rows_of_the_old_shape():',
    '    executor = MigrationExecutor(connection)',
    `    own = (${JSON.stringify(label)}, ${JSON.stringify(name)})`,
    '    before = [parent.key for parent in executor.loader.graph.node_map[own].parents]',
    '    executor.migrate(before)',
    '    old = executor.loader.project_state(before).apps',
    '    # rows as the release that runs now writes them, also the odd ones: old.get_model(...).objects.create(...)',
    '    executor.loader.build_graph()',
    '    executor.migrate([own])',
    '    # assert what the new release reads',
  ];
}

function alembicTest(revision: string, parent: string): string[] {
  return [
    'from alembic import command',
    '',
    '',
    'def test_rows_of_the_old_shape(alembic_config, connection):',
    `    command.upgrade(alembic_config, ${JSON.stringify(parent)})`,
    '    # rows as the release that runs now writes them, also the odd ones: connection.execute(...)',
    `    command.upgrade(alembic_config, ${JSON.stringify(revision)})`,
    '    # assert what the new release reads',
  ];
}

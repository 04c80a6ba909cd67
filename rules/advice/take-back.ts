/** How a migration is taken back, in the words of its framework. */
import type { Migration } from '../../src/operations/migration.ts';
import { fence } from '../../src/writers/fence.ts';
import { shellWord } from './shell-word.ts';

/** What to run while the file is still there, as a fence; undefined where the migration has no down direction, or no command takes one back. */
export function takeBackFence(migration: Migration): string | undefined {
  const { framework, down } = migration;
  if (down.kind !== 'written' && down.kind !== 'derived') return undefined;
  const command = Object.hasOwn(commands, framework) ? commands[framework]?.(migration) : undefined;
  return command === undefined ? undefined : fence('sh', [command]);
}

const commands: Record<string, (migration: Migration) => string> = {
  rails: ({ version, path }) =>
    `bin/rails ${/\/data(_\w+)?\//.test(path) ? 'data:migrate:down' : 'db:migrate:down'} VERSION=${word(version)}`,
  alembic: ({ parents }) => `alembic downgrade ${parents?.[0] === undefined ? 'base' : word(parents[0])}`,
  django: ({ path, parents }) =>
    `python manage.py migrate ${word(path.split('/').at(-3))} ${word(parents?.[0] ?? 'zero')}`,
  goose: () => 'goose down',
  'golang-migrate': () => 'migrate down 1',
  dbmate: () => 'dbmate rollback',
  diesel: () => 'diesel migration revert',
  sqlx: () => 'sqlx migrate revert',
  flyway: ({ version }) => `flyway undo -target=${word(version)}`,
  knex: ({ path }) => `knex migrate:down ${word(path.split('/').at(-1))}`,
  sequelize: ({ path }) => `sequelize db:migrate:undo --name ${word(path.split('/').at(-1))}`,
  typeorm: () => 'typeorm migration:revert',
  'node-pg-migrate': () => 'node-pg-migrate down',
  'db-migrate': () => 'db-migrate down',
};

/** Where a migration does not say it, there is a gap to fill. */
function word(text = '...'): string {
  return shellWord(text);
}

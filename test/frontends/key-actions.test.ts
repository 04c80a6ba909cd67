/** What a foreign key does at an UPDATE, and when it is checked, is known from every framework that can say so, and is printed again. */
import { expect, test } from 'vitest';
import { readMigration } from '../../src/frontends/read-migration.ts';
import { readPostgres } from '../../src/frontends/sql/postgres/read-postgres.ts';
import { wholeFile } from '../../src/frontends/sql/text.ts';
import type { Database, Migration } from '../../src/operations/migration.ts';
import type { Constraint } from '../../src/operations/column.ts';
import { stepSql } from '../../src/writers/sql.ts';
import { alembic, knex, kysely, pgMigrate, rails, sequelize, typeorm } from './key-actions.ts';

const whole = 'ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE';

const cases: [framework: string, database: Database, path: string, text: string, printed: string][] = [
  [
    'dbmate',
    'postgres',
    'db/migrations/1_key.sql',
    sql('MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL (user_id) DEFERRABLE'),
    'MATCH FULL ON DELETE SET NULL (user_id) ON UPDATE CASCADE DEFERRABLE',
  ],
  [
    'dbmate',
    'mysql',
    'db/migrations/1_key.sql',
    sql('ON UPDATE CASCADE ON DELETE RESTRICT'),
    'ON DELETE RESTRICT ON UPDATE CASCADE',
  ],
  [
    'dbmate',
    'sqlserver',
    'db/migrations/1_key.sql',
    sql('ON UPDATE CASCADE ON DELETE NO ACTION'),
    'ON DELETE NO ACTION ON UPDATE CASCADE',
  ],
  ['rails', 'postgres', 'db/migrate/20260101000000_key.rb', rails, whole],
  ['alembic', 'postgres', 'migrations/versions/a1_key.py', alembic, `MATCH FULL ${whole}`],
  ['knex', 'postgres', 'migrations/20260101000000_key.js', knex, whole],
  ['typeorm', 'postgres', 'migrations/1700000000000-key.ts', typeorm, whole],
  ['sequelize', 'postgres', 'migrations/20260101000000-key.js', sequelize, whole],
  ['kysely', 'postgres', 'migrations/2026-01-01-key.ts', kysely, whole],
  ['node-pg-migrate', 'postgres', 'migrations/1700000000000_key.js', pgMigrate, `MATCH FULL ${whole}`],
];

test.each(cases)('%s on %s', async (framework, database, path, text, printed) => {
  expect(`${await keyOf(framework, database, path, text)}`.endsWith(` ${printed};`)).toBe(true);
});

test('a unique constraint that is checked late is one again over its index', () => {
  const text = 'ALTER TABLE t ADD CONSTRAINT u UNIQUE (a) DEFERRABLE INITIALLY DEFERRED;';
  const [added] = readPostgres(wholeFile('migration.sql', text)).operations;
  if (added?.kind !== 'addConstraint' || added.constraint.kind !== 'unique') throw new Error('no unique constraint');
  const step = { kind: 'addConstraint' as const, table: 't', constraint: { ...added.constraint, usingIndex: 'u' } };
  expect(stepSql(step, 'postgres')).toBe(
    'ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX u DEFERRABLE INITIALLY DEFERRED;',
  );
});

test('it is read as such from Alembic', async () => {
  const text = alembic.replace(
    /op\.create_foreign_key.*/,
    'op.create_unique_constraint("u", "t", ["a"], initially="DEFERRED", deferrable=True)',
  );
  const { up } = await readOne('alembic', 'postgres', 'migrations/versions/a1_key.py', text);
  expect(up).toMatchObject([{ kind: 'addConstraint', constraint: { deferrable: true, initiallyDeferred: true } }]);
});

function sql(words: string): string {
  return `-- migrate:up\nALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (user_id) REFERENCES users (id) ${words};\n\n-- migrate:down\n`;
}

function readOne(framework: string, database: Database, path: string, text: string): Promise<Migration> {
  return readMigration({
    framework,
    path,
    status: 'added',
    database,
    files: { up: { path, text } },
    paths: [],
    texts: {},
  });
}

async function keyOf(framework: string, database: Database, path: string, text: string): Promise<string | undefined> {
  const { up } = await readOne(framework, database, path, text);
  const keys = up.flatMap((each): Constraint[] =>
    each.kind === 'addConstraint' ? [each.constraint] : each.kind === 'addColumn' ? each.column.constraints : [],
  );
  const [constraint] = keys.filter(({ kind }) => kind === 'foreignKey');
  return constraint && stepSql({ kind: 'addConstraint', table: 'orders', constraint }, database);
}

/** What the author notes of a column, its collation and its place go with it into what is printed. */
import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/operations/migration.ts';
import type { Step } from '../../src/writers/step.ts';
import { replaceColumn } from '../../src/writers/replace-column.ts';
import { requireFilled } from '../../src/writers/require-column.ts';
import { configuration, reviewed } from '../review/builders.ts';
import { printed } from './read-back.ts';

const type = { name: 'varchar', arguments: [20] };
const noted = { name: 'nick', type, nullable: true, comment: "'the owner''s'", constraints: [] };
const table = 'shop_user';
const add: Step = { kind: 'addColumn', table, column: noted };
const sent = "COMMENT ON COLUMN shop_user.nick IS 'the owner''s';";

describe.each<[string, string, Database]>([
  ['rails', 'comment: "the owner\'s"', 'postgres'],
  ['django', 'db_comment="the owner\'s"', 'postgres'],
  ['alembic', 'comment="the owner\'s"', 'postgres'],
  ['knex', '.comment("the owner\'s")', 'postgres'],
  ['sequelize', 'comment: "the owner\'s"', 'mysql'],
  ['node-pg-migrate', 'comment: "the owner\'s"', 'postgres'],
  ['typeorm', sent, 'postgres'],
  ['kysely', sent, 'postgres'],
  ['db-migrate', sent, 'postgres'],
  ['golang-migrate', sent, 'postgres'],
  ['typeorm', "COMMENT 'the owner''s'", 'mysql'],
])('%s', (framework, said, database) => {
  test(`says ${said} on ${database}`, () => {
    expect(printed(framework, [add], database)).toContain(said);
  });
});

test('the new column beside an old one has its note, also where it is required', () => {
  const server = { database: 'mysql', databaseVersion: '8.0' } as const;
  const held = { constraints: [], indexes: [] };
  const was = { ...noted, nullable: false };
  const replaced = { table: 'users', column: 'nick', to: 'nick_new', type, value: 'nick', was, held };
  const { add: first, require } = replaceColumn(server, replaced);
  expect(printed('typeorm', first.steps, 'mysql')).toContain("COMMENT 'the owner''s'");
  expect(printed('typeorm', require[0]?.steps ?? [], 'mysql')).toContain("NOT NULL COMMENT 'the owner''s'");
});

test('a column that is required keeps its note and what every UPDATE puts into it', () => {
  const was = { ...noted, type: { name: 'datetime', arguments: [] }, onUpdate: 'CURRENT_TIMESTAMP' };
  const drafts = requireFilled({ database: 'mysql' }, 'users', 'nick', was) ?? [];
  expect(printed('typeorm', drafts[0]?.steps ?? [], 'mysql')).toContain(
    "NOT NULL ON UPDATE CURRENT_TIMESTAMP COMMENT 'the owner''s'",
  );
});

test('a column stands where its author puts it, and compares as its author says', () => {
  const placed: Step = {
    ...add,
    column: { ...noted, type: { ...type, collation: 'utf8mb4_bin' }, position: { after: 'id' } },
  };
  expect(printed('typeorm', [placed], 'mysql')).toContain(
    "varchar(20) COLLATE utf8mb4_bin COMMENT 'the owner''s' AFTER `id`",
  );
  const collated: Step = { ...add, column: { ...noted, type: { ...type, collation: 'C' } } };
  expect(printed('rails', [collated])).toContain('collation: "C"');
  expect(printed('golang-migrate', [collated])).toContain('varchar(20) COLLATE "C"');
});

test('an advice says what the author noted in a statement of its own', async () => {
  const report = await reviewed(
    { 'migrations/000002_nick.up.sql': "ALTER TABLE users MODIFY nick varchar(20) NOT NULL COMMENT 'shown';" },
    {
      configuration: configuration({ database: 'mysql', version: '8.0' }),
      history: {
        'migrations/000001_users.up.sql': "CREATE TABLE users (id int PRIMARY KEY, nick varchar(20) COMMENT 'shown');",
      },
      basePaths: ['migrations/000001_users.up.sql'],
    },
  );
  const advice = report.findings.find(({ rule }) => rule === 'set-not-null')?.advice ?? '';
  expect(advice).toContain("NOT NULL COMMENT 'shown';");
});

/** What is said of a change as a whole: each cause by one rule, and nothing where there is nothing to lose. */
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { review } from '../../src/review/review.ts';
import { changeOf } from '../pages.ts';

type Case = [title: string, database: string, sql: string[], said: string[]];

const cases: Case[] = [
  [
    'rows whose deferred key waits, and an index on their table',
    'postgres',
    [
      'CREATE TABLE t (a int REFERENCES p DEFERRABLE INITIALLY DEFERRED)',
      'INSERT INTO t VALUES (1)',
      'CREATE INDEX i ON t (a)',
    ],
    ['pending-trigger-events'],
  ],
  [
    'a view that another one needs',
    'postgres',
    ['CREATE VIEW v AS SELECT a FROM t', 'CREATE VIEW w AS SELECT a FROM v', 'DROP VIEW v'],
    ['needed-by-view'],
  ],
  ['a function of a trigger that goes', 'postgres', ['DROP TRIGGER g ON t', 'DROP FUNCTION f'], ['dropped-trigger']],
  ['several views', 'postgres', ['DROP VIEW v', 'DROP VIEW w'], ['drop-object']],
  [
    'a unique column with a default that is a constant',
    'postgres',
    ["ALTER TABLE t ADD COLUMN c text DEFAULT 'x' UNIQUE"],
    ['unique-column-with-default'],
  ],
  [
    'a unique index on a column of one value',
    'postgres',
    ["ALTER TABLE t ADD COLUMN c text DEFAULT 'x'", 'CREATE UNIQUE INDEX i ON t (c)'],
    ['unique-column-with-default'],
  ],
  [
    'a unique constraint on a column that a function of the project fills',
    'postgres',
    ['ALTER TABLE t ADD COLUMN c text DEFAULT next_code()', 'ALTER TABLE t ADD CONSTRAINT u UNIQUE (c)'],
    ['added-unique-constraint', 'volatile-default'],
  ],
  [
    'a primary key on a column of one value',
    'postgres',
    ['ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 1', 'ALTER TABLE t ADD PRIMARY KEY (c)'],
    ['unique-column-with-default'],
  ],
  [
    'a column of one value that is filled before it becomes unique',
    'mysql',
    [
      "ALTER TABLE t ADD COLUMN c char(36) DEFAULT ''",
      "UPDATE t SET c = uuid() WHERE c = ''",
      'ALTER TABLE t ADD UNIQUE (c)',
    ],
    ['backfill-raced-by-writers', 'mixed-schema-and-data'],
  ],
  [
    'a column that comes, is filled and is required in one deploy',
    'postgres',
    ['ALTER TABLE t ADD COLUMN c text', "UPDATE t SET c = 'x' WHERE c IS NULL", 'ALTER TABLE t ALTER c SET NOT NULL'],
    ['backfill-raced-by-writers', 'mixed-schema-and-data'],
  ],
  [
    'a column that comes, is filled and becomes unique in one deploy',
    'postgres',
    ["ALTER TABLE t ADD COLUMN c text DEFAULT ''", 'UPDATE t SET c = md5(id::text)', 'ALTER TABLE t ADD UNIQUE (c)'],
    ['backfill-raced-by-writers', 'mixed-schema-and-data'],
  ],
  [
    'a required unique column that MySQL fills',
    'mysql',
    ['ALTER TABLE t ADD COLUMN c varchar(9) NOT NULL UNIQUE'],
    ['unique-column-with-default'],
  ],
  [
    'a required column with a check and no default',
    'postgres',
    ['ALTER TABLE t ADD COLUMN c int NOT NULL CHECK (c > 0)'],
    ['required-column-without-default'],
  ],
  [
    'a column whose type is said anew with a new name',
    'mysql',
    ['ALTER TABLE t CHANGE a b varchar(40) NOT NULL'],
    ['rename-column'],
  ],
  ['a column that is said anew whole', 'mysql', ['ALTER TABLE t MODIFY a bigint NOT NULL'], ['column-type-change']],
  [
    'the whole table filled after its column was added',
    'postgres',
    ['ALTER TABLE t ADD COLUMN c text', "UPDATE t SET c = 'x'"],
    ['mixed-schema-and-data'],
  ],
  [
    'engine and row format in one statement',
    'mysql',
    ['ALTER TABLE t ENGINE=InnoDB, ROW_FORMAT=DYNAMIC'],
    ['rebuild-table'],
  ],
  [
    'a few rows written out beside a schema change',
    'postgres',
    ['ALTER TABLE t ADD COLUMN c text', "INSERT INTO settings VALUES ('c', 'on')"],
    [],
  ],
  [
    'a few rows written out where nothing can be rolled back',
    'mysql',
    ['ALTER TABLE t ADD COLUMN c text', "INSERT INTO settings VALUES ('c', 'on')"],
    ['mixed-schema-and-data'],
  ],
  [
    'a clause that the server refuses',
    'mysql\nversion: 8.4',
    ['ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES users (id), ALGORITHM=INPLACE'],
    ['invalid-online-clause'],
  ],
  [
    'several reasons to write a table anew, in one statement',
    'mysql\nversion: 8.4',
    ['ALTER TABLE t ADD COLUMN c int, ADD INDEX (a), ENGINE=InnoDB, ROW_FORMAT=DYNAMIC'],
    ['rebuild-table'],
  ],
  [
    'a copy for a type that writes the table anew in any case',
    'mysql\nversion: 8.4',
    ['ALTER TABLE t MODIFY a bigint, ADD COLUMN c int, ADD INDEX (a)'],
    ['column-type-change'],
  ],
];

test.each(cases)('%s', async (_, database, sql, said) => {
  expect(await rulesOn(database, [sql])).toEqual(said);
});

test('nothing is said of a table that an earlier migration of the change made', async () => {
  const create = ['CREATE TABLE t (id bigint, a int, email text)', 'CREATE INDEX i ON t (a)'];
  const rest = [
    "ALTER TABLE t ADD COLUMN c text DEFAULT 'x' UNIQUE",
    "ALTER TABLE t ADD COLUMN d text DEFAULT 'x'",
    'CREATE UNIQUE INDEX j ON t (d)',
    'ALTER TABLE t ALTER COLUMN a TYPE bigint',
    'ALTER TABLE t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES users (id)',
    'REINDEX TABLE t',
    'UPDATE t SET a = 1',
    'DELETE FROM t',
    'DROP INDEX i',
    'ALTER TABLE t RENAME TO u',
    'ALTER TABLE u ADD COLUMN e int',
    'UPDATE u SET e = 1 WHERE a = 1',
  ];
  expect(await rulesOn('postgres', [create, rest])).toEqual([]);
});

test('a few rows are less than many where nothing can be rolled back', async () => {
  const add = 'ALTER TABLE t ADD COLUMN c text';
  expect(await severitiesOn('mysql', [[add, 'INSERT INTO s VALUES (1)']])).toEqual(['warning']);
  expect(await severitiesOn('mysql', [[add, 'INSERT INTO s SELECT a FROM t WHERE b = 1']])).toEqual(['error']);
});

async function rulesOn(database: string, migrations: string[][]): Promise<string[]> {
  return (await findingsOn(database, migrations)).map((finding) => finding.rule).toSorted();
}

async function severitiesOn(database: string, migrations: string[][]): Promise<string[]> {
  return (await findingsOn(database, migrations)).map((finding) => finding.severity);
}

async function findingsOn(database: string, migrations: string[][]) {
  const files = migrations.map((statements, index) => ({
    path: `db/migration/V${index + 2}__change.sql`,
    text: `${statements.join(';\n')};\n`,
    state: 'after' as const,
  }));
  const settings = { path: '.github/plimsoll.yml', text: `database: ${database}\n`, state: 'before' as const };
  return (await review(changeOf([settings, ...files]), rules)).findings;
}

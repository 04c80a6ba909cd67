import { expect, test } from 'vitest';
import type { Change, ChangedFile } from '../../src/operations/change.ts';
import { added, modified, outline, reviewed } from './builders.ts';

const schemaPath = 'prisma/schema.prisma';
const path = 'prisma/migrations/20250102000000_b/migration.sql';
const earlierPath = 'prisma/migrations/20250101000000_a/migration.sql';

function schema(models: string, provider = 'postgresql'): string {
  return `datasource db {\n  provider = "${provider}"\n}\n${models}`;
}

/** A base branch of these files. */
function base(history: Record<string, string>): Partial<Change> {
  return { history, basePaths: Object.keys(history), projectTexts: history };
}

const users = 'model User {\n  id Int @id\n  name String @db.VarChar(100)\n  note String?\n  @@map("users")\n}\n';

/** What is said of the SQL where the base branch has this schema, and these migrations beside it. */
async function said(sql: string, models: string, earlier: Record<string, string> = {}): Promise<string[]> {
  return rulesOf(await reviewed({ [path]: sql }, base({ [schemaPath]: schema(models), ...earlier })));
}

function rulesOf(report: Parameters<typeof outline>[0]): string[] {
  const beside = ['stale-schema-file', 'missing-lock-timeout', 'missing-timeout'];
  return report.findings.map(({ rule }) => rule).filter((rule) => !beside.includes(rule));
}

const longer = 'ALTER TABLE "users" ALTER COLUMN "name" TYPE varchar(200);\n';

test('the first migration of a project without history finds the old type of a column', async () => {
  expect(await said(longer, users)).not.toContain('column-type-change');
  expect(await said(longer, '')).toContain('column-type-change');
  expect(await said('ALTER TABLE "users" ALTER COLUMN "name" TYPE varchar(20);\n', users)).toContain(
    'column-type-change',
  );
});

test('a foreign key finds the type of the key that it points to', async () => {
  const sql =
    'CREATE TABLE "posts" ("id" int PRIMARY KEY, "user_id" text, CONSTRAINT f FOREIGN KEY ("user_id") REFERENCES "users" ("id"));\n';
  expect(await said(sql, users)).toContain('foreign-key-type');
  expect(await said(sql, '')).not.toContain('foreign-key-type');
});

test('a table that is stated is not new', async () => {
  expect(await said('CREATE INDEX "n" ON "users" ("name");\n', users)).toContain('blocking-index-build');
});

test('a migration that makes all that is stated finds none of it there', async () => {
  const sql =
    'CREATE TABLE "users" ("id" int PRIMARY KEY, "name" varchar(100));\nCREATE INDEX "n" ON "users" ("name");\n';
  expect(await said(sql, users)).toEqual([]);
});

test('a schema that is ahead of its migrations is no reason to call a column or a table taken', async () => {
  const earlier = { [earlierPath]: 'CREATE TABLE "users" ("id" int PRIMARY KEY, "name" varchar(100));\n' };
  expect(await said('ALTER TABLE "users" ADD COLUMN "note" text;\n', users, earlier)).not.toContain(
    'name-already-taken',
  );
  expect(await said('ALTER TABLE "users" RENAME COLUMN "name" TO "note";\n', users, earlier)).not.toContain(
    'name-not-there',
  );
  const renamed = users.replace('"users"', '"people"');
  expect(await said('ALTER TABLE "users" RENAME TO "people";\n', renamed, earlier)).not.toContain('name-already-taken');
});

test('a column that is stated as the change leaves it is not known before it', async () => {
  const sql = 'ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;\n';
  expect(await said(sql, users)).toEqual(await said(sql, ''));
  expect(await said(sql, users)).toContain('set-not-null');
  const type = 'ALTER TABLE "users" ALTER COLUMN "name" TYPE varchar(100);\n';
  expect(await said(type, users)).toEqual(await said(type, ''));
});

test('what the change drops before it makes it anew was there', async () => {
  const sql = 'DROP TABLE "users";\nCREATE TABLE "users" ("id" int PRIMARY KEY);\n';
  expect(await said(sql, users)).toContain('drop-table');
  const again = 'ALTER TABLE "users" DROP COLUMN "name";\nALTER TABLE "users" ADD COLUMN "name" text;\n';
  expect(await said(again, users)).toEqual(await said(again, users, { [earlierPath]: 'SELECT 1;\n' }));
});

test('nothing is called missing because a schema does not state it', async () => {
  expect(await said('ALTER TABLE "users" DROP COLUMN "age";\n', users)).not.toContain('name-not-there');
  const earlier = { [earlierPath]: 'CREATE TABLE "users" ("id" int PRIMARY KEY);\n' };
  const sql = 'ALTER TABLE "users" ALTER COLUMN "name" DROP NOT NULL;\n';
  expect(await said(sql, users, earlier)).not.toContain('name-not-there');
  expect(await said(sql, '', earlier)).toContain('name-not-there');
});

test('where the history speaks it is believed', async () => {
  const earlier = { [earlierPath]: 'CREATE TABLE "users" ("id" int PRIMARY KEY, "name" varchar(10), "note" text);\n' };
  const sql = 'ALTER TABLE "users" ALTER COLUMN "name" TYPE varchar(50);\n';
  expect(await said(sql, users, earlier)).not.toContain('column-type-change');
  expect(await said(sql, users)).toContain('column-type-change');
});

test('the schema of the change itself is not the state before it', async () => {
  const files: ChangedFile[] = [
    added(path, 'ALTER TABLE "users" ALTER COLUMN "name" TYPE varchar(200);\n'),
    modified(schemaPath, schema(users), schema(users.replace('100', '200'))),
  ];
  const back: ChangedFile[] = [
    added(path, 'ALTER TABLE "users" ALTER COLUMN "name" TYPE varchar(100);\n'),
    modified(schemaPath, schema(users.replace('100', '200')), schema(users)),
  ];
  const parts = { basePaths: [schemaPath], projectTexts: {}, history: {} };
  expect(rulesOf(await reviewed(files, parts))).not.toContain('column-type-change');
  expect(rulesOf(await reviewed(back, parts))).toContain('column-type-change');
});

test('where the change edits a migration that stands, the schema states what is behind it', async () => {
  const files = [modified(earlierPath, longer, longer.replace('200', '300')), added(path, longer)];
  const parts = { basePaths: [schemaPath, earlierPath], history: { [schemaPath]: schema(users) } };
  expect(rulesOf(await reviewed(files, parts))).toContain('column-type-change');
});

test('a schema of several files is one', async () => {
  const history = { [schemaPath]: schema(''), 'prisma/models/user.prisma': users };
  expect(rulesOf(await reviewed({ [path]: longer }, base(history)))).not.toContain('column-type-change');
});

function snapshot(type: string, ...more: string[]): string {
  const column = (name: string, of: string) => [name, { name, type: of, primaryKey: false, notNull: false }];
  const columns = Object.fromEntries([
    column('id', 'integer'),
    column('name', type),
    ...more.map((name) => column(name, 'text')),
  ]);
  const tables = { 'public.users': { name: 'users', schema: '', columns } };
  return JSON.stringify({ version: '7', dialect: 'postgresql', tables });
}

const journal = { 'drizzle/meta/_journal.json': '{"dialect":"postgresql","entries":[]}' };

test('a history that Drizzle has pulled is known from its snapshot', async () => {
  const pulled = '-- uncomment it\n/*\nCREATE TABLE "users" ("id" integer, "name" varchar(100));\n*/\n';
  const history = { 'drizzle/0000_pulled.sql': pulled, ...journal };
  const files = { 'drizzle/0001_x.sql': longer };
  const known = { ...history, 'drizzle/meta/0000_snapshot.json': snapshot('varchar(100)') };
  expect(rulesOf(await reviewed(files, base(known)))).not.toContain('column-type-change');
  expect(rulesOf(await reviewed(files, base(history)))).toContain('column-type-change');
});

test('migrations behind the newest snapshot change what it states', async () => {
  const history = {
    ...journal,
    'drizzle/meta/0000_snapshot.json': snapshot('varchar(20)', 'gone'),
    'drizzle/0001_longer.sql': 'ALTER TABLE "users" ALTER COLUMN "name" TYPE varchar(150);\n',
  };
  const shorter = 'ALTER TABLE "users" ALTER COLUMN "name" TYPE varchar(100);\n';
  expect(rulesOf(await reviewed({ 'drizzle/0002_x.sql': shorter }, base(history)))).toContain('column-type-change');
  expect(rulesOf(await reviewed({ 'drizzle/0002_x.sql': longer }, base(history)))).not.toContain('column-type-change');
});

test('a schema or snapshot that cannot be read changes nothing', async () => {
  const files = { 'drizzle/0001_x.sql': longer };
  const broken = { ...journal, 'drizzle/meta/0000_snapshot.json': '{"tables":' };
  expect(outline(await reviewed(files, base(broken)))).toEqual(outline(await reviewed(files, base(journal))));
  const unclosed = base({ [schemaPath]: 'datasource db {\n  provider = "postgresql"\nmodel User {{{ @@map(' });
  const { history: _history, ...without } = unclosed;
  expect(outline(await reviewed({ [path]: longer }, unclosed))).toEqual(
    outline(await reviewed({ [path]: longer }, without)),
  );
});

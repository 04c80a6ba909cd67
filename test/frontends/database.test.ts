import { describe, expect, test } from 'vitest';
import { isProjectFile, nearestProjectFiles } from '../../src/frontends/project-files.ts';
import { databaseOf, type Files } from './builders.ts';

const path = 'services/shop/migrations/001_tax.sql';
const silent = 'ALTER TABLE orders ADD COLUMN tax integer;';

/** What the repository holds, and the database that it tells. */
const repositories: [string, Files, string | undefined][] = [
  ['nothing', {}, undefined],
  ['a package.json with pg', { 'package.json': '{"dependencies":{"pg":"^8"}}' }, 'postgres'],
  [
    'pg for the shop and mysql2 at the root',
    {
      'services/shop/package.json': '{"dependencies":{"pg":"^8"}}',
      'package.json': '{"dependencies":{"mysql2":"^3"}}',
    },
    'postgres',
  ],
  [
    'pg to run and sqlite to test',
    { 'package.json': '{"dependencies":{"pg":"8"},"devDependencies":{"better-sqlite3":"9"}}' },
    'postgres',
  ],
  ['pg and mysql2 alike', { 'package.json': '{"dependencies":{"pg":"8","mysql2":"3"}}' }, undefined],
  ['a package.json that is broken', { 'package.json': '{"dependencies":' }, undefined],
  ['a go.mod with pgx', { 'go.mod': 'module x\n\nrequire (\n\tgithub.com/jackc/pgx/v5 v5.6.0\n)\n' }, 'postgres'],
  [
    'a go.mod with the driver of MySQL',
    { 'go.mod': 'require github.com/go-sql-driver/mysql v1.8.1 // indirect\n' },
    'mysql',
  ],
  [
    'a Cargo.toml with features',
    { 'Cargo.toml': '[dependencies]\ndiesel = { version = "2", features = ["sqlite"] }\n' },
    'sqlite',
  ],
  ['a Cargo.toml that only comments', { 'Cargo.toml': '[dependencies]\n# postgres was here\n' }, undefined],
  ['a Gemfile', { Gemfile: 'gem "mysql2", "~> 0.5"\n' }, 'mysql'],
  ['requirements', { 'requirements.txt': 'psycopg2-binary==2.9.9\nDjango>=5\n' }, 'postgres'],
  ['a folder of requirements', { 'requirements/base.txt': 'psycopg[binary]==3.2\nDjango>=5\n' }, 'postgres'],
  ['a pyproject', { 'pyproject.toml': '[project]\ndependencies = ["asyncpg>=0.29"]\n' }, 'postgres'],
  ['a composer.json', { 'composer.json': '{"require":{"ext-pdo":"*"}}' }, undefined],
  ['a pom', { 'pom.xml': '<groupId>org.postgresql</groupId><artifactId>postgresql</artifactId>' }, 'postgres'],
  ['a Gradle file', { 'build.gradle.kts': 'runtimeOnly("com.mysql:mysql-connector-j:9.0.0")\n' }, 'mysql'],
  ['a compose file', { 'docker-compose.dev.yml': 'services:\n  db:\n    image: mariadb:11.4\n' }, 'mariadb'],
  [
    'a compose file with an image of a registry',
    { 'compose.yaml': 'services:\n  db:\n    image: "mcr.microsoft.com/mssql/server:2022-latest"\n' },
    'sqlserver',
  ],
  [
    'a compose file with PostGIS',
    { 'docker-compose.yml': 'services:\n  db:\n    image: postgis/postgis:16-3.4\n' },
    'postgres',
  ],
  [
    'a database.yml',
    { 'config/database.yml': 'production:\n  adapter: postgresql\n  url: <%= ENV["URL"] %>\n' },
    'postgres',
  ],
  ['a properties file', { 'application.properties': 'spring.datasource.url=jdbc:mysql://db/shop\n' }, 'mysql'],
];

describe('what a repository depends on tells the database', () => {
  test.each(repositories)('%s', (_, files, database) => {
    expect(databaseOf(path, { [path]: silent, ...files })).toBe(database);
  });
});

const statements: [string, string | undefined][] = [
  ['CREATE TABLE `users` (`id` int NOT NULL) ENGINE=InnoDB;', 'mysql'],
  ['CREATE TABLE users (id bigserial PRIMARY KEY, made timestamptz NOT NULL);', 'postgres'],
  ["SELECT 'x'::text;", 'postgres'],
  ['CREATE INDEX CONCURRENTLY i ON t (a);', 'postgres'],
  ['CREATE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql;', 'postgres'],
  ['ALTER TABLE [dbo].[Users] ADD [Age] int NULL;\nGO\n', 'sqlserver'],
  ['CREATE TABLE Users (Name NVARCHAR(200) NOT NULL);', 'sqlserver'],
  ['CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT);', 'sqlite'],
  ['PRAGMA foreign_keys=OFF;', 'sqlite'],
  ['ALTER TABLE `users` ADD `age` integer;', undefined],
  ['-- jsonb and timestamptz, said in a comment only\nSELECT 1;', undefined],
  ["INSERT INTO notes VALUES ('ENGINE=InnoDB AUTO_INCREMENT');", undefined],
  ['CREATE TABLE a (b jsonb);\nCREATE TABLE c (d int AUTO_INCREMENT);', undefined],
];

test.each(statements)('the SQL itself: %s is for %s', (text, database) => {
  expect(databaseOf('migrations/001_x.sql', { 'migrations/001_x.sql': text })).toBe(database);
});

test.each([
  ['migrations/versions/1a_x.py', 'columns = [name]\nop.add_column("t", sa.Column(*[name]))\n'],
  ['migrations/001_x.js', "exports.up = (knex) => knex.schema.raw(`SELECT 1`).then(() => table.unsigned('a'))"],
  ['migrations/001_x.ts', "createTable('t', { id: { autoIncrement: true } })"],
  ['db/migrate/1_x.rb', 'class X < ActiveRecord::Migration[8.0]\nend\n'],
])('the signs of a programming language are no SQL: %s', (place, text) => {
  expect(databaseOf(place, { [place]: text })).toBeUndefined();
});

const knexMigration = { 'db/migrations/001_x.js': 'exports.up = (knex) => knex.schema.dropTable("a")' };

test.each([
  ["production: {\n  client: 'mysql2',\n}", 'mysql'],
  ["test: {\n  client: 'sqlite3',\n},\nproduction: {\n  client: 'pg',\n}", 'postgres'],
  ["one: {\n  client: 'pg',\n},\nother: {\n  client: 'mysql2',\n}", undefined],
  ["one: {\n  client: 'pg',\n},\nother: {\n  client: 'oracledb',\n}", undefined],
  ['production: {\n  client: process.env.CLIENT,\n}', undefined],
])('the knexfile says which of several drivers is used: %s', (text, database) => {
  const drivers = '{"dependencies":{"pg":"8","mysql2":"3","sqlite3":"6"}}';
  const files = { ...knexMigration, 'package.json': drivers, 'knexfile.js': `module.exports = {${text}};` };
  expect(databaseOf('db/migrations/001_x.js', files)).toBe(database);
});

test.each([
  ['test.py', 'sqlite3', undefined],
  ['test.py', 'mysql', 'mysql'],
  ['base.py', 'sqlite3', 'sqlite'],
])('settings/%s of Django with %s tells %s', (name, engine, database) => {
  const migration = 'shop/migrations/0001_initial.py';
  const text = 'from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = []\n';
  const settings = `DATABASES = {"default": {"ENGINE": "django.db.backends.${engine}"}}\n`;
  expect(databaseOf(migration, { [migration]: text, [`shop/settings/${name}`]: settings })).toBe(database);
});

test('two drivers in one package file leave it to the SQL', () => {
  const files = { 'package.json': '{"dependencies":{"pg":"8","mysql2":"3"}}', [path]: 'ALTER TABLE t ADD c jsonb;' };
  expect(databaseOf(path, files)).toBe('postgres');
});

test.each([
  ['db/migrations/mysql/001_x.sql', 'mysql'],
  ['db/postgres/migrations/001_x.sql', 'postgres'],
  ['migrations_sqlite/001_x.sql', 'sqlite'],
  ['migrations/mysql-to-postgres/001_x.sql', 'postgres'],
])('folders for databases side by side beat what the project depends on: %s', (place, database) => {
  const files = { 'package.json': '{"dependencies":{"pg":"8"}}', [place]: silent };
  expect(databaseOf(place, files)).toBe(database);
});

test.each([
  ['migrations/001_events.sql', 'CREATE TABLE events (id UInt64) ENGINE = MergeTree ORDER BY id;'],
  ['migrations/001_events.sql', "CREATE TABLE events ON CLUSTER '{cluster}' (id UInt64);"],
  ['clickhouse/migrations/001_events.sql', silent],
  ['db/migration/oracle/V1__events.sql', silent],
  ['migrations/snowflake/001_events.sql', silent],
])('SQL of a database that is not read here is not taken for PostgreSQL: %s', (place, text) => {
  expect(databaseOf(place, { [place]: text, 'go.mod': 'require github.com/jackc/pgx/v5 v5.6.0' })).toBeUndefined();
});

test('a service may be called oracle', () => {
  const place = 'services/oracle/migrations/001_x.sql';
  expect(databaseOf(place, { [place]: 'ALTER TABLE t ADD c jsonb;' })).toBe('postgres');
});

test('project files are few, the nearest first, and none of a vendored package', () => {
  const far = Array.from({ length: 30 }, (_, index) => `packages/p${index}/package.json`);
  const all = [
    ...far,
    'package.json',
    'services/shop/go.mod',
    'services/shop/node_modules/x/package.json',
    'README.md',
  ];
  expect(nearestProjectFiles([path], all)).toEqual(['services/shop/go.mod', 'package.json']);
  const compose = Array.from({ length: 30 }, (_, index) => `compose.${index}.yml`);
  expect(nearestProjectFiles([path], compose)).toHaveLength(10);
  expect(isProjectFile('src/index.ts')).toBe(false);
});

test('a migration of MikroORM is for the database of its driver, whatever else runs beside it', () => {
  const migration = 'migrations/Migration20240101000000.ts';
  const text =
    "import { Migration } from '@mikro-orm/migrations';\nexport class A extends Migration { async up() {} }\n";
  const beside = { [migration]: text, 'compose.yaml': 'services:\n  a:\n    image: mariadb:11\n' };
  const withDrivers = (dependencies: Record<string, string>) =>
    databaseOf(migration, { ...beside, 'package.json': JSON.stringify({ dependencies }) });
  expect(withDrivers({ '@mikro-orm/core': '6', '@mikro-orm/postgresql': '6' })).toBe('postgres');
  expect(withDrivers({ '@mikro-orm/mysql': '6', '@mikro-orm/sqlite': '6' })).toBe('mariadb');
});

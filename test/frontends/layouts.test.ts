import { describe, expect, test } from 'vitest';
import { findClaim, frontends, wants } from '../../src/frontends/index.ts';
import { claimOn, project, type Files } from './builders.ts';

const goModule = 'module example.org/shop\n\nrequire github.com/jackc/pgx/v5 v5.6.0\n';
const cargoOf = (crate: string): string => `[dependencies]\n${crate} = { version = "1", features = ["postgres"] }\n`;

/** Path, the repository around it, and who has it: framework, part, version, and the up file where it is another. */
const claims: [string, Files, string, string, string | undefined, string?][] = [
  ['db/migration/V1__users.sql', {}, 'flyway', 'up', '1'],
  ['sql/changes/V2.1_3__add index.sql', {}, 'flyway', 'up', '2.1.3'],
  ['db/migration/R__report_view.sql', {}, 'flyway', 'up', undefined],
  ['db/migration/B7__baseline.sql', {}, 'flyway', 'up', '7'],
  ['db/U4__take_back.sql', { 'db/V4__add_tax.sql': '' }, 'flyway', 'down', '4', 'db/V4__add_tax.sql'],
  ['db/V4__add_tax.sql.conf', { 'db/V4__add_tax.sql': '' }, 'flyway', 'settings', '4', 'db/V4__add_tax.sql'],
  ['db/afterMigrate.sql', { 'db/V1__x.sql': '' }, 'flyway', 'up', undefined],
  ['migrations/000002_tax.up.sql', { 'go.mod': goModule }, 'golang-migrate', 'up', '000002'],
  [
    'migrations/000002_tax.down.sql',
    { 'go.mod': goModule },
    'golang-migrate',
    'down',
    '000002',
    'migrations/000002_tax.up.sql',
  ],
  ['migrations/2_tax.up.sql', { 'Cargo.toml': cargoOf('sqlx') }, 'sqlx', 'up', '2'],
  ['migrations/2_tax.up.sql', { 'go.mod': goModule, 'Cargo.toml': cargoOf('sqlx') }, 'sqlx', 'up', '2'],
  [
    'api/migrations/2_tax.up.sql',
    { 'api/go.mod': goModule, 'Cargo.toml': cargoOf('sqlx') },
    'golang-migrate',
    'up',
    '2',
  ],
  ['api/migrations/20240301_tax.sql', { 'api/Cargo.toml': cargoOf('sqlx') }, 'sqlx', 'up', '20240301'],
  ['migrations/2_tax.up.sql', {}, 'plain-sql', 'up', '2'],
  [
    'migrations/20240101000000_x/up.sql',
    { 'migrations/20240101000000_x/metadata.toml': '' },
    'diesel',
    'up',
    '20240101000000',
  ],
  [
    'migrations/20240101000000_x/down.sql',
    { 'diesel.toml': '' },
    'diesel',
    'down',
    '20240101000000',
    'migrations/20240101000000_x/up.sql',
  ],
  ['migrations/2023-01-05-123456_posts/up.sql', {}, 'diesel', 'up', '20230105123456'],
  [
    'migrations/001_x/metadata.toml',
    { 'migrations/001_x/up.sql': '', 'Cargo.toml': cargoOf('diesel') },
    'diesel',
    'settings',
    '001',
    'migrations/001_x/up.sql',
  ],
  ['migrations/20240101000000_x/up.sql', {}, 'plain-sql', 'up', '20240101000000'],
  ['prisma/migrations/20240101000000_init/migration.sql', {}, 'prisma', 'up', '20240101000000_init'],
  [
    'packages/db/migrations/0_init/migration.sql',
    { 'packages/db/migrations/migration_lock.toml': '' },
    'prisma',
    'up',
    '0_init',
  ],
  ['drizzle/0003_odd_hulk.sql', { 'drizzle/meta/_journal.json': '{}' }, 'drizzle', 'up', '0003'],
  [
    'drizzle/20240101000000_odd/migration.sql',
    { 'drizzle/20240101000000_odd/snapshot.json': '{}' },
    'drizzle',
    'up',
    '20240101000000',
  ],
  ['supabase/migrations/20240101000000_tax.sql', {}, 'supabase', 'up', '20240101000000'],
  ['apps/web/supabase/migrations/20240101000000_tax.sql', {}, 'supabase', 'up', '20240101000000'],
  ['migrations/20240101000000_tax.sql', { 'migrations/atlas.sum': '' }, 'atlas', 'up', '20240101000000'],
  [
    'migrations/1700000000000_tax.sql',
    { 'package.json': '{"dependencies":{"node-pg-migrate":"^7"}}' },
    'node-pg-migrate',
    'both',
    '1700000000000',
  ],
  ['db/migrations/001_tax.sql', {}, 'plain-sql', 'up', '001'],
  ['db/migrate/2024-01-05-tax.sql', {}, 'plain-sql', 'up', '2024-01-05'],
  ['migrations/V3__tax.sql', { 'Cargo.toml': cargoOf('refinery') }, 'plain-sql', 'up', '3'],
  [
    'db/migrations/007-tax-down.sql',
    { 'db/migrations/007-tax-up.sql': '' },
    'plain-sql',
    'down',
    '007',
    'db/migrations/007-tax-up.sql',
  ],
  ['db/migrations/007_shut_down.sql', {}, 'plain-sql', 'up', '007'],
  ['my app/db/migrations/001 add tax.sql', {}, 'plain-sql', 'up', '001'],
  ['db/x.sql/migrations/001_tax.sql', {}, 'plain-sql', 'up', '001'],
];

describe('every layout claims its own files', () => {
  test.each(claims)('%s beside %o is of %s', (path, files, framework, part, version, up) => {
    const claim = claimOn(path, { [path]: '', ...files });
    expect(claim).toEqual({ framework, part, migration: up ?? path, ...(version === undefined ? {} : { version }) });
    expect(wants(path)).toBe(true);
  });
});

test('a marker in the file beats the place it stands in', () => {
  const files = {
    'migrations/001_a.sql': '-- +goose Up\nSELECT 1;\n',
    'migrations/002_b.sql': '-- migrate:up\nSELECT 1;\n\n-- migrate:down\n',
    'migrations/0003_c.sql': 'SELECT 1;--> statement-breakpoint\nSELECT 2;',
    'migrations/004_d.sql': '-- Up Migration\nSELECT 1;\n-- Down Migration\n',
    'migrations/005_e.sql': '-- atlas:txmode none\n\nSELECT 1;\n',
    'Cargo.toml': cargoOf('sqlx'),
  };
  const found = Object.keys(files).map((path) => claimOn(path, files)?.framework);
  expect(found).toEqual(['goose', 'dbmate', 'drizzle', 'node-pg-migrate', 'atlas', undefined]);
});

test.each([
  'db/seeds/001_users.sql',
  'db/migrations/fixtures/001_users.sql',
  'src/test/resources/db/migration/V1__x.sql',
  'vendor/lib/migrations/001_x.sql',
  'node_modules/lib/migrations/001_x.sql',
  'internal/queries/001_users.sql',
  'db/structure.sql',
  'db/migrations/schema.sql',
  'db/dump/2024-01-01.sql',
  'reports/001_monthly.sql',
  'db/migrations/helpers.sql',
  'db/migrations/001_x.sql/notes.txt',
  'db/migrations/001_x.py',
  'db/afterMigrate.sql',
  'docs/metadata.toml',
  'migrations/001_x/metadata.toml',
])('%s is no migration', (path) => {
  expect(claimOn(path, { [path]: 'CREATE TABLE t (id int);', 'go.mod': goModule })).toBeUndefined();
});

test('a framework that the configuration names is the only one asked, and claims in places of its own', () => {
  const file = { path: 'database/changes/17_tax.sql', text: 'SELECT 1;' };
  expect(findClaim(file, project({}))).toBeUndefined();
  const claimed = findClaim(file, project({}), 'goose');
  expect(claimed?.framework).toBe('goose');
  expect(claimed?.claim).toEqual({ migration: file.path, part: 'up', version: '17' });
  expect(findClaim(file, project({}), 'no-such-framework')).toBeUndefined();
});

test('names of frameworks are unique', () => {
  expect(new Set(frontends.map((frontend) => frontend.framework)).size).toBe(frontends.length);
});

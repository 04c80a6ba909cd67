import { expect, test } from 'vitest';
import { migrationAt, outline, type Files } from './builders.ts';

type Whole = { files: Files; database: string; transaction: string; up: string[]; down: string | string[] };

/** One small file of each framework as people write them; the first path is the one that is read. */
const wholes: Record<string, Whole> = {
  goose: {
    files: {
      'db/migrations/20240301120000_audit.sql': [
        '-- +goose Up',
        'ALTER TABLE orders ADD COLUMN touched_at timestamptz;',
        '-- +goose StatementBegin',
        'CREATE FUNCTION touch() RETURNS trigger AS $$',
        'BEGIN',
        '  NEW.touched_at := now();',
        '  RETURN NEW;',
        'END;',
        '$$ LANGUAGE plpgsql;',
        '-- +goose StatementEnd',
        'UPDATE orders SET touched_at = now();',
        '',
        '-- +goose Down',
        'DROP FUNCTION touch();',
        'ALTER TABLE orders DROP COLUMN touched_at;',
      ].join('\n'),
    },
    database: 'postgres',
    transaction: 'wrapped',
    up: ['1@2 addColumn', '2@4 createObject', '3@11 updateRows'],
    down: ['1@14 dropObject', '2@15 dropColumn'],
  },
  dbmate: {
    files: {
      'db/migrations/20240301120000_index.sql':
        '-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY orders_tax ON orders (tax);\n\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY orders_tax;\n',
    },
    database: 'postgres',
    transaction: 'one-query',
    up: ['1@2 createIndex'],
    down: ['1@5 dropIndex'],
  },
  'flyway with a routine of MySQL': {
    files: {
      'src/main/resources/db/migration/V12__archive.sql': [
        'CREATE TABLE archive (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;',
        'DELIMITER //',
        'CREATE PROCEDURE archive_orders()',
        'BEGIN',
        '  DELETE FROM orders WHERE closed = 1;',
        'END//',
        'DELIMITER ;',
        'ALTER TABLE orders DROP COLUMN closed_by, ALGORITHM=INSTANT;',
      ].join('\n'),
      'build.gradle': 'implementation "org.flywaydb:flyway-mysql"\nruntimeOnly "com.mysql:mysql-connector-j"\n',
    },
    database: 'mysql',
    transaction: 'wrapped',
    up: ['1@1 createTable', '2@3 createObject', '3@8 dropColumn'],
    down: 'unsupported',
  },
  'flyway with batches of SQL Server': {
    files: {
      'sql/V3__age.sql': 'ALTER TABLE [dbo].[Users] ADD [Age] int NULL;\nGO\nUPDATE [dbo].[Users] SET [Age] = 0;\nGO\n',
    },
    database: 'sqlserver',
    transaction: 'wrapped',
    up: ['1@1 addColumn', '2@3 updateRows'],
    down: 'unsupported',
  },
  prisma: {
    files: {
      'prisma/migrations/20240301120000_tax/migration.sql':
        '-- AlterTable\nALTER TABLE "Order" ADD COLUMN     "tax" INTEGER NOT NULL;\n\n-- CreateIndex\nCREATE UNIQUE INDEX "Order_tax_key" ON "Order"("tax");\n',
      'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
    },
    database: 'postgres',
    transaction: 'one-query',
    up: ['1@2 addColumn', '2@5 createIndex'],
    down: 'unsupported',
  },
  drizzle: {
    files: {
      'drizzle/0002_silent_wolf.sql':
        'ALTER TABLE `orders` ADD `tax` int NOT NULL;--> statement-breakpoint\nCREATE INDEX `tax_idx` ON `orders` (`tax`);',
      'drizzle/meta/_journal.json': '{"dialect":"mysql"}',
    },
    database: 'mysql',
    transaction: 'wrapped',
    up: ['1@1 addColumn', '2@2 createIndex'],
    down: 'unsupported',
  },
  'golang-migrate': {
    files: {
      'migrations/000009_tax.up.sql': 'BEGIN;\nALTER TABLE orders ALTER COLUMN tax SET NOT NULL;\nCOMMIT;\n',
      'migrations/000009_tax.down.sql': 'ALTER TABLE orders ALTER COLUMN tax DROP NOT NULL;\n',
      'go.mod': 'require github.com/lib/pq v1.10.9\n',
    },
    database: 'postgres',
    transaction: 'one-query',
    up: ['1@1 begin', '2@2 alterColumn', '3@3 commit'],
    down: ['1@1 alterColumn'],
  },
  supabase: {
    files: {
      'supabase/migrations/20240301120000_policy.sql':
        'alter table public.orders enable row level security;\n\ncreate policy "own" on public.orders for select using (auth.uid() = user_id);\n',
    },
    database: 'postgres',
    transaction: 'wrapped',
    up: ['1@1 alterTable', '2@3 createObject'],
    down: 'unsupported',
  },
  diesel: {
    files: {
      'migrations/2024-03-01-120000_tax/up.sql': 'ALTER TABLE orders RENAME COLUMN vat TO tax;\n',
      'migrations/2024-03-01-120000_tax/down.sql': 'ALTER TABLE orders RENAME COLUMN tax TO vat;\n',
      'Cargo.toml': 'diesel = { version = "2.2", features = ["postgres"] }\n',
    },
    database: 'postgres',
    transaction: 'wrapped',
    up: ['1@1 renameColumn'],
    down: ['1@1 renameColumn'],
  },
};

test.each(Object.entries(wholes))('%s is read whole', async (_, { files, database, ...expected }) => {
  const migration = await migrationAt(Object.keys(files)[0] ?? '', files);
  expect(migration.database).toBe(database);
  expect(outline(migration)).toEqual(expected);
  expect(migration.statements).toBe(expected.up.length);
});

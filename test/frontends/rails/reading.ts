/** Reads Ruby as one migration of Rails. */
import type { Database, Migration } from '../../../src/operations/migration.ts';
import { readMigration } from '../../../src/frontends/read-migration.ts';

/** The migration that a text makes; on PostgreSQL unless another database is named. */
export function readRuby(text: string, of: { database?: Database; path?: string } = {}): Promise<Migration> {
  const path = of.path ?? 'db/migrate/20260101000000_change.rb';
  return readMigration({
    framework: 'rails',
    path,
    status: 'added',
    database: of.database ?? 'postgres',
    files: { up: { path, text } },
    paths: [],
    texts: {},
  });
}

/** The body of `change`, read. */
export function readChange(body: string, of: { database?: Database; version?: string } = {}): Promise<Migration> {
  const text = `class Change < ActiveRecord::Migration[${of.version ?? '7.1'}]\n  def change\n${body}\n  end\nend\n`;
  return readRuby(text, of.database === undefined ? {} : { database: of.database });
}

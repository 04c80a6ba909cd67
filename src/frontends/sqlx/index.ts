/** SQLx for Rust: migrations/20240101000000_x.sql, or the pair .up.sql and .down.sql. */
import type { Transaction } from '../../operations/migration.ts';
import type { Claim, Frontend, Project, Source, SourceFile } from '../frontend.ts';
import { findAround, folderOf, isAmongMigrations, mayBeMigration, nameOf } from '../paths.ts';
import { transactionOfOneQuery } from '../sql/one-query.ts';
import { readDirections, type Direction } from '../sql/read-directions.ts';
import { downBeside, readUpDown } from '../up-down.ts';

/** The frontend of SQLx. */
export const sqlx: Frontend = {
  framework: 'sqlx',
  wants: (path) => mayBeMigration(path) && isAmongMigrations(path) && /^\d+_/.test(nameOf(path)),
  claim,
  read: (source) =>
    readDirections(source, {
      down: (file) => (readUpDown(file.path) ? downBeside(file.path) : { kind: 'unsupported' }),
      transaction,
    }),
};

function claim({ path }: SourceFile, project: Project): Claim | undefined {
  if (!sqlx.wants(path) || !isSqlx(path, project)) return undefined;
  const name = readUpDown(path);
  if (name) return { migration: name.up, part: name.direction, version: name.version };
  const version = /^\d+/.exec(nameOf(path))?.[0];
  return version === undefined ? undefined : { migration: path, part: 'up', version };
}

/** A Cargo.toml on the way to the root names it, and no go.mod stands nearer. */
function isSqlx(path: string, project: Project): boolean {
  const go = findAround(path, 'go.mod', project.paths);
  const cargo = findAround(path, 'Cargo.toml', project.paths);
  if (cargo === undefined || (go !== undefined && folderOf(go).length > folderOf(cargo).length)) return false;
  return (project.textOf(cargo) ?? '').includes('sqlx');
}

/**
 * `-- no-transaction` counts as the very first characters of a file, which is then sent whole; the drivers of other databases than
 * PostgreSQL have not always heeded it. https://docs.rs/sqlx/latest/sqlx/macro.migrate.html
 */
function transaction({ file }: Direction, { database }: Source): Transaction {
  if (!file.text.startsWith('-- no-transaction')) return 'wrapped';
  return database === 'postgres' ? transactionOfOneQuery(database) : 'unknown';
}

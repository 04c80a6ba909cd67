/** Holds what is said of SQLite to the SQLite that Node.js brings along. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { proseOf, sourceOf } from './page-texts.ts';
import { sqliteClaims, sqliteTables } from './sqlite-claims.ts';

let folder: string;
let database: DatabaseSync;
/** In a file: what is kept in memory alone has no journal to change. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-sqlite-'));
  database = new DatabaseSync(join(folder, 'shop.db'));
  database.exec(`PRAGMA foreign_keys = ON; ${sqliteTables}`);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

describe.each(sqliteClaims)('$page: $quote', ({ page, quote, before, run, error, leaves }) => {
  test(run, () => {
    expect(proseOf(page) + sourceOf(page)).toContain(quote);
    if (before !== undefined) database.exec(before);
    expect(errorOf(run)).toBe(error);
    if (leaves) expect(database.prepare(leaves.sql).all()).toEqual(leaves.rows);
  });
});

function errorOf(sql: string): string | undefined {
  try {
    database.exec(sql);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

import type { DatabaseSync } from 'node:sqlite';
import { numberIn } from './row.ts';

/** Brings a database to the newest schema; one that a newer Plimsoll has written is refused. */
export function migrateSchema(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version > steps.length)
    throw new Error(
      `The database has schema ${version}, and this Plimsoll knows ${steps.length}: start the newer one, or restore a backup`,
    );
  for (const [index, step] of steps.entries()) if (index >= version) runStep(database, step, index + 1);
}

/** Two processes may start at once: the version is read again inside the transaction. */
function runStep(database: DatabaseSync, step: string, version: number): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    if (versionOf(database) < version) database.exec(`${step}; PRAGMA user_version = ${version};`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get();
  return row ? numberIn(row, 'user_version') : 0;
}

/** One entry per schema version; what is released is never edited. Times are milliseconds since 1970. */
const steps = [
  `
  CREATE TABLE jobs (
    -- GUID of the delivery, or the key of the pull request that is to be made right.
    id TEXT PRIMARY KEY,
    -- Jobs with the same key run one at a time.
    key TEXT NOT NULL,
    -- Name of the webhook event; null for making a pull request right.
    event TEXT,
    payload TEXT NOT NULL,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'done', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Asked for once more while it ran.
    again INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    lease_until INTEGER,
    owner TEXT,
    error TEXT,
    received_at INTEGER NOT NULL,
    finished_at INTEGER
  );
  CREATE INDEX jobs_waiting ON jobs (priority, next_at) WHERE state = 'ready';
  CREATE UNIQUE INDEX jobs_running ON jobs (key) WHERE state = 'running';
  CREATE TABLE sign_offs (
    key TEXT PRIMARY KEY,
    sign_off TEXT NOT NULL,
    -- When the content that people vouch for changed last.
    content_at INTEGER NOT NULL
  );
  CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    delivery TEXT,
    head TEXT,
    event TEXT NOT NULL,
    accepted INTEGER NOT NULL
  );
  CREATE INDEX audit_key ON audit (key);
  CREATE INDEX audit_delivery ON audit (delivery);
  CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
  CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
  CREATE TABLE pulls (
    key TEXT PRIMARY KEY,
    installation INTEGER NOT NULL,
    owner TEXT NOT NULL,
    repo TEXT NOT NULL,
    number INTEGER NOT NULL,
    open INTEGER NOT NULL,
    head TEXT,
    state TEXT NOT NULL,
    updated_at INTEGER NOT NULL
  );
  CREATE INDEX pulls_head ON pulls (head) WHERE open = 1;
  CREATE TABLE checks (
    key TEXT NOT NULL,
    head TEXT NOT NULL,
    name TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    title TEXT NOT NULL,
    external_id TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (key, head, name)
  );
  `,
];

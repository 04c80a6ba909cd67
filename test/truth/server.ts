/** A PostgreSQL inside the test, asked what a statement really does: which locks, which rewrite, which scan, which error. */
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';

/** What one statement did to the relations that were there before it. */
export type Observed = {
  /** Modes held on each relation once the statement has run, in the words of LOCK TABLE; those of earlier statements of the transaction included. */
  locks: Map<string, Set<string>>;
  /** Tables whose rows stand in a new file. */
  rewritten: string[];
  /** Tables that were read from end to end. */
  scanned: string[];
  /** SQLSTATE; absent where it succeeded. */
  error?: string;
};

export type Server = {
  exec: (sql: string) => Promise<void>;
  rows: <Row>(sql: string) => Promise<Row[]>;
  /** Runs a statement inside the transaction that is open and looks around before and after; a failed one is undone alone. */
  observe: (sql: string) => Promise<Observed>;
  /** Runs a statement and tells its SQLSTATE, undefined where it succeeded. */
  errorOf: (sql: string) => Promise<string | undefined>;
  /** An empty public schema, outside any transaction, in a session whose time zone is not UTC. */
  reset: () => Promise<void>;
  close: () => Promise<void>;
};

/** Starts one; extensions stand in the schema `extensions`, which is on the search path, and there is a role `app`. */
export async function startServer(): Promise<Server> {
  const database = await PGlite.create({ extensions: { btree_gist, citext, pgcrypto, uuid_ossp } });
  await database.exec(
    `CREATE SCHEMA extensions; SET search_path = public, extensions;
     CREATE EXTENSION btree_gist SCHEMA extensions; CREATE EXTENSION citext SCHEMA extensions; CREATE EXTENSION pgcrypto SCHEMA extensions;
     CREATE EXTENSION "uuid-ossp" SCHEMA extensions; CREATE ROLE app;`,
  );
  const exec = async (sql: string) => {
    await database.exec(sql);
  };
  const rows = async <Row>(sql: string) => (await database.query<Row>(sql)).rows;
  return {
    exec,
    rows,
    observe: (sql) => observe(sql, exec, rows),
    errorOf: (sql) => errorOf(sql, exec),
    reset: () => exec(freshSchema),
    close: () => database.close(),
  };
}

// Schemas and publications that a test made are dropped with the rest.
const freshSchema = `
  ROLLBACK;
  RESET ALL;
  SET search_path = public, extensions;
  SET TimeZone = 'Asia/Tokyo';
  SET client_min_messages = error;
  DO $$ DECLARE made name; BEGIN
    FOR made IN SELECT pubname FROM pg_publication
    LOOP EXECUTE format('DROP PUBLICATION %I', made); END LOOP;
    FOR made IN SELECT nspname FROM pg_namespace
      WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema', 'extensions')
    LOOP EXECUTE format('DROP SCHEMA %I CASCADE', made); END LOOP;
  END $$;
  CREATE SCHEMA public;`;

type Exec = Server['exec'];
type Rows = Server['rows'];

async function observe(sql: string, exec: Exec, rows: Rows): Promise<Observed> {
  // Names are taken before: a dropped table has left pg_class, and its locks stay.
  const before = await relations(rows);
  const scansBefore = await scans(rows);
  await exec('SAVEPOINT statement');
  const error = await errorOf(sql, exec);
  if (error !== undefined) await exec('ROLLBACK TO SAVEPOINT statement');
  const after = new Map((await relations(rows)).map((each) => [each.oid, each]));
  const scansAfter = await scans(rows);
  const names = new Map(before.map((each) => [each.oid, each.name]));
  const tables = before.filter((each) => each.kind === 'r' || each.kind === 'm');
  return {
    locks: error === undefined ? await locks(rows, names) : new Map(),
    rewritten: tables
      .filter(({ oid, file }) => after.has(oid) && after.get(oid)?.file !== file)
      .map(({ name }) => name),
    // Nobody writes to a materialized view, and who reads it goes on.
    scanned: tables
      .filter(({ oid, kind }) => kind === 'r' && (scansAfter.get(oid) ?? 0) > (scansBefore.get(oid) ?? 0))
      .map(({ name }) => name),
    ...(error === undefined ? {} : { error }),
  };
}

async function errorOf(sql: string, exec: Exec): Promise<string | undefined> {
  try {
    await exec(sql);
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
    throw new Error(`a statement failed without a SQLSTATE: ${sql}`, { cause: error });
  }
}

type Relation = { oid: number; name: string; kind: string; file: number };

function relations(rows: Rows): Promise<Relation[]> {
  return rows<Relation>(
    `SELECT c.oid::int AS oid, CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
       c.relkind AS kind, c.relfilenode::int AS file
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY c.oid`,
  );
}

async function scans(rows: Rows): Promise<Map<number, number>> {
  const counted = await rows<{ oid: number; scans: number }>(
    'SELECT relid::int AS oid, seq_scan::int AS scans FROM pg_stat_xact_user_tables',
  );
  return new Map(counted.map((each) => [each.oid, each.scans]));
}

async function locks(rows: Rows, names: Map<number, string>): Promise<Observed['locks']> {
  const held = await rows<{ oid: number; mode: string }>(
    "SELECT relation::int AS oid, mode FROM pg_locks WHERE locktype = 'relation' AND granted AND pid = pg_backend_pid()",
  );
  const byName: Observed['locks'] = new Map();
  for (const { oid, mode } of held) {
    const name = names.get(oid);
    if (name !== undefined) byName.set(name, (byName.get(name) ?? new Set()).add(wordsOf(mode)));
  }
  return byName;
}

/** `ShareRowExclusiveLock` as LOCK TABLE says it. */
function wordsOf(mode: string): string {
  return mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
}

const byStrength = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
];

/** The strongest lock on a relation that keeps writers out; undefined where writers go on. */
export function writersWaitFor(observed: Observed, relation: string): string | undefined {
  const held = observed.locks.get(relation) ?? new Set();
  return byStrength
    .slice(byStrength.indexOf('SHARE'))
    .reverse()
    .find((mode) => held.has(mode));
}

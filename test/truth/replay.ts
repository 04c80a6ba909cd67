/** Runs the migrations of a page's section on a PostgreSQL with rows, one statement at a time, the way their framework sends them. */
import { readMigration } from '../../src/frontends/read-migration.ts';
import { loadReader } from '../../src/frontends/sql/read-sql.ts';
import { split } from '../../src/frontends/sql/split.ts';
import { wholeFile } from '../../src/frontends/sql/text.ts';
import type { Migration } from '../../src/operations/migration.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { claimMigrations } from '../../src/review/claims.ts';
import { inOrder } from '../../src/review/in-order.ts';
import { changeOf, type PageFile } from '../pages.ts';
import { fixtureFor } from './fixture.ts';
import type { Observed, Server } from './server.ts';

/** One statement of the up direction, with what it did. `observed` has no locks where it ran outside a transaction. */
export type Step = {
  path: string;
  startLine: number;
  endLine: number;
  sql: string;
  operations: Operation[];
  observed: Observed;
};

/** Replays what the section adds, after what stands on its base branch. */
export async function replay(server: Server, files: readonly PageFile[]): Promise<Step[]> {
  await server.reset();
  const before = files.filter((file) => file.state === 'before');
  const earlier = await migrationsOf(
    before.map((file) => ({ ...file, state: 'after' as const })),
    files,
  );
  const added = await migrationsOf(
    files.filter((file) => file.state === 'after'),
    files,
  );
  const all = [...earlier, ...added].flatMap(({ migration }) => migration.up);
  for (const sql of fixtureFor(all)) await server.exec(sql);
  for (const { migration, text } of earlier)
    for (const { sql } of statementsOf(migration, text)) await server.exec(sql);
  await fill(server);
  const steps: Step[] = [];
  for (const { migration, text } of added) steps.push(...(await runMigration(server, migration, text)));
  return steps;
}

type Readable = { migration: Migration; text: string };

/** Every file as if it were new, so that those of the base branch are read as well. */
async function migrationsOf(files: readonly PageFile[], all: readonly PageFile[]): Promise<Readable[]> {
  const settings = all.filter((file) => !file.path.endsWith('.sql'));
  const change = changeOf([...settings, ...files.filter((file) => file.path.endsWith('.sql'))]);
  await loadReader('postgres');
  const claimed = claimMigrations(change);
  const read = await Promise.all(claimed.map(async ({ now }) => ({ migration: await readMigration(now), now })));
  const texts = new Map(read.map(({ migration, now }) => [migration.path, now.files.up?.text ?? '']));
  return inOrder(read.map(({ migration }) => migration)).map((migration) => ({
    migration,
    text: texts.get(migration.path) ?? '',
  }));
}

type Piece = { sql: string; startLine: number; endLine: number };

/** The statements of the up direction, which stands first in every file. */
function statementsOf(migration: Migration, text: string): Piece[] {
  const pieces = split(wholeFile(migration.path, text), 'postgres').pieces.slice(0, migration.statements);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  return pieces.map(({ start, end }) => ({
    sql: text.slice(start, end),
    startLine: lineAt(start),
    endLine: lineAt(end),
  }));
}

/** Two rows in the tables of the base branch that have none; what would hold a row itself stays empty. */
async function fill(server: Server): Promise<void> {
  const tables = await server.rows<{ name: string; columns: { name: string; type: string; enum: boolean }[] }>(
    `SELECT c.relname AS name, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL), 'enum', t.typtype = 'e') ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       JOIN pg_type t ON t.oid = a.atttypid AND t.typtype <> 'c'
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition GROUP BY c.oid, c.relname ORDER BY c.oid`,
  );
  for (const { name, columns } of tables) {
    const [counted] = await server.rows<{ any: boolean }>(`SELECT EXISTS (SELECT FROM "${name}") AS any`);
    if (counted?.any) continue;
    const names = columns.map((column) => `"${column.name}"`).join(', ');
    for (const number of [1, 2])
      await server.exec(
        `INSERT INTO "${name}" (${names}) OVERRIDING SYSTEM VALUE VALUES (${columns.map((column) => value(column.type, column.enum, number)).join(', ')})`,
      );
  }
}

function value(type: string, isEnum: boolean, number: number): string {
  if (isEnum) return `(enum_range(NULL::${type}))[${number}]`;
  if (type.endsWith('[]')) return `'{}'`;
  if (type === 'boolean') return String(number === 1);
  if (type.startsWith('timestamp') || type === 'date') return `'2026-01-0${number}'`;
  if (type === 'uuid') return `'00000000-0000-4000-8000-00000000000${number}'`;
  return type.startsWith('json') ? `'{}'` : `'${number}'`;
}

async function runMigration(server: Server, migration: Migration, text: string): Promise<Step[]> {
  const steps: Step[] = [];
  const pieces = statementsOf(migration, text);
  const isWrapped = migration.transaction !== 'none' && !(migration.transaction === 'one-query' && pieces.length < 2);
  let isOpen = isWrapped;
  if (isWrapped) await server.exec('BEGIN');
  for (const [index, piece] of pieces.entries()) {
    const operations = migration.up.filter((each) => each.statement === index + 1);
    const first = operations[0]?.kind;
    const ends = first === 'commit' || first === 'rollback';
    const observed =
      isOpen && !ends ? await server.observe(piece.sql) : await observeAlone(server, piece.sql, operations);
    if (first === 'begin') isOpen = true;
    if (ends) isOpen = false;
    steps.push({ ...piece, path: migration.path, operations, observed });
  }
  if (isOpen) await server.exec('COMMIT');
  return steps;
}

/** A statement by itself is a transaction by itself; those that refuse one are only run. */
async function observeAlone(server: Server, sql: string, operations: readonly Operation[]): Promise<Observed> {
  const runsInOne = operations.every(
    (each) =>
      !('concurrently' in each || 'all' in each) &&
      !['begin', 'commit', 'rollback', 'noEffect', 'rebuildTable'].includes(each.kind),
  );
  if (!runsInOne) {
    const error = await server.errorOf(sql);
    return { locks: new Map(), rewritten: [], scanned: [], ...(error === undefined ? {} : { error }) };
  }
  await server.exec('BEGIN');
  const observed = await server.observe(sql);
  await server.exec('COMMIT');
  return observed;
}

/** The schema of the base branch, as its own migrations have made it or as the file says that holds it whole. */
import type { ClaimedMigration, Reading } from '../frontends/frontend.ts';
import { kinOf, kinsReached } from '../frontends/kin-of.ts';
import type { Change } from '../operations/change.ts';
import { completeSchema } from '../operations/completed-schema.ts';
import { tablesIn } from '../operations/collision.ts';
import { isBystander, type Down, type Links, type Migration, type StandingMigration } from '../operations/migration.ts';
import type { Operation } from '../operations/operation.ts';
import { applyOperation, emptySchema, type Schema } from '../operations/schema.ts';
import { countWayBack } from '../operations/way-back.ts';
import { withoutMade } from '../operations/without-made.ts';
import { claimHistory, schemaFiles } from './claims.ts';
import { keyOf } from './digest.ts';
import { inOrder } from './in-order.ts';
import { claimStatedSchemas } from './stated-schemas.ts';

/** Reads one migration; see `Read` in review.ts. */
type Read = (claimed: ClaimedMigration) => Migration | Promise<Migration>;

/** What the base branch's texts tell. */
export type History = {
  /** What is known before the change runs, by the kin that share a schema. */
  schemas: Map<string, Schema>;
  /** The migrations that were read, but for files that hold a whole schema. */
  standing: StandingMigration[];
};

/**
 * Reads the migrations of the base branch that the change leaves alone, and what completes them; `migrations` are those of the change.
 * The same history is replayed once: nobody changes what is given here.
 */
export async function readHistory(
  change: Change,
  claimed: readonly ClaimedMigration[],
  read: Read,
  migrations: readonly Migration[] = [],
): Promise<History> {
  const earlier = claimHistory(change, claimed);
  const found = await Promise.all(earlier.map((each) => readOnce(each, read)));
  const stated = await readStated(change, claimed, read, migrations);
  const kins = [...new Set(claimed.map((each) => kinOf(each.path)))].sort();
  const wholes = new Map(
    [...schemaFiles(change, claimed)].map(([path, each]) => [path, each.map((one) => kinOf(one.path))]),
  );
  const key = keyOf([
    kins,
    [...wholes],
    stated.map(({ key: text, kins: own, version, left }) => [text, own, version, left]),
    found.map(({ key: text, migration }) => [text, migration.path, migration.version]),
  ]);
  const known =
    histories.get(key) ??
    replay(
      found.map(({ migration }) => migration),
      kins,
      wholes,
      stated,
    );
  keep(histories, key, known, mostHistories);
  return known;
}

/** A file that states the schema behind the migration of that version, or behind all of them. `left` is what the change makes itself. */
type Stated = { key: string; schema: Schema; kins: string[]; version: string | undefined; left: string[] };

async function readStated(
  change: Change,
  claimed: readonly ClaimedMigration[],
  read: Read,
  migrations: readonly Migration[],
): Promise<Stated[]> {
  const ordered = inOrder(migrations);
  return Promise.all(
    claimStatedSchemas(change, claimed).map(async ({ claimed: file, kins }) => {
      const { key, migration } = await readOnce(file, read);
      const schema = emptySchema();
      for (const operation of migration.up) applyOperation(schema, operation, false);
      const own = ordered.filter(({ path }) => kins.includes(kinOf(path)));
      const operations = own.flatMap(({ up }) => up);
      return { key, kins, version: file.version, ...withoutMade(schema, operations) };
    }),
  );
}

/** `wholes`: the kins of which a file holds the whole schema. */
function replay(
  migrations: Earlier[],
  claimedKins: string[],
  wholes: ReadonlyMap<string, string[]>,
  stated: readonly Stated[],
): History {
  const schemas = new Map<string, Schema>();
  const waiting = new Map(stated.flatMap((each) => each.kins.map((kin) => [kin, each] as const)));
  for (const migration of inOrder(migrations)) {
    const { path, up, chain, version } = migration;
    for (const kin of wholes.get(path) ?? kinsReached(path, claimedKins)) {
      const schema = schemaOf(kin);
      if (isBehind(waiting.get(kin)?.version, version)) complete(kin);
      for (const operation of up) applyOperation(schema, operation, false);
      if (!chain && !wholes.has(path)) countWayBack(schema, migration);
    }
  }
  for (const kin of waiting.keys()) complete(kin);
  return { schemas, standing: migrations.filter(({ path }) => !wholes.has(path)).flatMap(standingIn) };

  function schemaOf(kin: string): Schema {
    const schema = schemas.get(kin) ?? emptySchema();
    schemas.set(kin, schema);
    return schema;
  }

  function complete(kin: string): void {
    const own = waiting.get(kin);
    waiting.delete(kin);
    if (own) completeSchema(schemaOf(kin), own.schema);
  }
}

const collator = new Intl.Collator('en', { numeric: true });

/** What the file states does not have the migration yet. */
function isBehind(stated: string | undefined, version: string | undefined): boolean {
  return stated !== undefined && version !== undefined && collator.compare(stated, version) < 0;
}

/** Each push to a pull request asks for the same one. */
const histories = new Map<string, History>();
const mostHistories = 8;

/** The newest last; the oldest goes where there are too many. */
function keep<Value>(values: Map<string, Value>, key: string, value: Value, most: number): void {
  values.delete(key);
  values.set(key, value);
  const [oldest] = values.keys();
  if (oldest !== undefined && values.size > most) values.delete(oldest);
}

/** A history that was read in one piece is many migrations. */
function standingIn(earlier: Earlier): StandingMigration[] {
  const { path, framework, version, up, down: _down, chain, ...links } = earlier;
  if (isBystander(earlier)) return [];
  if (!chain)
    return [{ path, framework, ...links, ...(version === undefined ? {} : { version }), tables: tablesIn(up) }];
  const byPath = new Map<string, Operation[]>();
  for (const operation of up) {
    const own = byPath.get(operation.span.path) ?? [];
    byPath.set(operation.span.path, own);
    own.push(operation);
  }
  return chain.map((link) => ({ ...link, framework, tables: tablesIn(byPath.get(link.path) ?? []) }));
}

type Known = Links & Pick<Migration, 'up' | 'down'> & Pick<Reading, 'chain'>;
type Earlier = Known & Pick<Migration, 'path' | 'framework' | 'version'>;

/** What the texts that were read say, across reviews: the history of a repository is the same from one to the next. */
const remembered = new Map<string, Known>();
const mostRemembered = 20_000;

async function readOnce(claimed: ClaimedMigration, read: Read): Promise<{ key: string; migration: Earlier }> {
  const { path, version, framework, database, databaseVersion, files } = claimed;
  const key = keyOf([framework, database, databaseVersion, claimed.texts], claimed.history ? '' : files.up?.text);
  const known = remembered.get(key) ?? knownOf(await read(claimed));
  keep(remembered, key, known, mostRemembered);
  return { key, migration: { path, framework, ...known, ...(version === undefined ? {} : { version }) } };
}

function knownOf(migration: Migration & Pick<Reading, 'chain'>): Known {
  const { up, chain } = migration;
  // What is written there is long.
  const down: Down = migration.down.kind === 'written' ? { ...migration.down, operations: [] } : migration.down;
  return { up, down, ...(chain ? { chain } : {}), ...linksOf(migration) };
}

/** How a migration hangs together with others, and nothing else of it. */
export function linksOf({ revision, parents, needs, replaces, opensBranch }: Links): Links {
  return {
    ...(revision === undefined ? {} : { revision }),
    ...(parents ? { parents } : {}),
    ...(needs ? { needs } : {}),
    ...(replaces ? { replaces } : {}),
    ...(opensBranch ? { opensBranch } : {}),
  };
}

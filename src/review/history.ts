/** The schema of the base branch, as its own migrations have made it or as the file says that holds it whole. */
import type { ClaimedMigration, Reading } from '../frontends/frontend.ts';
import { kinOf, kinsReached } from '../frontends/kin-of.ts';
import type { Change } from '../operations/change.ts';
import { tablesIn } from '../operations/collision.ts';
import type { Down, Links, Migration, StandingMigration } from '../operations/migration.ts';
import type { Operation } from '../operations/operation.ts';
import { applyOperation, emptySchema, type Schema } from '../operations/schema.ts';
import { countWayBack } from '../operations/way-back.ts';
import { claimHistory, schemaFiles } from './claims.ts';
import { keyOf } from './digest.ts';
import { inOrder } from './in-order.ts';

/** Reads one migration; see `Read` in review.ts. */
type Read = (claimed: ClaimedMigration) => Migration | Promise<Migration>;

/** What the base branch's texts tell. */
export type History = {
  /** What is known before the change runs, by the kin that share a schema. */
  schemas: Map<string, Schema>;
  /** The migrations that were read, but for files that hold a whole schema. */
  standing: StandingMigration[];
};

/** Reads the migrations of the base branch that the change leaves alone. The same history is replayed once: nobody changes what is given here. */
export async function readHistory(change: Change, claimed: readonly ClaimedMigration[], read: Read): Promise<History> {
  const earlier = claimHistory(change, claimed);
  const found = await Promise.all(earlier.map((each) => readOnce(each, read)));
  const kins = [...new Set(claimed.map((each) => kinOf(each.path)))].sort();
  const wholes = new Map(
    [...schemaFiles(change, claimed)].map(([path, each]) => [path, each.map((one) => kinOf(one.path))]),
  );
  const key = keyOf([
    kins,
    [...wholes],
    found.map(({ key: text, migration }) => [text, migration.path, migration.version]),
  ]);
  const known =
    histories.get(key) ??
    replay(
      found.map(({ migration }) => migration),
      kins,
      wholes,
    );
  keep(histories, key, known, mostHistories);
  return known;
}

/** `wholes`: the kins of which a file holds the whole schema. */
function replay(migrations: Earlier[], claimedKins: string[], wholes: ReadonlyMap<string, string[]>): History {
  const schemas = new Map<string, Schema>();
  for (const migration of inOrder(migrations)) {
    const { path, up, chain } = migration;
    for (const kin of wholes.get(path) ?? kinsReached(path, claimedKins)) {
      const schema = schemas.get(kin) ?? emptySchema();
      schemas.set(kin, schema);
      for (const operation of up) applyOperation(schema, operation, false);
      if (!chain && !wholes.has(path)) countWayBack(schema, migration);
    }
  }
  return { schemas, standing: migrations.filter(({ path }) => !wholes.has(path)).flatMap(standingIn) };
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
  const texts = claimed.history ? claimed.texts : [files.up?.text, claimed.texts];
  const key = keyOf([framework, database, databaseVersion, texts]);
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

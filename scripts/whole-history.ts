/** A repository's newest commit as a history: every migration of it, and what is said of each after those before it. */
import { execFileSync } from 'node:child_process';
import { rules } from '../rules/index.ts';
import { collect } from '../src/collect/collect.ts';
import type { ClaimedMigration } from '../src/frontends/frontend.ts';
import { kinOf, kinsReached } from '../src/frontends/kin-of.ts';
import { readMigration } from '../src/frontends/read-migration.ts';
import { gitHost } from '../src/git/git-host.ts';
import type { Host } from '../src/host.ts';
import type { Change } from '../src/operations/change.ts';
import type { Migration } from '../src/operations/migration.ts';
import { applyOperation, emptySchema, type Schema } from '../src/operations/schema.ts';
import { countWayBack } from '../src/operations/way-back.ts';
import { claimMigrations } from '../src/review/claims.ts';
import { inOrder } from '../src/review/in-order.ts';
import { markEmptyOnPurpose } from '../src/review/empty-on-purpose.ts';
import { walk, type Said } from '../src/review/walk.ts';

/** So many readings let V8 compile what reads. */
const warmFiles = 500;

export type History = {
  change: Change;
  /** In the order in which they run; the milliseconds of processor time that reading took, with the readers warm. */
  migrations: { migration: Migration; claimed: ClaimedMigration; milliseconds: number }[];
};

/** Reads every migration of the newest commit; `database` as a configuration would say, for repositories that do not tell theirs. */
export async function readHistory(repository: string, database: string | undefined): Promise<History> {
  const change = await collect(everythingAdded(repository), {
    ruleIds: rules.map((rule) => rule.id),
    ...(database === undefined ? {} : { configuration: { path: '--database', text: `database: ${database}\n` } }),
  });
  const read: History['migrations'] = [];
  const claims = claimMigrations(change).map(({ now }) => now);
  // Once to load and to warm up what reads them, as a server is after its first pull requests; a few files more than once.
  const rounds = Math.max(1, Math.ceil(warmFiles / Math.max(1, claims.length)));
  for (let round = 0; round < rounds; round++) for (const claimed of claims) await readMigration(claimed);
  for (const claimed of claims) {
    const started = process.cpuUsage();
    const migration = await readMigration(claimed);
    const { user, system } = process.cpuUsage(started);
    read.push({ migration, claimed, milliseconds: (user + system) / 1000 });
  }
  const ofPath = new Map(read.map((each) => [each.migration.path, each]));
  const ordered = inOrder(markEmptyOnPurpose(read.map(({ migration }) => migration)));
  return {
    change,
    migrations: ordered.flatMap((migration) => {
      const own = ofPath.get(migration.path);
      return own ? [{ ...own, migration }] : [];
    }),
  };
}

/**
 * What is said of each migration in its turn, with every table of those before it as one that exists. Those that run after each other and
 * that `arrivals` gives the same commit are taken together, as in the pull request that brought them.
 */
export function* sayEach(
  { change, migrations }: History,
  arrivals: ReadonlyMap<string, string> = new Map(),
): Generator<{ migration: Migration; said: Said[] }> {
  const schemas = new Map<string, Schema>();
  // Of tests nothing can be seen in a history.
  const asked = rules.filter(({ id }) => id !== 'untested-data-migration');
  const all = migrations.map(({ migration }) => migration);
  const kins = new Set(all.map(({ path }) => kinOf(path)));
  for (const group of groupsOf(all, arrivals)) {
    // When it came, what it stands in for stood.
    const walked = group.filter(({ replaces }) => !replaces?.length);
    const paths = new Set(walked.map(({ path }) => path));
    const files = change.files.filter((file) => paths.has(file.path));
    const said = walk({ ...change, files }, walked, asked, schemas);
    for (const migration of group) {
      yield { migration, said: said.filter((each) => (each.migration?.path ?? each.finding.path) === migration.path) };
      if (standsInForStanding(migration, migrations)) continue;
      for (const kin of kinsReached(migration.path, kins)) {
        const schema = schemas.get(kin) ?? emptySchema();
        schemas.set(kin, schema);
        for (const each of migration.up) applyOperation(schema, each, false);
        countWayBack(schema, migration);
      }
    }
  }
}

/** A database that has run what stands there as well never runs the migration itself. */
function standsInForStanding({ path, replaces }: Migration, all: History['migrations']): boolean {
  if (!replaces?.length) return false;
  const kin = kinOf(path);
  const known = new Set(all.flatMap(({ migration }) => (kinOf(migration.path) === kin ? [migration.revision] : [])));
  return replaces.every((name) => known.has(name));
}

/** A commit that brought more of one kin moved or imported them, and never was a pull request. */
const mostTogether = 40;

/** Neighbours of one kin and one commit. */
function groupsOf(migrations: readonly Migration[], arrivals: ReadonlyMap<string, string>): Migration[][] {
  const sizes = new Map<string, number>();
  const keyOf = (path: string) => `${arrivals.get(path)} ${kinOf(path)}`;
  for (const { path } of migrations) sizes.set(keyOf(path), (sizes.get(keyOf(path)) ?? 0) + 1);
  const latest = new Map<string, { commit: string | undefined; group: Migration[] }>();
  const groups: Migration[][] = [];
  for (const migration of migrations) {
    const kin = kinOf(migration.path);
    const commit = arrivals.get(migration.path);
    const last = latest.get(kin);
    const isTogether =
      commit !== undefined && commit === last?.commit && (sizes.get(keyOf(migration.path)) ?? 0) <= mostTogether;
    if (isTogether) last.group.push(migration);
    else {
      const group = [migration];
      latest.set(kin, { commit, group });
      groups.push(group);
    }
  }
  return groups;
}

/** The commit that is read, as `abc123 of 2026-01-31`. */
export function headOf(repository: string): string {
  return execFileSync('git', ['-C', repository, 'log', '-1', '--format=%h of %cs'], { encoding: 'utf8' }).trim();
}

/** The newest commit as if all of it were added in one pull request. */
function everythingAdded(repository: string): Host {
  const host = gitHost({ repository, base: 'HEAD', head: 'HEAD' });
  return {
    ...host,
    files: async () => {
      const { blobs } = await host.baseTree();
      const files = [...blobs].map(([path, blob]) => ({
        path,
        blob,
        status: 'added' as const,
        additions: 0,
        deletions: 0,
      }));
      return { files };
    },
    baseTree: () => Promise.resolve({ blobs: new Map() }),
  };
}

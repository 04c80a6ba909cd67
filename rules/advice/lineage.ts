/** What rules ask of migrations that stand beside each other on the base branch and in the change. */
import { comparableVersion, compareVersions, nextVersion, versionFacts } from '../../src/operations/facts/versions.ts';
import type { Lineage, Migration, StandingMigration } from '../../src/operations/migration.ts';
import type { Span } from '../../src/operations/operation.ts';
import { code } from '../../src/rule.ts';

/** The first line of a migration: what is wrong with its name or its place shows nowhere else. */
export function firstLine({ path }: { path: string }): Span {
  return { path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 };
}

/** A migration of the base branch under a version that can be compared. */
export type Comparable = { each: StandingMigration; version: string };

/** Those that stand and have a version; to be asked once for all migrations of a change. */
export function comparable({ standing }: Lineage): Comparable[] {
  return standing.flatMap((each) =>
    each.version === undefined ? [] : [{ each, version: comparableVersion(each.version, each.framework) }],
  );
}

/** Those that sort behind a new migration, in their order; one of the same number is for `duplicate-version`. */
export function laterOnes({ version, framework }: Migration, standing: readonly Comparable[]): StandingMigration[] {
  if (version === undefined) return [];
  const own = comparableVersion(version, framework);
  const all = standing.filter(({ each }) => each.framework === framework);
  if (all.some((other) => other.version === own) && versionFacts(framework)?.twice) return [];
  return all
    .filter((other) => compareVersions(own, other.version) < 0)
    .toSorted((one, other) => compareVersions(one.version, other.version))
    .map(({ each }) => each);
}

/** Says to rename a migration so that it comes last, with the new name; `taken` are versions that others will have. */
export function renumberAdvice(migration: Migration, lineage: Lineage, taken: readonly string[] = []): string {
  const path = renumbered(migration, lineage, taken);
  const also = migration.framework === 'typeorm' ? ' The timestamp at the end of its class changes with it.' : '';
  return path === undefined
    ? 'Rename it so that it comes after every other one.'
    : `Rename it so that it comes last: ${code(path, 300)}${siblingNote(migration)}.${also}`;
}

function siblingNote({ down, path }: Migration): string {
  const own = (down.kind === 'written' || down.kind === 'empty') && down.path !== path;
  return own ? ', and its down file with it' : '';
}

/** Its path under the next free version; those of the change that have to move as well come before it or after it in their order. */
function renumbered(migration: Migration, lineage: Lineage, taken: readonly string[]): string | undefined {
  const { version, path } = migration;
  if (version === undefined) return undefined;
  const all = [...[...lineage.standing, ...lineage.now].flatMap((each) => each.version ?? []), ...taken];
  const greatest = all.reduce((one, other) => (compareVersions(one, other) < 0 ? other : one), '');
  const place = lineage.now.filter(({ status }) => status === 'added').findIndex((each) => each.path === path);
  let next: string | undefined = greatest;
  for (let count = 0; count <= Math.max(0, place) && next !== undefined; count++) next = nextVersion(next);
  return next === undefined ? undefined : withVersion(path, version, next);
}

/** The number stands in the name of the file, or of the folder that holds it. */
function withVersion(path: string, version: string, next: string): string | undefined {
  const parts = path.split('/');
  for (const index of [parts.length - 1, parts.length - 2]) {
    const found = parts[index]?.indexOf(version) ?? -1;
    const part = parts[index];
    if (part === undefined || found < 0 || found > 10) continue;
    parts[index] = part.slice(0, found) + next + part.slice(found + version.length);
    return parts.join('/');
  }
  return undefined;
}

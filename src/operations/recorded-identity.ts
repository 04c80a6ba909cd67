/** Whether a migration under another name is still the one that was recorded when it ran. */
import { comparableVersion, versionFacts } from './facts/versions.ts';
import type { ChangedFile } from './change.ts';
import type { Migration } from './migration.ts';

/** `same`: the framework sees that it has run. `other`: it takes it for a new one. `before` is the migration as the base branch has it. */
export function identityOf(
  migration: Migration,
  before: Migration | undefined,
  file: ChangedFile,
): 'same' | 'other' | 'unknown' {
  const { framework, revision, version } = migration;
  const known = versionFacts(framework)?.knownBy;
  // The class is the name, and the journal the order: the file may be called anything.
  if (framework === 'typeorm' || framework === 'drizzle') return file.before === file.after ? 'same' : 'unknown';
  if (known === undefined || !before) return 'unknown';
  if (known === 'revision') return before.revision === revision ? 'same' : 'other';
  if (known === 'number') return isSameNumber(before.version, version, framework) ? 'same' : 'other';
  return recordedName(file.previousPath ?? file.path, framework) === recordedName(file.path, framework)
    ? 'same'
    : 'other';
}

/** True for a new migration that the framework takes for another one, which goes: it stands beside it under the same number or revision. */
export function takesPlaceOf(migration: Migration, gone: Migration): boolean {
  const { framework, revision, version } = migration;
  if (migration.status === 'deleted' || framework !== gone.framework || placeOf(migration) !== placeOf(gone))
    return false;
  const known = versionFacts(framework)?.knownBy;
  if (known === 'revision') return revision !== undefined && revision === gone.revision;
  return known === 'number' && version !== undefined && isSameNumber(gone.version, version, framework);
}

/** The folder of all of them, where each has one of its own as well. */
function placeOf({ path }: Migration): string {
  return path.replace(/\/(?:up|migration)\.sql$/, '').replace(/[^/]*$/, '');
}

function isSameNumber(one: string | undefined, other: string | undefined, framework: string): boolean {
  if (one === undefined || other === undefined) return one === other;
  return comparableVersion(one, framework) === comparableVersion(other, framework);
}

/** Django: app and module. Prisma: the folder. Kysely and node-pg-migrate leave the ending out, Knex and umzug do not. */
function recordedName(path: string, framework: string): string {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (framework === 'django') return [parts.at(-3), name].join('/');
  if (framework === 'prisma') return parts.at(-2) ?? '';
  return framework === 'kysely' || framework === 'node-pg-migrate' ? name.replace(/\.\w+$/, '') : name;
}

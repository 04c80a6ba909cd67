/** The migrations of a change as they are now, and as the base branch has those that it edits. */
import type { ClaimedMigration } from '../frontends/frontend.ts';
import { isBystander, type Migration } from '../operations/migration.ts';
import type { Edit } from '../rule.ts';
import type { ClaimedChange } from './claims.ts';
import { operationDigest } from './digest.ts';
import { markEmptyOnPurpose } from './empty-on-purpose.ts';
import type { Read } from './review.ts';
import type { Said } from './walk.ts';

/** Reads all that is claimed; a file that is a bystander before and after, such as the runner's own, is no migration. */
export async function readChanged(
  all: readonly ClaimedChange[],
  read: Read,
): Promise<{ claimed: ClaimedChange[]; migrations: Migration[]; standing: Map<string, Standing> }> {
  const everything = await Promise.all(all.map((each) => readClaimed(each, read)));
  const standing = await digestsBefore(all, read);
  const isAny = (migration: Migration | undefined) => {
    const before = migration && standing.get(migration.path)?.migration;
    return !migration || !before || !isBystander(migration) || !isBystander(before);
  };
  return {
    claimed: all.filter((_, at) => isAny(everything[at])),
    migrations: markEmptyOnPurpose(everything.filter(isAny)),
    standing,
  };
}

async function readClaimed(claimed: ClaimedChange, read: Read): Promise<Migration> {
  const migration = await read(claimed.now);
  if (claimed.unread === undefined) return migration;
  const span = { path: claimed.now.path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 };
  return { ...migration, up: [{ kind: 'opaque', reason: claimed.unread, span, statement: 1 }], statements: 1 };
}

/** A migration as the base branch has it, and what its operations do there. */
export type Standing = { migration: Migration; up: string[]; down: string[] };

/** By the path that the migration has now. */
async function digestsBefore(claimed: readonly ClaimedChange[], read: Read): Promise<Map<string, Standing>> {
  const standing = new Map<string, Standing>();
  for (const { before, now } of claimed) {
    if (!before) continue;
    const migration = await read(before);
    standing.set(now.path, { migration, ...digestsOf(migration, before) });
  }
  return standing;
}

function digestsOf(migration: Migration, claimed: ClaimedMigration): { up: string[]; down: string[] } {
  const texts = textsOf(claimed);
  const down = migration.down.kind === 'written' ? migration.down.operations : [];
  return {
    up: migration.up.map((operation) => operationDigest(operation, texts)),
    down: [migration.down.kind, ...down.map((operation) => operationDigest(operation, texts))],
  };
}

/** What the edits of standing migrations change; comments, white space and the order of files are not among it. */
export function editsOf(
  migrations: readonly Migration[],
  standing: ReadonlyMap<string, Standing>,
  claimed: readonly ClaimedChange[],
): Map<string, Edit> {
  const edits = new Map<string, Edit>();
  for (const { now } of claimed) {
    const before = standing.get(now.path);
    const migration = before && migrations.find((each) => each.path === now.path);
    if (!migration) continue;
    const { up, down } = digestsOf(migration, now);
    edits.set(now.path, {
      before: before.migration,
      changesUp: up.join() !== before.up.join(),
      changesDown: down.join() !== before.down.join(),
    });
  }
  return edits;
}

/** Of an edited or renamed migration only what is new in it is said: the rest has run long ago. */
export function withoutWhatStood(
  said: Said[],
  standing: ReadonlyMap<string, Standing>,
  claimed: readonly ClaimedChange[],
): Said[] {
  return said.filter(({ operation, migration }) => {
    if (!operation || !migration || migration.status === 'added') return true;
    const now = claimed.find((each) => each.now.path === migration.path)?.now;
    return !now || !standing.get(migration.path)?.up.includes(operationDigest(operation, textsOf(now)));
  });
}

/** The lines of its files, by path. */
export function textsOf(claimed: ClaimedMigration): Map<string, string[]> {
  const files = [claimed.files.up, claimed.files.down].filter((file) => file !== undefined);
  return new Map(files.map((file) => [file.path, file.text.split(/\r\n|\r|\n/)]));
}

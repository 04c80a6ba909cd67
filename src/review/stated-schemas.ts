/** Files of the base branch that state a whole schema beside the migrations that make it. */
import type { ClaimedMigration } from '../frontends/frontend.ts';
import { findFrontend } from '../frontends/index.ts';
import { kinOf } from '../frontends/kin-of.ts';
import type { Change } from '../operations/change.ts';

/** A stated schema before it is read, and the kins of migrations whose schema it is. */
export type ClaimedSchema = { claimed: ClaimedMigration; kins: string[] };

/**
 * One for each schema, as the base branch has it. Where the change edits or takes away migrations that stand there, the file tells the
 * state behind them, and nothing of it is taken.
 */
export function claimStatedSchemas(change: Change, claimed: readonly ClaimedMigration[]): ClaimedSchema[] {
  const paths = new Set(change.basePaths);
  const touched = new Set(claimed.filter(({ status }) => status !== 'added').map(({ path }) => kinOf(path)));
  const asked = new Set<string>();
  const schemas = new Map<string, ClaimedSchema>();
  for (const each of claimed) {
    const kin = kinOf(each.path);
    const stated = findFrontend(each.framework)?.stated;
    if (!stated || touched.has(kin) || asked.has(kin)) continue;
    asked.add(kin);
    const parts = stated.find(each.path, paths).flatMap((path) => {
      const text = textBefore(path, change);
      return text === undefined ? [] : [{ path, text }];
    });
    const file = stated.join(parts);
    if (!file) continue;
    const known = schemas.get(file.path) ?? { claimed: schemaOf(file, each), kins: [] };
    known.kins.push(kin);
    schemas.set(file.path, known);
  }
  return [...schemas.values()];
}

function textBefore(path: string, { history, files }: Change): string | undefined {
  return history[path] ?? files.find((file) => (file.previousPath ?? file.path) === path)?.before;
}

function schemaOf(
  { path, text, version }: { path: string; text: string; version?: string },
  { framework, database, databaseVersion }: ClaimedMigration,
): ClaimedMigration {
  return {
    framework,
    path,
    status: 'renamed',
    database,
    ...(databaseVersion === undefined ? {} : { databaseVersion }),
    ...(version === undefined ? {} : { version }),
    files: { up: { path, text } },
    paths: [],
    texts: {},
  };
}

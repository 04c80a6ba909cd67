/** What the command line says beside the configuration. */
import { settingFor } from '../configuration/setting.ts';
import { findClaim } from '../frontends/index.ts';
import type { Change } from '../operations/change.ts';
import type { Database } from '../operations/migration.ts';

/** The change with the database and version that were named on the command line. */
export function withDatabase(change: Change, database: Database | undefined, version: string | undefined): Change {
  const { configuration } = change;
  const given = { ...(database !== undefined && { database }), ...(version !== undefined && { version }) };
  return { ...change, configuration: { ...configuration, ...given } };
}

/** Who names a file wants it read: where no framework would, it counts as a migration in a file of its own. */
export function withNamedFiles(change: Change, named: ReadonlySet<string>): Change {
  const project = { paths: new Set(change.files.map((file) => file.path)), textOf: () => undefined };
  const unclaimed = change.files.filter(
    ({ path, after }) =>
      named.has(path) && path.endsWith('.sql') && findClaim({ path, text: after ?? '' }, project) === undefined,
  );
  const paths = unclaimed.map(({ path }) => {
    const { framework = 'plain-sql', database, version } = settingFor(change.configuration, path);
    return { path, framework, ...(database !== undefined && { database }), ...(version !== undefined && { version }) };
  });
  const { configuration } = change;
  return { ...change, configuration: { ...configuration, paths: [...configuration.paths, ...paths] } };
}

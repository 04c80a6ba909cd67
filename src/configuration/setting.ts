/** What the configuration says of one path. */
import type { Configuration } from '../operations/configuration.ts';
import type { Database } from '../operations/migration.ts';
import { matchesGlob } from './match-glob.ts';

/** What holds for a path; absent where the configuration does not say. */
export type Setting = { framework?: string; database?: Database; version?: string; ignore: boolean };

/** The setting of a path: the last item of `paths` that fits, completed by what is set for the whole repository. */
export function settingFor(configuration: Configuration, path: string): Setting {
  const found = configuration.paths.findLast((setting) => matchesGlob(setting.path, path));
  const database = found?.database ?? configuration.database;
  // A version belongs to the database that it was written beside.
  const inherits = found?.database === undefined || found.database === configuration.database;
  const version = found?.version ?? (inherits ? configuration.version : undefined);
  return {
    ...(found?.framework !== undefined && { framework: found.framework }),
    ...(database !== undefined && { database }),
    ...(version !== undefined && { version }),
    ignore: found?.ignore ?? false,
  };
}

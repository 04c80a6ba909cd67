/** Numbered or dated SQL in a directory of migrations, of which no framework is known. */
import type { Claim, Frontend, Project } from '../frontend.ts';
import { isAmongMigrations, mayBeMigration } from '../paths.ts';
import { readDirections } from '../sql/read-directions.ts';
import { readPlainName, readUpAndDown, saysNoTransaction } from './parse.ts';

/** The frontend of last resort: how the files are run is not known. */
export const plainSql: Frontend = {
  framework: 'plain-sql',
  wants: (path) => mayBeMigration(path) && isAmongMigrations(path) && readPlainName(path) !== undefined,
  claim: ({ path }, project) => (plainSql.wants(path) ? claimPlain(path, project) : undefined),
  read: (source) =>
    readDirections(source, {
      sections: readUpAndDown,
      down: (file, { project }) => readPlainName(file.path, project.paths)?.down ?? { kind: 'unsupported' },
      transaction: ({ file }) => (saysNoTransaction(file) ? 'none' : 'unknown'),
    }),
};

/** The claim on a file that someone says is a migration, wherever it stands. */
export function claimPlain(path: string, project: Project): Claim {
  const name = readPlainName(path, project.paths);
  if (!name) return { migration: path, part: 'up' };
  const claim: Claim = { migration: name.up, part: name.direction };
  return name.version === undefined ? claim : { ...claim, version: name.version };
}

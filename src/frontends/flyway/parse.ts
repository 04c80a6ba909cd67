/** The names of Flyway's scripts. */
import type { Project } from '../frontend.ts';
import { folderOf, inFolder, nameOf } from '../paths.ts';

export type FlywayName =
  | { kind: 'versioned' | 'baseline'; version: string }
  | { kind: 'repeatable' | 'callback' }
  | { kind: 'undo'; version: string; undoes: (path: string, project: Project) => string };

const callbacks =
  /^(before|after)(Migrate|EachMigrate|EachMigrateStatement|Repeatables|Versioned|MigrateApplied|Connect)(__.*)?\.sql$/;

/** What the name of a script says, or undefined when it is none of Flyway's. Versions are as Flyway compares them: 1_2 is 1.2. */
export function readFlywayName(name: string): FlywayName | undefined {
  if (/^R__.+\.sql$/.test(name)) return { kind: 'repeatable' };
  if (callbacks.test(name)) return { kind: 'callback' };
  const match = /^([VUB])(\d+(?:[._]\d+)*)__.*\.sql$/.exec(name);
  if (!match) return undefined;
  const version = (match[2] ?? '').replaceAll('_', '.');
  if (match[1] === 'V') return { kind: 'versioned', version };
  if (match[1] === 'B') return { kind: 'baseline', version };
  return {
    kind: 'undo',
    version,
    undoes: (path, project) => findPartner(path, project.paths) ?? asVersioned(path),
  };
}

/** Where the undo script of a migration stands; unsupported where the project has none at all: only paid editions run them. */
export function findUndo(path: string, project: Project): string | { kind: 'missing' | 'unsupported' } {
  if (readFlywayName(nameOf(path))?.kind !== 'versioned') return { kind: 'unsupported' };
  const undo = findPartner(path, project.paths);
  if (undo !== undefined) return undo;
  for (const other of project.paths) if (readFlywayName(nameOf(other))?.kind === 'undo') return { kind: 'missing' };
  return { kind: 'unsupported' };
}

/** The undo script of a versioned one, or the versioned one of an undo script: the same version in the same folder; descriptions may differ. */
export function findPartner(path: string, paths: ReadonlySet<string>): string | undefined {
  const own = readFlywayName(nameOf(path));
  if (own?.kind !== 'versioned' && own?.kind !== 'undo') return undefined;
  const kind = own.kind === 'undo' ? 'versioned' : 'undo';
  const folder = folderOf(path);
  for (const other of paths) {
    if (folderOf(other) !== folder) continue;
    const name = readFlywayName(nameOf(other));
    if (name?.kind === kind && name.version === own.version) return other;
  }
  return undefined;
}

function asVersioned(path: string): string {
  return inFolder(folderOf(path), `V${nameOf(path).slice(1)}`);
}

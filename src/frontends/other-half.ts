/** The file of the other direction, where directions stand in files of their own. */
import { findPartner } from './flyway/parse.ts';
import { folderOf, inFolder, nameOf } from './paths.ts';
import { readPlainName } from './plain-sql/parse.ts';

/** The paths of the other halves of these files that exist; reading one direction without the other tells only half. */
export function otherHalves(paths: readonly string[], all: ReadonlySet<string>): string[] {
  const own = new Set(paths);
  const others = paths.flatMap((path) => {
    const other = otherHalf(path, all);
    return other === undefined ? sqlBeside(path) : [...sqlBeside(path), other];
  });
  return [...new Set(others)].filter((path) => all.has(path) && !own.has(path));
}

/** True for a file that holds the down direction alone. */
export function isDownFile(path: string, all: ReadonlySet<string>): boolean {
  return readPlainName(path, all)?.direction === 'down';
}

/** The SQL files of a script of db-migrate, and the script of such a file. */
function sqlBeside(path: string): string[] {
  const folder = folderOf(path);
  const [stem = '', ending] = nameOf(path).split(/\.(?=[^.]*$)/);
  if (ending === 'js') return ['up', 'down'].map((direction) => inFolder(folder, `sqls/${stem}-${direction}.sql`));
  return nameOf(folder) === 'sqls' ? [inFolder(folderOf(folder), `${stem.replace(/-(up|down)$/, '')}.js`)] : [];
}

function otherHalf(path: string, all: ReadonlySet<string>): string | undefined {
  if (nameOf(path) === 'metadata.toml') return inFolder(folderOf(path), 'up.sql');
  if (path.endsWith('.sql.conf')) return path.replace(/\.conf$/, '');
  const name = readPlainName(path, all);
  if (name?.down !== undefined) return name.direction === 'up' ? name.down : name.up;
  return findPartner(path, all);
}

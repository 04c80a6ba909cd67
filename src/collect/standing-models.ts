/** Models that stand as they are beside a migration which takes columns away: whether they ignore those already decides how it ships. */
import { wants } from '../frontends/index.ts';
import { pluralOf } from '../frontends/rails/inflection.ts';
import type { Host } from '../host.ts';
import { isModelFile } from '../models/paths.ts';
import type { ChangedFile } from '../operations/change.ts';
import { blobText, textEntry } from './text-of.ts';

/** Their texts on the base branch: asked for only where columns go, all at once. */
export async function standingModels(
  host: Host,
  files: readonly ChangedFile[],
  base: ReadonlyMap<string, string>,
): Promise<Record<string, string>> {
  const migrations = files.flatMap(({ path, after }) => (path.endsWith('.rb') && wants(path) ? (after ?? []) : []));
  const changed = new Set(files.map(({ path }) => path));
  const wanted = modelsOfDrops(migrations, base.keys()).filter((path) => !changed.has(path));
  const texts = await Promise.all(wanted.map((path) => blobText(host, base.get(path))));
  return Object.fromEntries(wanted.flatMap((path, index) => textEntry(path, texts[index])));
}

/** A migration that takes columns from more tables than these is a clean-up of its own. */
const mostStanding = 10;

/** The models of Rails among `paths` whose tables are named where columns go; by their words alone, since this only decides which files are asked for. */
function modelsOfDrops(migrations: readonly string[], paths: Iterable<string>): string[] {
  const dropping = migrations.filter((text) => takesColumns.test(text));
  if (dropping.length === 0) return [];
  const words = new Set(dropping.flatMap((text) => text.match(/\w+/g) ?? []));
  const found: string[] = [];
  for (const path of paths) if (tablesOf(path).some((table) => words.has(table))) found.push(path);
  return found.slice(0, mostStanding);
}

const takesColumns = /\bremove(?:_column|_columns|_reference|_belongs_to)?\b|\bdrop_column\b|\bDROP\s+COLUMN\b/i;

/** Those of the convention: `billing/invoice.rb` is `invoices` or `billing_invoices`. */
function tablesOf(path: string): string[] {
  const inside =
    path.endsWith('.rb') && isModelFile(path) ? /(?:^|\/)app\/models\/(.+)\.rb$/.exec(path)?.[1] : undefined;
  if (inside === undefined || inside.startsWith('concerns/')) return [];
  const folders = inside.split('/');
  const plural = pluralOf(folders.pop() ?? '');
  return [plural, [...folders, plural].join('_')];
}

/** Questions that are asked of classes that say their columns themselves: models, entities, and tables of schema files. */
import type { Migration } from './migration.ts';
import type { MappedClass, MappedColumn, ModelFile } from './models.ts';
import type { Name } from './name.ts';
import type { Table } from './table.ts';

/** All such classes of some files. */
export function mappedIn(files: readonly ModelFile[]): MappedClass[] {
  return files.flatMap((file) => file.mapped);
}

/** What a class is known by on both sides of a change. */
export function keyOf({ framework, home, name }: MappedClass): string {
  return `${framework} ${home} ${name}`;
}

/** The class under the same name in the same app. */
export function findSame(model: MappedClass, among: readonly MappedClass[]): MappedClass | undefined {
  const key = keyOf(model);
  return among.find((each) => keyOf(each) === key);
}

/** The classes whose rows are in a table, as far as a migration of that framework is about them. */
export function classesOf(
  table: Name,
  { framework }: Pick<Migration, 'framework'>,
  files: readonly ModelFile[],
): MappedClass[] {
  const wanted = framework === 'alembic' ? 'sqlalchemy' : framework;
  return mappedIn(files).filter((each) => each.framework === wanted && each.table === table);
}

/** The attribute behind a column of a table, with its class. */
export function findMapped(
  table: Name,
  column: string,
  migration: Pick<Migration, 'framework'>,
  files: readonly ModelFile[],
): { model: MappedClass; mapped: MappedColumn } | undefined {
  for (const model of classesOf(table, migration, files)) {
    const mapped = model.columns.find((each) => each.column === column);
    if (mapped) return { model, mapped };
  }
  return undefined;
}

/**
 * True where a column may be the one that is mapped: names that a convention makes are the same with or without
 * underscores, and the one of a relation goes on with the key of another class.
 */
export function mayBeMappedBy({ name, column, namedAfter }: MappedColumn, actual: string): boolean {
  if (column.toLowerCase() === actual.toLowerCase()) return true;
  if (namedAfter === undefined) return false;
  return namedAfter === 'attribute' ? bare(actual) === bare(name) : bare(actual).startsWith(bare(name));
}

/** True where every column of a class is among those of its table: neither a setting that is not seen names them otherwise, nor is anything of the table missing here. */
export function agrees({ columns }: MappedClass, actual: Iterable<string>): boolean {
  const names = [...actual];
  return columns.every((each) => names.some((one) => mayBeMappedBy(each, one)));
}

/** True where the names of its columns are written out, or are those of the table as it is known. */
export function isNamedForSure(model: MappedClass, table: Table | undefined): boolean {
  if (model.columns.every(({ namedAfter }) => namedAfter === undefined)) return true;
  return table !== undefined && agrees(model, table.columns.keys());
}

function bare(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

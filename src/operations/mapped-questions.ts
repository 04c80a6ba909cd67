/** Questions that are asked of classes that say their columns themselves: those of Django and SQLAlchemy. */
import type { Migration } from './migration.ts';
import type { MappedClass, MappedColumn, ModelFile } from './models.ts';
import type { Name } from './operation.ts';

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

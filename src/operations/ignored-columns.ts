/** Columns that no running release names, as the models on the base branch leave them out already. */
import type { Migration } from './migration.ts';
import { classesOf, isNamedForSure, mayBeMappedBy } from './mapped-questions.ts';
import { classesIn, tableOf } from './model-questions.ts';
import type { MappedClass, ModelClass, Models } from './models.ts';
import type { Name } from './name.ts';
import type { Operation } from './operation.ts';
import type { Schema } from './schema.ts';

/** What is known where a column goes. */
type Known = { migration: Pick<Migration, 'framework'>; schema: Schema; models: Models };

/** What a column was called before the migration of which these operations come first, where that is another name. */
export function nameBefore(
  { table, column }: { table: Name; column: string },
  before: readonly Operation[],
): string | undefined {
  const renamed = before.findLast((each) => each.kind === 'renameColumn' && each.table === table && each.to === column);
  return renamed?.kind === 'renameColumn' ? renamed.column : undefined;
}

/** The model on the base branch ignores the column, or says all its columns without it: no release that was made from it names it. */
export function isIgnoredBefore({ table, column }: { table: Name; column: string }, known: Known): boolean {
  const models = modelsOf(classesIn(known.models.before), table, known);
  const mapped = classesOf(table, known.migration, known.models.before);
  const isUnmapped = mapped.some(({ isWhole }) => isWhole) && mapped.every((each) => isWithout(each, column, known));
  return isUnmapped || models.some(({ ignoredColumns }) => ignoredColumns.includes(column));
}

/** The models of Rails whose rows are in a table. */
export function modelsOf(
  classes: readonly ModelClass[],
  table: Name,
  { migration, schema }: Pick<Known, 'migration' | 'schema'>,
): ModelClass[] {
  if (migration.framework !== 'rails') return [];
  return classes.filter((model) => model.superclass !== undefined && tableOf(model, classes, [schema]) === table);
}

function isWithout(model: MappedClass, column: string, { schema }: Known): boolean {
  const table = model.table === undefined ? undefined : schema.tables.get(model.table);
  return isNamedForSure(model, table) && !model.columns.some((each) => mayBeMappedBy(each, column));
}

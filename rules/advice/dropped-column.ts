/** What the models of a change say of a column that goes. */
import { isIgnoredBefore, modelsOf, nameBefore } from '../../src/operations/ignored-columns.ts';
import type { OperationOf, Span } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';
import { classesOf, findMapped, isNamedForSure } from '../../src/operations/mapped-questions.ts';
import { classesIn } from '../../src/operations/model-questions.ts';

type DropColumn = OperationOf<'dropColumn'>;

/** `dropped-column-still-named` speaks: where the model of the table names the column, which it did not ignore before. */
export function findNamed(operation: DropColumn, context: Context): { model: string; span: Span } | undefined {
  if (context.isNew(operation.table) || isAddedHere(operation, context)) return undefined;
  const { table, column } = operation;
  if (isIgnoredBefore({ table, column: nameBefore(operation, context.before) ?? column }, context)) return undefined;
  for (const model of modelsOf(classesIn(context.models.now), operation.table, context)) {
    // What the class defines under that name answers without the column.
    if (model.methods.includes(operation.column)) continue;
    const named = model.names.find(({ column }) => column === operation.column);
    if (named) return { model: model.name, span: named.span };
  }
  if (isMadeAgain(operation, context)) return undefined;
  const found = findMapped(operation.table, operation.column, context.migration, context.models.now);
  if (!found || (found.mapped.namedAfter !== undefined && !isNamedAsKnown(operation, context))) return undefined;
  return { model: found.model.name, span: found.mapped.span };
}

/** The class of the release that runs has the columns of the table, so that what names those of this one is known. */
function isNamedAsKnown({ table }: DropColumn, { migration, models, schema }: Context): boolean {
  const before = classesOf(table, migration, models.before);
  return before.length > 0 && before.every((each) => isNamedForSure(each, schema.tables.get(table)));
}

/** An earlier statement of the change made the column. */
export function isAddedHere({ table, column }: Named, { schema }: Context): boolean {
  return schema.tables.get(table)?.newColumns?.has(column) === true;
}

/** A column that this migration adds and fills, and that has the name which the release knows in the end. */
export function findHeir({ table, column }: Named, { before, after }: Context): string | undefined {
  const heir = takesNameAfter({ table, column }, after) ?? nameBefore({ table, column }, before);
  if (heir === undefined) return undefined;
  const isAdded = before.some((each) => each.kind === 'addColumn' && each.table === table && each.column.name === heir);
  const isFilled = before.some(
    (each) => each.kind === 'updateRows' && each.table === table && each.columns.includes(heir),
  );
  return isAdded && isFilled ? heir : undefined;
}

type Named = Pick<DropColumn, 'table' | 'column'>;

function takesNameAfter({ table, column }: Named, after: Context['after']): string | undefined {
  const renamed = after.find((each) => each.kind === 'renameColumn' && each.table === table && each.to === column);
  return renamed?.kind === 'renameColumn' ? renamed.column : undefined;
}

/** Another column takes its name afterwards, as where one is exchanged for one of another type. */
function isMadeAgain({ table, column }: DropColumn, context: Context): boolean {
  return context.after.some((each) => {
    if (!('table' in each) || each.table !== table) return false;
    return each.kind === 'addColumn' ? each.column.name === column : each.kind === 'renameColumn' && each.to === column;
  });
}

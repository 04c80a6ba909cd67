/** What the models of a change say of a column that goes. */
import type { ModelClass } from '../../src/operations/models.ts';
import type { OperationOf, Span } from '../../src/operations/operation.ts';
import type { Context } from '../../src/rule.ts';
import { classesIn, tableOf } from './models.ts';

type DropColumn = OperationOf<'dropColumn'>;

/** `dropped-column-still-named` speaks: where the model of the table names the column, which it did not ignore before. */
export function findNamed(operation: DropColumn, context: Context): { model: string; span: Span } | undefined {
  if (context.isNew(operation.table) || isAddedHere(operation, context)) return undefined;
  if (isIgnoredBefore(operation, context)) return undefined;
  for (const model of modelsOf(classesIn(context.models.now), operation.table, context)) {
    // What the class defines under that name answers without the column.
    if (model.methods.includes(operation.column)) continue;
    const named = model.names.find(({ column }) => column === operation.column);
    if (named) return { model: model.name, span: named.span };
  }
  return undefined;
}

/** The model on the base branch ignores the column: no release that was made from it names it. */
export function isIgnoredBefore({ table, column }: DropColumn, context: Context): boolean {
  const models = modelsOf(classesIn(context.models.before), table, context);
  return models.some(({ ignoredColumns }) => ignoredColumns.includes(column));
}

/** An earlier statement of the migration made the column. */
export function isAddedHere({ table, column }: DropColumn, context: Context): boolean {
  return context.before.some(
    (each) => each.kind === 'addColumn' && each.table === table && each.column.name === column,
  );
}

function modelsOf(classes: readonly ModelClass[], table: string, context: Context): ModelClass[] {
  if (context.migration.framework !== 'rails') return [];
  return classes.filter(
    (model) => model.superclass !== undefined && tableOf(model, classes, [context.schema]) === table,
  );
}

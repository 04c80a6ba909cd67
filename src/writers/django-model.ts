/** What Django calls a table, as far as its name and the path of the migration tell it. */
import type { Name } from '../operations/name.ts';
import type { Target } from './writer.ts';

/**
 * The model of a table in lower case, as Django's own migrations name it; undefined where the table is not named after
 * the app and a model: https://docs.djangoproject.com/en/stable/ref/models/options/#table-names
 */
export function modelOf(table: Name, target: Target): string | undefined {
  const label = labelOf(target);
  if (label === undefined || !table.startsWith(`${label}_`)) return undefined;
  const model = table.slice(label.length + 1);
  // A further underscore stands in the name of no class: it is a table between two models, or has a name of its own.
  return /^[a-z][a-z0-9]*$/.test(model) ? model : undefined;
}

/** The label of the app: the folder that its migrations stand in, unless apps.py says otherwise, which the table would show. */
export function labelOf({ path }: Target): string | undefined {
  const label = path.split('/').at(-3);
  return label !== undefined && /^[a-z_][a-z0-9_]*$/.test(label) ? label : undefined;
}

/** True where the field of a column has its name; one on `_id` may stand for a relation, whose name is another. */
export function isFieldName(column: string): boolean {
  return canBeField(column) && !column.endsWith('_id');
}

/** True where a field can have the name of the column. https://docs.djangoproject.com/en/stable/topics/db/models/#field-name-restrictions */
export function canBeField(column: string): boolean {
  return /^[a-z][a-z0-9_]*$/i.test(column) && !column.includes('__') && !column.endsWith('_');
}

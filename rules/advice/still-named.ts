/** Where code still names a column that goes, as sentences of a message. */
import { mentionsOf, type Mention } from '../../src/operations/mentions.ts';
import { modelsOf } from '../../src/operations/ignored-columns.ts';
import { classesOf } from '../../src/operations/mapped-questions.ts';
import { classesIn, methodsOf } from '../../src/operations/model-questions.ts';
import type { Span } from '../../src/operations/operation.ts';
import { code, listed, someOf, type Context } from '../../src/rule.ts';

type Named = { table: string; column: string };

/** What a person reads in one go. */
const mostPlaces = 8;

/** The places in code that name it, but for the one that is told already; none where what the model defines under that name answers without the column. */
export function placesNaming({ table, column }: Named, context: Context, told?: Span): Mention[] {
  if (isAnswered({ table, column }, context)) return [];
  return mentionsOf({ table, column }, context.models).filter(
    ({ span }) => span.path !== told?.path || span.startLine !== told.startLine,
  );
}

/** The class of the table has something else under the name, or under that of the row behind a key. */
function isAnswered({ table, column }: Named, context: Context): boolean {
  const { models, migration } = context;
  const classes = classesIn(models.now);
  if (modelsOf(classes, table, context).some((model) => methodsOf(model, classes).includes(column))) return true;
  const names = [column, column.replace(/_id$/, '')];
  return classesOf(table, migration, models.now).some(
    ({ members, columns }) =>
      names.some((name) => members.includes(name)) && !columns.some((each) => each.column === column),
  );
}

/** ` Still named in …`, those that are certain first; empty where there are none. */
export function stillNamed(places: readonly Mention[], word = 'Still'): string {
  const certain = places.filter(({ isCertain }) => isCertain);
  const likely = places.filter(({ isCertain }) => !isCertain);
  const room = Math.max(1, mostPlaces - certain.length);
  const first = certain.length > 0 ? ` ${word} named in ${named(certain, mostPlaces)}` : '';
  if (likely.length === 0) return first === '' ? '' : `${first}.`;
  if (first === '') return ` ${word} named, as it seems, in ${named(likely, mostPlaces)}.`;
  return `${first}; as it seems, also in ${named(likely, room)}.`;
}

function named(places: readonly Mention[], most: number): string {
  const names = places.map(({ span }) => code(`${span.path}:${span.startLine}`));
  return names.length > most ? someOf(names, most) : listed(names);
}

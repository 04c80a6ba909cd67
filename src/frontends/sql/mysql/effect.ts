/** What a statement does before it has its place: operations whose offsets are not yet lines. */
import { isDone, stretchOf, takeNameParts, type Cursor, type Stretch } from '../cursor.ts';
import type { Effect as Unplaced } from '../effect.ts';

/** An operation without its place; `at` is where it stands, absent for the whole statement. */
export type Effect = Unplaced & { at?: Stretch };

/** The two databases that share this reader, and differ in what they honour. */
export type MysqlDialect = 'mysql' | 'mariadb';

/** Fields that are there only when something holds, for the spread of an object. */
export function when<const Fields extends object>(holds: boolean, fields: Fields): Partial<Fields> {
  return holds ? fields : {};
}

/** Moves past the name of a table or another object: `schema.name` as far as it is written. Neither database folds it. */
export function takeObjectName(cursor: Cursor): string {
  return takeNameParts(cursor).join('.');
}

/** The same effects with the place of a part, where they have none of their own. */
export function placed(effects: Effect[], part: Cursor): Effect[] {
  if (isDone(part)) return effects;
  const at = stretchOf(part);
  return effects.map((effect) => (effect.at ? effect : { ...effect, at }));
}

/** The same effects, said to run only under a condition. */
export function underCondition(effects: Effect[], holds = true): Effect[] {
  return holds ? effects.map((effect) => ({ ...effect, conditional: true })) : effects;
}

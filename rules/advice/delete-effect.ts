/** What becomes of the rows that point to one that is deleted. */
import { foreignKeysTo, type ForeignKey } from '../../src/operations/foreign-keys.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Schema } from '../../src/operations/schema.ts';
import { code, codes, someOf } from '../../src/rule.ts';

/** The DELETE fails, goes on to them, or takes away what they point with. */
export type DeleteEffect = 'refuses' | 'spreads' | 'empties';

/** What a key does at a DELETE: NO ACTION and RESTRICT differ only in when they look. https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK */
export function effectOf({ references: { onDelete = 'no action' } }: ForeignKey): DeleteEffect {
  if (onDelete === 'cascade') return 'spreads';
  return onDelete === 'no action' || onDelete === 'restrict' ? 'refuses' : 'empties';
}

/** Its columns, for a sentence. */
export function namesOf({ columns }: ForeignKey): string {
  return codes(columns);
}

/** The tables that lose rows as well when rows of this one go, in parentheses. */
export function alongWith(table: Name, schema: Schema): string {
  const reached = new Set([table]);
  for (const each of reached)
    for (const { owner, key } of foreignKeysTo(schema, each)) if (effectOf(key) === 'spreads') reached.add(owner.name);
  const names = [...reached].slice(1).map((name) => code(name));
  if (names.length === 0) return '';
  return ` (and with them those of ${someOf(names, 4)})`;
}

import { isConstant, type Column } from '../src/operations/column.ts';
import { uniquesOf } from '../src/operations/dropped-uniques.ts';
import { foreignKeysTo, type ForeignKey } from '../src/operations/foreign-keys.ts';
import type { OperationOf } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { namesOf } from './advice/delete-effect.ts';
import { checksForeignKeys, isMysql } from './advice/online-change.ts';

/** REPLACE deletes the row that is there, and what hangs on it. */
export const replacedParentRows: Rule = {
  id: 'replaced-parent-rows',
  title: 'REPLACE deletes the rows that are there',
  severity: 'error',
  concerns: 'rows',
  check: {
    insertRows: (operation, context) => {
      const { database } = context.migration;
      return operation.replaces && (database === 'sqlite' || isMysql(database)) ? find(operation, context) : undefined;
    },
  },
};

type Child = { owner: string; key: ForeignKey };

function find(operation: OperationOf<'insertRows'>, context: Context): Found | undefined {
  const { table } = operation;
  const isLite = context.migration.database === 'sqlite';
  if (context.isNew(table)) return undefined;
  if (!checksForeignKeys(context)) return findForgotten(operation, context);
  const children = foreignKeysTo(context.schema, table)
    .map(({ owner, key }): Child => ({ owner: owner.name, key }))
    .filter(({ owner }) => owner !== table && !context.isNew(owner))
    // SQLite looks for the key when the statement has ended, and the new row has it.
    .filter((child) => !isLite || rankOf(child) < 2);
  const [first] = children.toSorted((one, other) => rankOf(one) - rankOf(other));
  if (!first) return findForgotten(operation, context);
  return {
    ...(rankOf(first) === 2 ? { severity: 'warning' } : {}),
    message: `Where ${code(table)} has a row of the same key, \`REPLACE\` deletes it before it inserts: ${effectOf(first)}${isLite ? ', where the connection checks foreign keys' : ''}. Columns that are not named get their default again.`,
    advice: adviseFor(isLite),
  };
}

function adviseFor(isLite: boolean): string {
  return isLite
    ? '`INSERT … ON CONFLICT (…) DO UPDATE SET …`, which writes the row where it stands; or `DO NOTHING` where the one that is there is to stay.'
    : '`INSERT … ON DUPLICATE KEY UPDATE`, which writes the row where it stands; or `INSERT IGNORE` where the one that is there is to stay.';
}

/** Columns of the row that is there whose values nobody writes again. */
function findForgotten({ table, columns }: OperationOf<'insertRows'>, context: Context): Found | undefined {
  const known = context.schema.tables.get(table);
  if (!columns || !known || uniquesOf(known).length === 0) return undefined;
  const rest = [...known.columns.values()].filter((column) => isLost(column, columns)).map(({ name }) => code(name));
  if (rest.length === 0) return undefined;
  return {
    severity: 'warning',
    message: `Where ${code(table)} has a row of the same key, \`REPLACE\` deletes it before it inserts: what stood in ${rest.join(', ')}, which it does not name, is lost, and the default of the column, or NULL, takes its place.`,
    advice: adviseFor(context.migration.database === 'sqlite'),
  };
}

/** Numbers, times of the write and what is worked out have no value of somebody's own. */
function isLost({ name, generated, onUpdate, default: filled }: Column, columns: readonly string[]): boolean {
  if (generated !== undefined || onUpdate !== undefined || (filled && !isConstant(filled))) return false;
  return !columns.some((each) => each.toLowerCase() === name.toLowerCase());
}

function rankOf({ key }: Child): number {
  if (key.references.onDelete === 'cascade') return 0;
  return key.references.onDelete === 'set null' ? 1 : 2;
}

function effectOf({ owner, key }: Child): string {
  const names = namesOf(key);
  if (key.references.onDelete === 'cascade')
    return `the rows of ${code(owner)} that point to it go along (ON DELETE CASCADE), and no rollback of the code brings them back`;
  if (key.references.onDelete === 'set null')
    return `${names} of ${code(owner)} becomes NULL (ON DELETE SET NULL) where it points to it, and does not come back`;
  return `it fails (1451) where a row of ${code(owner)} points to it`;
}

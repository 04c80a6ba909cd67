import type { Database } from '../src/operations/migration.ts';
import type { Constraint } from '../src/operations/column.ts';
import { isComputedName, type Name } from '../src/operations/name.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** A column is named that no migration has made, or that an earlier one has dropped. */
export const nameNotThere: Rule = {
  id: 'name-not-there',
  title: 'A column that is not there',
  severity: 'warning',
  concerns: 'process',
  check: {
    dropColumn: ({ table, column, ifExists, conditional }, context) =>
      ifExists || conditional ? undefined : find(table, [column], context),
    alterColumn: ({ table, column, conditional }, context) =>
      conditional ? undefined : find(table, [column], context),
    renameColumn: ({ table, column, conditional }, context) =>
      conditional ? undefined : find(table, [column], context),
    createIndex: ({ table, index, conditional }, context) =>
      conditional ? undefined : find(table, index.columns, context),
    addConstraint: ({ table, constraint, conditional }, context) =>
      conditional ? undefined : find(table, columnsOf(constraint), context),
  },
};

function columnsOf(constraint: Constraint): readonly string[] {
  return constraint.kind === 'check' || constraint.kind === 'exclusion' ? [] : constraint.columns;
}

function find(table: Name, columns: readonly string[], context: Context): Found | undefined {
  const known = context.schema.tables.get(table);
  if (!known?.whole || context.schema.unread || isComputedName(table)) return undefined;
  const names = new Set([...known.columns.keys()].map((name) => name.toLowerCase()));
  const missing = columns.find(
    (name) => !name.startsWith('(') && !isComputedName(name) && !names.has(name.toLowerCase()),
  );
  if (missing === undefined) return undefined;
  const error = errors[context.migration.database];
  return {
    message: `${code(table)} has no column ${code(missing)} by the migrations before this one: this fails${error === undefined ? '' : ` (${error})`}, unless it was made by hand.`,
    advice: `Its columns are ${[...known.columns.keys()]
      .slice(0, 20)
      .map((name) => code(name))
      .join(', ')}. Where another change makes ${code(missing)}, that has to run first.`,
  };
}

const errors: Partial<Record<Database, string>> = {
  postgres: '42703',
  mysql: '1054',
  mariadb: '1054',
  sqlite: 'no such column',
};

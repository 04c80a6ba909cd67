import type { Database } from '../src/operations/migration.ts';
import type { Constraint } from '../src/operations/column.ts';
import { isComputedName, type Name } from '../src/operations/name.ts';
import { code, codes, type Context, type Found, type Rule } from '../src/rule.ts';
import { findNoKey } from './advice/absent-key.ts';
import { isMysql } from './advice/online-change.ts';
import { tableSql } from '../src/writers/identifier.ts';

/** A column or key is named that no migration has made, or that an earlier one has dropped; or a constraint by a name that another database has not. */
export const nameNotThere: Rule = {
  id: 'name-not-there',
  title: 'A column or constraint that is not there',
  severity: 'warning',
  concerns: 'process',
  check: {
    dropColumn: ({ table, column, ifExists, conditional }, context) =>
      ifExists || conditional ? undefined : find(table, [column], context, '1091'),
    alterColumn: ({ table, column, conditional }, context) =>
      conditional ? undefined : find(table, [column], context),
    renameColumn: ({ table, column, conditional }, context) =>
      conditional ? undefined : find(table, [column], context),
    createIndex: ({ table, index, conditional }, context) =>
      conditional ? undefined : find(table, index.columns, context, '1072'),
    dropConstraint: (operation, context) => {
      const { table, name, ifExists } = operation;
      if (ifExists) return undefined;
      return (name === undefined ? undefined : findGenerated(table, name, context)) ?? findNoKey(operation, context);
    },
    dropIndex: (operation, context) => (operation.ifExists ? undefined : findNoKey(operation, context)),
    addConstraint: ({ table, constraint, conditional }, context) =>
      conditional ? undefined : find(table, columnsOf(constraint), context, '1072'),
  },
};

function columnsOf(constraint: Constraint): readonly string[] {
  return constraint.kind === 'check' || constraint.kind === 'exclusion' ? [] : constraint.columns;
}

/** `onMysql` is its error there, where it is another one than of a column in general. */
function find(table: Name, columns: readonly string[], context: Context, onMysql?: string): Found | undefined {
  const known = context.schema.tables.get(table);
  if (!known?.whole || context.schema.unread || isComputedName(table)) return undefined;
  const names = new Set([...known.columns.keys()].map((name) => name.toLowerCase()));
  const missing = columns.find(
    (name) => !name.startsWith('(') && !isComputedName(name) && !names.has(name.toLowerCase()),
  );
  if (missing === undefined) return undefined;
  const { database } = context.migration;
  const error = isMysql(database) ? (onMysql ?? errors[database]) : errors[database];
  return {
    message: `${code(table)} has no column ${code(missing)} by the migrations before this one: this fails${error === undefined ? '' : ` (${error})`}, unless it was made by hand.`,
    advice: `Its columns are ${codes([...known.columns.keys()].slice(0, 20))}. Where another change makes ${code(missing)}, that has to run first.`,
  };
}

/** Of a constraint without a name SQL Server makes one up, in each database another: its kind, table and column, cut short, and digits of its own. */
function findGenerated(table: Name, name: string, { migration, schema }: Context): Found | undefined {
  if (migration.database !== 'sqlserver' || !/^(PK|UQ|DF|CK|FK)__\w+__[0-9A-F]{8}([0-9A-F]{8})?$/.test(name))
    return undefined;
  if (schema.tables.get(table)?.constraints.some((each) => each.name === name)) return undefined;
  const [view, what] = catalogs[name.slice(0, 2)] ?? ['sys.objects', 'constraint'];
  return {
    message: `SQL Server has made up the name ${code(name)} in one database with ${code(table)}, and makes up another one in the next: wherever it is not the same, this fails (3728).`,
    advice: `Look the name up: ${code(`SELECT @name = name FROM ${view} WHERE parent_object_id = OBJECT_ID(N'${table}') AND …`, 200)}, then ${code(`EXEC (N'ALTER TABLE ${tableSql(table, 'sqlserver')} DROP CONSTRAINT [' + @name + N']')`, 200)}. Give the ${what} a name of its own where it is made again.`,
  };
}

const catalogs: Partial<Record<string, [string, string]>> = {
  DF: ['sys.default_constraints', 'default'],
  PK: ['sys.key_constraints', 'key'],
  UQ: ['sys.key_constraints', 'key'],
  CK: ['sys.check_constraints', 'check'],
  FK: ['sys.foreign_keys', 'foreign key'],
};

const errors: Partial<Record<Database, string>> = {
  postgres: '42703',
  mysql: '1054',
  mariadb: '1054',
  sqlite: 'no such column',
};

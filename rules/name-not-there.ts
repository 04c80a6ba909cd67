import type { Database } from '../src/operations/migration.ts';
import type { Constraint } from '../src/operations/column.ts';
import { isComputedName, type Name } from '../src/operations/name.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import type { Table } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
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
    advice: `Its columns are ${[...known.columns.keys()]
      .slice(0, 20)
      .map((name) => code(name))
      .join(', ')}. Where another change makes ${code(missing)}, that has to run first.`,
  };
}

/** MySQL keeps an index under the name of a foreign key that found none; what frameworks name by themselves is not looked for. */
function findNoKey(
  operation: Operation & OperationOf<'dropIndex' | 'dropConstraint'>,
  context: Context,
): Found | undefined {
  const { migration, schema } = context;
  const { table, name, conditional } = operation;
  const known = table === undefined ? undefined : schema.tables.get(table);
  if (!isMysql(migration.database) || !migration.path.endsWith('.sql') || conditional) return undefined;
  if (!known?.whole || schema.unread || known.defaultsDropped || (name !== undefined && isComputedName(name)))
    return undefined;
  const kind = operation.kind === 'dropConstraint' ? operation.constraint : undefined;
  const what = kind === 'primaryKey' ? 'primary key' : code(name ?? '');
  const names = namesOfKeys(known, kind);
  // Without a name MySQL makes one up.
  if (kind !== 'primaryKey' && (name === undefined || names.includes(undefined))) return undefined;
  const isThere =
    kind === 'primaryKey'
      ? known.constraints.some((each) => each.kind === 'primaryKey')
      : names.some((each) => each?.toLowerCase() === name?.toLowerCase());
  if (isThere) return undefined;
  const listed = names.flatMap((each) => (each === undefined ? [] : [code(each)])).slice(0, 20);
  return {
    message: `${code(known.name)} has no ${kind === 'primaryKey' ? what : `${kind === 'foreignKey' ? 'foreign key' : 'key'} ${what}`} by the migrations before this one: this fails (1091), unless it was made by hand.`,
    advice: `${listed.length === 0 ? 'It has none that has a name.' : `It has ${listed.join(', ')}.`} Where it was made by hand, in one database and not in the next, make it by a migration first, or look it up in \`information_schema.TABLE_CONSTRAINTS\` before.`,
  };
}

/** A unique key that was given no name, or an index, has that of its first column, with a number behind it where that is taken. */
function namesOfKeys({ constraints, indexes }: Table, kind: Constraint['kind'] | undefined): (string | undefined)[] {
  const asked = constraints.filter((each) => (kind === undefined || each.kind === kind) && each.kind !== 'primaryKey');
  if (kind !== undefined) return asked.map(({ name }) => name);
  const keys = [...asked, ...indexes].map((each) => each.name ?? ('columns' in each ? undefined : ''));
  return keys;
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

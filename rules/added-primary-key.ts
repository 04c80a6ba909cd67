import { onlineEditions, sqlserverWork } from '../src/operations/facts/sqlserver-change.ts';
import type { Database } from '../src/operations/migration.ts';
import type { Constraint, Name, Operation, OperationOf } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnSql, columnsSql, madeUpName, tableSql } from '../src/writers/identifier.ts';
import { indexThenConstraint } from './advice/concurrent-index.ts';
import { fence } from '../src/writers/fence.ts';
import { led, migrationFence, paragraphs, phaseFence } from './advice/fence.ts';
import { requireThen } from './advice/fill-then-require.ts';
import { columnWithOneValue, hasRefusedKey } from './advice/one-cause.ts';
import { isMysql } from './advice/online-change.ts';
import { dropsRows } from './advice/online-tool.ts';
import { costOf } from './advice/severity.ts';
import { isProven } from './set-not-null.ts';

type AddConstraint = Operation & OperationOf<'addConstraint'>;

/** A table with rows gets a primary key. */
export const addedPrimaryKey: Rule = {
  id: 'added-primary-key',
  title: 'A primary key on a table with rows',
  severity: 'warning',
  concerns: 'locks',
  check: {
    addColumn: ({ table, column }, { migration }) => {
      if (migration.database !== 'sqlite' || !column.constraints.some(({ kind }) => kind === 'primaryKey'))
        return undefined;
      return {
        severity: 'error',
        message: `Adding ${code(`${table}.${column.name}`)} fails: SQLite cannot add a PRIMARY KEY column.`,
        advice: `Make a new table with the key, copy the rows, drop ${code(table)} and give the new one its name.`,
      };
    },
    addConstraint: (operation, context) => {
      const { table, constraint } = operation;
      if (constraint.kind !== 'primaryKey' || hasRefusedKey(operation, context)) return undefined;
      if (context.migration.database === 'sqlserver') return findOnSqlserver(operation, constraint, context);
      if (constraint.usingIndex !== undefined)
        return findNullable(table, constraint.usingIndex, constraint.name, context);
      if (context.isNew(table) || columnWithOneValue(constraint.columns, table, context)) return undefined;
      const { migration } = context;
      const key = constraint.columns.map((column) => code(column)).join(', ');
      const isPostgres = migration.database === 'postgres';
      const size = sizeNote(table, context.sizeOf(table));
      const name = constraint.name ?? madeUpName(table, 'pkey');
      const steps = { kind: 'primaryKey' as const, name, columns: constraint.columns };
      return {
        severity: costOf(context, table),
        message: `The primary key on ${key} ${whatHappens(table, migration.database)}. It fails on a NULL or a duplicate. ${size}`,
        advice: isPostgres
          ? paragraphs(
              'Require the columns first, where they are nullable.',
              ...requireEach(unproven(table, constraint.columns, context), table, context),
              indexThenConstraint(migration, table, steps),
            )
          : paragraphs(
              `In a quiet hour, once no row is NULL and none is there twice${isMysql(migration.database) ? `; ${dropsRows}` : ''}.`,
              phaseFence(migration, {
                steps: [{ kind: 'addConstraint', table, constraint: { ...steps, columns: [...steps.columns] } }],
                allow: { rules: ['added-primary-key'], because: 'the rows were counted, and it runs in a quiet hour' },
              }),
            ),
      };
    },
  },
};

function whatHappens(table: Name, database: Database): string {
  if (database === 'postgres')
    return `reads all of ${code(table)} for NULLs and builds its index under ACCESS EXCLUSIVE: reads and writes wait for both`;
  if (database === 'unknown')
    return `reads all of ${code(table)}, and may write it anew in its order: reads and writes may wait until that is done`;
  return `orders all of ${code(table)} anew`;
}

/** https://learn.microsoft.com/sql/relational-databases/tables/create-primary-keys: a column that may be NULL is refused, whatever is in it. */
function findOnSqlserver(
  operation: AddConstraint,
  key: Constraint & { columns: string[] },
  context: Context,
): Found | undefined {
  const { table } = operation;
  if (context.isNew(table) || columnWithOneValue(key.columns, table, context)) return undefined;
  const { migration, schema } = context;
  const { tables } = schema;
  const columns = key.columns.map((column) => code(column)).join(', ');
  const nullable = key.columns.find((column) => tables.get(table)?.columns.get(column)?.nullable);
  if (nullable !== undefined)
    return {
      severity: 'error',
      concerns: 'rows',
      message: `The primary key on ${columns} of ${code(table)} fails (8111): ${code(nullable)} may be NULL.`,
      advice: `Require it first, by \`ALTER COLUMN … NOT NULL\`.`,
    };
  const work = sqlserverWork(operation, tables.get(table), migration.databaseVersion);
  if (!work || work.online) return undefined;
  const what =
    work.work === 'writes'
      ? `writes every row of ${code(table)} anew in its order`
      : `reads all of ${code(table)} for its index`;
  const name = key.name ?? madeUpName('PK', table);
  const sql = `ALTER TABLE ${tableSql(table, 'sqlserver')} ADD CONSTRAINT ${columnSql(name, 'sqlserver')} PRIMARY KEY ${work.work === 'writes' ? '' : 'NONCLUSTERED '}${columnsSql(key.columns, 'sqlserver')} WITH (ONLINE = ON);`;
  return {
    severity: costOf(context, table),
    message: `The primary key on ${columns} ${what}, under Sch-M: reads and writes wait. It fails on a NULL or a duplicate. ${sizeNote(table, context.sizeOf(table))}`,
    advice: `Once no row is NULL and none is there twice; where the edition has it (${onlineEditions}), with reads and writes going on:\n\n${fence('sql', [sql])}\n\nElsewhere in a quiet hour.`,
  };
}

/** The index is there, and the columns are required by the way: https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX */
function findNullable(table: Name, name: string, own: string | undefined, context: Context): Found | undefined {
  const known = context.schema.tables.get(table);
  const columns = known?.indexes.find((index) => index.name === name)?.columns ?? [];
  const nullable = unproven(table, columns, context);
  if (context.isNew(table) || nullable.length === 0) return undefined;
  const lock = context.migration.database === 'postgres' ? ' under ACCESS EXCLUSIVE' : '';
  return {
    severity: costOf(context, table),
    message: `${nullable.map((each) => code(each)).join(', ')} may hold NULL, so that this reads all of ${code(table)}${lock} before it takes the index for its key: reads and writes wait. It fails on a NULL. ${sizeNote(table, context.sizeOf(table))}`,
    advice: paragraphs(
      'Require the columns first, by a CHECK that is validated while writes go on.',
      ...requireEach(nullable, table, context),
      led(
        'Then the key, which reads no rows:',
        migrationFence(context.migration, [
          {
            kind: 'addConstraint',
            table,
            constraint: { kind: 'primaryKey', name: own ?? madeUpName(table, 'pkey'), columns, usingIndex: name },
          },
        ]),
      ),
    ),
  };
}

/** Those that may hold NULL, as far as it is known. */
function unproven(table: Name, columns: readonly string[], { schema }: Context): string[] {
  const known = schema.tables.get(table)?.columns;
  return columns.filter((column) => known?.get(column)?.nullable && !isProven(schema, table, column));
}

function requireEach(columns: readonly string[], table: Name, { migration, schema }: Context): string[] {
  return columns.map((each) => requireThen(migration, table, each, findColumn(schema, table, each)));
}

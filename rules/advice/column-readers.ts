/** What of a table of MySQL is worked out from a column, and keeps it from being dropped or renamed. */
import type { Constraint } from '../../src/operations/column.ts';
import { checksAreKept } from '../../src/operations/facts/mysql-change.ts';
import { isNameOf } from '../../src/operations/named-keys.ts';
import type { OperationOf, Operation } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { columnSql, tableSql } from '../../src/writers/identifier.ts';
import { mayHaveMadeWay } from './made-way.ts';

type Reader = { error: string; what: string; drop?: string };

/**
 * A generated column (3108), a check that names other columns too (3959) or an index over an expression (3837) reads it:
 * https://dev.mysql.com/doc/refman/8.4/en/alter-table-generated-columns.html, https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html,
 * https://dev.mysql.com/doc/refman/8.4/en/create-index.html#create-index-functional-key-parts
 */
export function findColumnReader(
  operation: Operation & OperationOf<'dropColumn' | 'renameColumn'>,
  context: Context,
): Found | undefined {
  const { table, column, kind } = operation;
  const { migration, schema } = context;
  const known = schema.tables.get(table);
  if (migration.database !== 'mysql' || !known || operation.conditional) return undefined;
  if (context.isNew(table) || mayHaveMadeWay(context)) return undefined;
  const beside = context.after.filter(
    (each) => each.statement === operation.statement && 'table' in each && each.table === table,
  );
  const reader =
    findGenerated(known, column, beside) ??
    findCheck(known, operation, beside, context) ??
    findIndex(known, column, beside);
  if (!reader) return undefined;
  const { error, what, drop } = reader;
  const on = tableSql(table, 'mysql');
  const first = drop === undefined ? 'First drop it' : `First ${code(`ALTER TABLE ${on} ${drop};`, 300)}`;
  return {
    severity: known.whole && !schema.unread ? 'error' : 'warning',
    message: `${kind === 'dropColumn' ? 'Dropping' : 'Renaming'} ${code(`${table}.${column}`)} fails (${error})${known.whole && !schema.unread ? '' : ', unless something that could not be read here has changed it before'}: ${what} reads it.`,
    advice: `${first}, and make it again behind this where it is still wanted.`,
  };
}

function findGenerated({ columns }: Table, column: string, beside: readonly Operation[]): Reader | undefined {
  const found = [...columns.values()].find(
    ({ name, reads }) =>
      reads && names(reads, column) && !beside.some((each) => 'column' in each && each.column === name),
  );
  return (
    found && {
      error: '3108',
      what: `the generated column ${code(found.name)}`,
      drop: `DROP COLUMN ${columnSql(found.name, 'mysql')}`,
    }
  );
}

/** A check that names no other column goes with the column; none is renamed. */
function findCheck(
  known: Table,
  { kind, column, table }: OperationOf<'dropColumn' | 'renameColumn'>,
  beside: readonly Operation[],
  { migration }: Context,
): Reader | undefined {
  if (!checksAreKept('mysql', migration.databaseVersion)) return undefined;
  const found = known.constraints.find((each): each is Extract<Constraint, { kind: 'check' }> => {
    if (each.kind !== 'check' || !each.expression.known || !names(each.expression.columns, column)) return false;
    const isAlone = new Set(each.expression.columns.map((name) => name.toLowerCase())).size === 1;
    return !(kind === 'dropColumn' && isAlone) && !beside.some((other) => dropsCheck(other, each, table));
  });
  if (!found) return undefined;
  const { name } = found;
  return {
    error: '3959',
    what: `the check ${code(name ?? found.expression.sql)}`,
    ...(name === undefined ? {} : { drop: `DROP CHECK ${columnSql(name, 'mysql')}` }),
  };
}

function dropsCheck(other: Operation, check: Constraint, table: string): boolean {
  return other.kind === 'dropConstraint' && isNameOf(other.name, check, table);
}

function findIndex({ indexes }: Table, column: string, beside: readonly Operation[]): Reader | undefined {
  const found = indexes.find(
    ({ name, reads }) =>
      reads && names(reads, column) && !beside.some((each) => each.kind === 'dropIndex' && each.name === name),
  );
  return (
    found && {
      error: '3837',
      what: `the index ${code(found.name ?? found.columns.join(', '))}`,
      ...(found.name === undefined ? {} : { drop: `DROP INDEX ${columnSql(found.name, 'mysql')}` }),
    }
  );
}

function names(columns: readonly string[], column: string): boolean {
  return columns.some((each) => each.toLowerCase() === column.toLowerCase());
}

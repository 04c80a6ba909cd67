/** Columns that PostgreSQL lets nobody touch where they are: those of a partition, and those by which its parent is partitioned. */
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { tableSql } from '../../src/writers/identifier.ts';

type ColumnChange = Operation & OperationOf<'addColumn' | 'dropColumn' | 'renameColumn' | 'alterColumn'>;

/** https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-LIMITATIONS; CASCADE or not. */
export function findPartedColumn(operation: ColumnChange, context: Context): Found | undefined {
  const known = context.schema.tables.get(operation.table);
  const what = describe(operation);
  if (!known || !what || operation.conditional || context.schema.unread) return undefined;
  if (known.partitionOf !== undefined) {
    const parent = code(`ALTER TABLE ${tableSql(known.partitionOf, 'postgres')} …;`, 300);
    return {
      severity: 'error',
      message: `${what} fails (${operation.kind === 'addColumn' ? '42809' : '42P16'}): ${code(operation.table)} is a partition of ${code(known.partitionOf)}, and has its columns.`,
      advice: `${parent} does it to the parent and to all its partitions, under ACCESS EXCLUSIVE on each.`,
    };
  }
  if (operation.kind === 'addColumn' && operation.onlyParent) return findAddedToParent(operation, what, context);
  if (operation.kind !== 'dropColumn' && operation.kind !== 'alterColumn') return undefined;
  if (!known.partitionKey?.includes(operation.column)) return undefined;
  return {
    severity: 'error',
    message: `${what} fails (42P16): ${code(operation.table)} is partitioned by it.`,
    advice:
      'It stays as it is as long as the table does. Beside it a new table that is partitioned otherwise, written together with this one and filled in batches, then takes its place.',
  };
}

/** Without a partition, and of a table with children that are none, `ONLY` is taken. */
function findAddedToParent({ table }: ColumnChange, what: string, { schema }: Context): Found | undefined {
  const part = [...schema.tables.values()].find(({ partitionOf }) => partitionOf === table);
  if (!part) return undefined;
  return {
    severity: 'error',
    message: `${what} to \`ONLY\` the parent fails (42P16): ${code(part.name)} is a partition of ${code(table)}, and has its columns.`,
    advice: `${code(`ALTER TABLE ${tableSql(table, 'postgres')} ADD COLUMN …;`, 300)}, without \`ONLY\`, does it to the parent and to all its partitions, under ACCESS EXCLUSIVE on each.`,
  };
}

function describe(operation: ColumnChange): string | undefined {
  const column = operation.kind === 'addColumn' ? operation.column.name : operation.column;
  const name = code(`${operation.table}.${column}`);
  switch (operation.kind) {
    case 'addColumn':
      return `Adding ${name}`;
    case 'dropColumn':
      return `Dropping ${name}`;
    case 'renameColumn':
      return `Renaming ${name}`;
  }
  return operation.type ? `Changing the type of ${name}` : undefined;
}

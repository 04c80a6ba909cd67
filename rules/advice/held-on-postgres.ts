/** Columns that PostgreSQL does not let go, get another type, or be NULL, and what holds them. */
import { isNameOf } from '../../src/operations/named-keys.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { findColumn, isInPrimaryKey, type Schema } from '../../src/operations/schema.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { columnSql, tableSql } from '../../src/writers/identifier.ts';
import { findGeneratedReader } from './generated-readers.ts';
import { mayHaveMadeWay } from './made-way.ts';
import { findPartedColumn } from './parted-columns.ts';

type ColumnChange = Operation & OperationOf<'dropColumn' | 'alterColumn'>;

/** What is said of a column that goes or changes; undefined where nothing is known to hold it. */
export function findHeldOnPostgres(operation: ColumnChange, context: Context): Found | undefined {
  return (
    findPartedColumn(operation, context) ??
    findGeneratedReader(operation, context) ??
    findPolicyReader(operation, context) ??
    (operation.kind === 'alterColumn' ? findRequired(operation, context) : undefined)
  );
}

/** https://www.postgresql.org/docs/current/ddl-depend.html; CASCADE takes the policy along. */
function findPolicyReader(operation: ColumnChange, context: Context): Found | undefined {
  const { table, column, conditional } = operation;
  const isDrop = operation.kind === 'dropColumn';
  if (conditional || mayHaveMadeWay(context)) return undefined;
  if (isDrop ? operation.cascade : operation.type === undefined) return undefined;
  const policy = context.schema.tables.get(table)?.policies?.find(({ reads }) => reads?.includes(column));
  if (!policy) return undefined;
  const drop = `DROP POLICY ${columnSql(policy.name, 'postgres')} ON ${tableSql(table, 'postgres')};`;
  return {
    ...howSure(context),
    message: `${isDrop ? 'Dropping' : 'Changing the type of'} ${code(`${table}.${column}`)} fails (${isDrop ? '2BP01' : '0A000'})${unless(context)}: the policy ${code(policy.name)} reads it.`,
    advice: `In one transaction, so that nobody sees the table without it: ${code(drop, 300)}, this, and the policy again${isDrop ? ' without the column' : ''}.`,
  };
}

/** A serial column may be NULL once it is no key. */
function findRequired(operation: Operation & OperationOf<'alterColumn'>, context: Context): Found | undefined {
  const { table, column, nullable, conditional } = operation;
  const known = context.schema.tables.get(table);
  const what = known && nullable === true && !conditional ? holderOfRequired(known, column, context) : undefined;
  if (!what || mayHaveMadeWay(context)) return undefined;
  return {
    ...howSure(context),
    message: `Letting ${code(`${table}.${column}`)} be NULL fails (${what.error})${unless(context)}: ${what.because}.`,
    advice: what.advice,
  };
}

type Required = { error: string; because: string; advice: string };

function holderOfRequired(table: Table, column: string, { schema }: Context): Required | undefined {
  if (isInPrimaryKey(schema, table.name, column))
    return {
      error: '42P16',
      because: 'it is in the primary key',
      advice: 'Another key has to take the place of that first: the primary key goes, and this column may be NULL.',
    };
  const known = table.columns.get(column);
  const isCounted = known?.generated === 'identity' && !known.default && !/serial/.test(known.type?.name ?? '');
  if (isCounted)
    return {
      error: '42601',
      because: 'it is an identity',
      advice: `First ${code(`ALTER TABLE ${tableSql(table.name, 'postgres')} ALTER COLUMN ${columnSql(column, 'postgres')} DROP IDENTITY;`, 300)}, with a release that gives it its values.`,
    };
  const { partitionOf: parent } = table;
  if (parent !== undefined && (isRequired(parent, column, schema) || isInPrimaryKey(schema, parent, column)))
    return {
      error: '42P16',
      because: `${code(table.name)} is a partition of ${code(parent)}, where it is required`,
      advice: `${code(`ALTER TABLE ${tableSql(parent, 'postgres')} ALTER COLUMN ${columnSql(column, 'postgres')} DROP NOT NULL;`, 300)} does it to the parent and to all its partitions, where it is in no key.`,
    };
  if (typeof table.replicaIdentity !== 'object') return undefined;
  const { index } = table.replicaIdentity;
  const identity =
    table.indexes.find(({ name }) => name === index) ??
    table.constraints.find((each) => each.kind === 'unique' && isNameOf(index, each, table.name));
  if (!identity || !('columns' in identity) || !identity.columns.includes(column)) return undefined;
  return {
    error: '42P16',
    because: `${code(index)}, which \`REPLICA IDENTITY\` names, is over it`,
    advice: `First ${code(`ALTER TABLE ${tableSql(table.name, 'postgres')} REPLICA IDENTITY DEFAULT;`, 300)}, or another index.`,
  };
}

function isRequired(table: Name, column: string, schema: Schema): boolean {
  return findColumn(schema, table, column)?.nullable === false;
}

function howSure({ schema }: Context): { severity: 'warning' | 'error' } {
  return { severity: schema.unread ? 'warning' : 'error' };
}

function unless({ schema }: Context): string {
  return schema.unread ? ', unless something that could not be read here has changed that before' : '';
}

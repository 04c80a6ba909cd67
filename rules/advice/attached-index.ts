/** Indexes that PostgreSQL does not take for the part of one of the parent of partitions. */
import type { Index } from '../../src/operations/column.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { attachedBy } from '../../src/operations/partitions.ts';
import { findIndex } from '../../src/operations/schema.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { tableSql } from '../../src/writers/identifier.ts';
import { mayHaveMadeWay } from './made-way.ts';

type Refusal = { error: string; because: string; advice: string };

/** https://www.postgresql.org/docs/current/sql-alterindex.html; one that is attached there already is taken without a word. */
export function findAttachedIndex(operation: OperationOf<'alterObject'>, context: Context): Found | undefined {
  const { schema, migration } = context;
  const { name } = operation;
  if (migration.database !== 'postgres') return undefined;
  const part = attachedBy(operation);
  const whole = findIndex(schema, name);
  const attached = part === undefined ? undefined : findIndex(schema, part);
  if (part === undefined || !whole || !attached || schema.unread || mayHaveMadeWay(context)) return undefined;
  const refusal = refusalOf(part, attached, name, whole, context);
  if (!refusal) return undefined;
  return {
    message: `Attaching the index ${code(part)} to ${code(name)} fails (${refusal.error}): ${refusal.because}.`,
    advice: refusal.advice,
  };
}

type Placed = NonNullable<ReturnType<typeof findIndex>>;

function refusalOf(
  part: string,
  { table, index }: Placed,
  name: string,
  whole: Placed,
  { schema }: Context,
): Refusal | undefined {
  const known = schema.tables.get(table);
  if (index.partOf === name) return undefined;
  if (index.partOf !== undefined)
    return { error: '55000', because: `it is a part of ${code(index.partOf)}`, advice: anotherOne(table) };
  if (known?.partitionOf !== undefined && known.partitionOf !== whole.table)
    return {
      error: '55000',
      because: `it is one of ${code(table)}, which is a partition of ${code(known.partitionOf)} and not of ${code(whole.table)}`,
      advice: anotherOne(table),
    };
  const other = difference(index, whole.index);
  if (other !== undefined)
    return { error: '42P17', because: `${code(part)} ${other}`, advice: anotherOne(table, whole.index) };
  const twin = known?.indexes.find(({ partOf }) => partOf === name)?.name;
  if (twin === undefined) return undefined;
  return {
    error: '55000',
    because: `${code(table)} has ${code(twin)} there already`,
    advice: `Leave it out. The second one, where nothing else needs it, goes: ${code(`DROP INDEX CONCURRENTLY ${tableSql(part, 'postgres')};`, 300)}, outside a transaction.`,
  };
}

/** Order and classes of operators are not compared. */
function difference(index: Index, whole: Index): string | undefined {
  if (index.unique !== whole.unique) return `is ${index.unique ? '' : 'not '}unique, and the other one is not so`;
  if ((index.method ?? 'btree') !== (whole.method ?? 'btree'))
    return `is made with ${code(index.method ?? 'btree')}, the other one with ${code(whole.method ?? 'btree')}`;
  if ((index.where === undefined) !== (whole.where === undefined))
    return `is over ${index.where ? 'some rows' : 'all rows'} alone, and the other one is not so`;
  const isPlain = [...index.columns, ...whole.columns].every((each) => !each.startsWith('('));
  if (index.columns.length === whole.columns.length && (!isPlain || index.columns.join() === whole.columns.join()))
    return undefined;
  return `is over ${code(index.columns.join(', '))}, the other one over ${code(whole.columns.join(', '))}`;
}

function anotherOne(table: string, like?: Index): string {
  const over = like === undefined ? 'like that of the parent' : `over ${code(like.columns.join(', '))}, like that one`;
  return `First one of ${code(table)} that is ${over}: \`CREATE INDEX CONCURRENTLY\` in a migration of its own, outside a transaction. That is attached.`;
}

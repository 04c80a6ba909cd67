/** Indexes and keys of a partition that PostgreSQL does not let go by themselves: they are a part of those of its parent. */
import { nameOfConstraint } from '../../src/operations/named-keys.ts';
import type { Constraint, Index } from '../../src/operations/column.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { findIndex } from '../../src/operations/schema.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { columnSql, tableSql } from '../../src/writers/identifier.ts';
import { mayHaveMadeWay } from './made-way.ts';

type Drop = Operation & OperationOf<'dropIndex' | 'dropConstraint'>;

/** What the partition has it from. */
type Whole = { part: Table; name: string; constraint: boolean };

/** https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE; CASCADE or not. */
export function findPartedIndex(operation: Drop, context: Context): Found | undefined {
  const { name, conditional, statement } = operation;
  if (context.migration.database !== 'postgres' || name === undefined || conditional) return undefined;
  if (context.schema.unread || mayHaveMadeWay(context)) return undefined;
  const whole = operation.kind === 'dropIndex' ? wholeOfIndex(name, context) : wholeOfKey(operation, name, context);
  if (!whole) return undefined;
  const goes = (each: Operation) =>
    each.kind === 'dropIndex' && each.statement === statement && each.name === whole.name;
  if (context.after.some(goes) || context.before.some(goes)) return undefined;
  const parent = whole.part.partitionOf ?? '';
  const drop = whole.constraint
    ? `ALTER TABLE ${tableSql(parent, 'postgres')} DROP CONSTRAINT ${columnSql(whole.name, 'postgres')};`
    : `DROP INDEX ${tableSql(whole.name, 'postgres')};`;
  const isKey = operation.kind === 'dropConstraint';
  return {
    severity: 'error',
    message: `Dropping ${isKey ? 'the key' : 'the index'} ${code(name)} fails (${isKey ? '42P16' : '2BP01'}): ${code(whole.part.name)} is a partition of ${code(parent)}, and ${code(whole.name)} there needs it.`,
    advice: `${code(drop, 300)} takes it along, with those of all other partitions, under ACCESS EXCLUSIVE on each. One partition alone keeps it as long as it is one.`,
  };
}

/** One that was attached, or that the parent has made under the name that PostgreSQL picks. Whether it has taken one of the partition's own depends on which was there first, which is not known here. */
function wholeOfIndex(name: string, { schema }: Context): Whole | undefined {
  const own = findIndex(schema, name);
  const owner = own && schema.tables.get(own.table);
  if (owner?.partitionOf !== undefined && own?.index.partOf !== undefined && findIndex(schema, own.index.partOf))
    return { part: owner, name: own.index.partOf, constraint: false };
  if (own) return undefined;
  for (const part of schema.tables.values()) {
    const parent = schema.tables.get(part.partitionOf ?? '');
    if (!parent) continue;
    const index = parent.indexes.find((each) => !each.onlyParent && pickedName(each, part) === name);
    if (index?.name !== undefined) return { part, name: index.name, constraint: false };
    const key = keyOf(parent, part, name);
    if (key !== undefined) return { part, name: key, constraint: true };
  }
  return undefined;
}

function wholeOfKey({ table }: { table?: string }, name: string, { schema }: Context): Whole | undefined {
  const part = schema.tables.get(table ?? '');
  const parent = schema.tables.get(part?.partitionOf ?? '');
  const isOwn = part?.constraints.some((each) => nameOfConstraint(each, part.name) === name);
  const key = part && parent && !isOwn ? keyOf(parent, part, name) : undefined;
  return part && key !== undefined ? { part, name: key, constraint: true } : undefined;
}

/** The key of the parent that has this name in the partition, which picks one of its own. */
function keyOf(parent: Table, part: Table, name: string): string | undefined {
  const isKey = ({ kind }: Constraint) => kind === 'primaryKey' || kind === 'unique';
  const unnamed = ({ name: _name, ...key }: Constraint) => key;
  const key = parent.constraints.find((each) => isKey(each) && nameOfConstraint(unnamed(each), part.name) === name);
  return key && nameOfConstraint(key, parent.name);
}

/** Undefined for one that would be cut, that names an expression, or of which the partition may have had the like. */
function pickedName({ columns }: Index, part: Table): string | undefined {
  const name = `${part.name}_${columns.join('_')}_idx`;
  const mayHaveLike = part.indexes.some((each) => each.columns.join() === columns.join());
  return mayHaveLike || name.length > 63 || columns.some((each) => each.startsWith('(')) ? undefined : name;
}

/** Sequences of PostgreSQL that go with a table or a column, though another one counts by them. */
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { Schema } from '../../src/operations/schema.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, listed, type Context } from '../../src/rule.ts';
import { tableSql } from '../../src/writers/identifier.ts';
import { sequenceOf } from './counted-column.ts';
import { mayHaveMadeWay } from './made-way.ts';
import { expressionsOf } from './placed-expressions.ts';

type Drop = Operation & OperationOf<'dropTable' | 'dropColumn'>;

/** What the drop fails on, or with CASCADE takes along, and how it does not; undefined where nothing is known to count by its sequences. */
export function findSharedSequence(operation: Drop, context: Context): { held: string; advice: string } | undefined {
  const { cascade, conditional } = operation;
  const { schema, migration, before, after } = context;
  if (migration.database !== 'postgres' || conditional || schema.unread) return undefined;
  const owned = ownedBy(operation, context);
  if (owned.length === 0 || before.some(isMoved) || mayHaveMadeWay(context)) return undefined;
  const others = tablesLeft(operation, context).flatMap(expressionsOf);
  for (const sequence of owned) {
    const users = others.filter(({ sequences }) => sequences.includes(sequence));
    const lost = cascade ? users.filter(({ remakes }) => !after.some(remakes)) : users;
    if (lost.length === 0) continue;
    const what = listed(lost.map((user) => user.what));
    const takes = lost.length === 1 ? 'takes its numbers' : 'take their numbers';
    return {
      held: cascade
        ? ` \`CASCADE\` also drops ${what}, without a word, which ${takes} from ${code(sequence)}, the sequence that goes with it: an INSERT that leaves the value out gets NULL from then on${lost.some(({ isGrave }) => isGrave) ? ', or fails with 23502 where it is required' : ''}.`
        : ` Where it runs, it fails (2BP01): ${code(sequence)} belongs to it, and ${what} ${takes} from there.`,
      advice: `First ${code(`ALTER SEQUENCE ${tableSql(sequence, 'postgres')} OWNED BY NONE;`, 300)}, which keeps the sequence for the other one, or a default of its own for that. The ${operation.kind === 'dropTable' ? 'table' : 'column'} goes when no release that runs uses it any more.`,
    };
  }
  return undefined;
}

/** The table of the column with which a sequence goes; undefined where that is not known. */
export function ownerOfSequence(name: Name, { tables, sequenceOwners }: Schema): Name | undefined {
  const said = sequenceOwners?.get(name);
  if (said !== undefined) return said === 'none' ? undefined : said.table;
  const owner = [...tables.values()].find(({ name: table, columns }) =>
    [...columns.values()].some(
      ({ name: column, generated }) => generated === 'identity' && sequenceOf({ table, column }) === name,
    ),
  );
  return owner?.name;
}

/** A sequence that goes or gets another name by itself is not followed. */
function isMoved(each: Operation): boolean {
  return (each.kind === 'dropObject' || each.kind === 'renameObject') && each.object === 'sequence';
}

/** Those of serial and identity columns, and those that are said to be. */
function ownedBy(operation: Drop, { schema }: Context): Name[] {
  const { table } = operation;
  const goes = (column: string) => operation.kind === 'dropTable' || operation.column === column;
  const said = [...(schema.sequenceOwners ?? [])];
  const columns = [...(schema.tables.get(table)?.columns.values() ?? [])];
  const numbered = columns.filter(({ name, generated }) => generated === 'identity' && goes(name));
  return [
    ...numbered
      .map(({ name: column }) => sequenceOf({ table, column }))
      .filter((sequence) => !said.some(([name]) => name === sequence)),
    ...said.flatMap(([name, owner]) => (owner !== 'none' && owner.table === table && goes(owner.column) ? [name] : [])),
  ];
}

/** What stays when the statement is done. */
function tablesLeft(operation: Drop, { schema, after }: Context): Table[] {
  const tables = [...schema.tables.values()];
  if (operation.kind === 'dropColumn')
    return tables.map((table) => (table.name === operation.table ? without(table, operation.column) : table));
  const goes = new Set<Name>([
    operation.table,
    ...after.flatMap((each) =>
      each.kind === 'dropTable' && each.statement === operation.statement ? [each.table] : [],
    ),
  ]);
  return tables.filter(({ name }) => !goes.has(name));
}

function without(table: Table, column: string): Table {
  return { ...table, columns: new Map([...table.columns].filter(([name]) => name !== column)) };
}

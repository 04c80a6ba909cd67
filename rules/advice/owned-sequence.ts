/** Sequences of PostgreSQL that go with the table whose column they number, though another table counts by them. */
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, type Context } from '../../src/rule.ts';
import { tableSql } from '../../src/writers/identifier.ts';
import { sequenceOf } from './counted-column.ts';
import { mayHaveMadeWay } from './made-way.ts';
import { expressionsOf } from './placed-expressions.ts';

/** What a DROP TABLE fails on, and how it does not; undefined where nothing is known to count by its sequences. CASCADE takes the default along. */
export function findSharedSequence(
  operation: Operation & OperationOf<'dropTable'>,
  context: Context,
): { held: string; advice: string } | undefined {
  const { table, cascade, conditional, statement } = operation;
  const { schema, migration, after, before } = context;
  const isTouched = before.some((each) => 'object' in each && each.object === 'sequence') || mayHaveMadeWay(context);
  if (migration.database !== 'postgres' || cascade || conditional || schema.unread || isTouched) return undefined;
  const goes = new Set<Name>([
    table,
    ...after.flatMap((each) => (each.kind === 'dropTable' && each.statement === statement ? [each.table] : [])),
  ]);
  const columns = [...(schema.tables.get(table)?.columns.values() ?? [])];
  const owned = columns.flatMap(({ name: column, generated }) =>
    generated === 'identity' ? [sequenceOf({ table, column })] : [],
  );
  const others = [...schema.tables.values()].filter(({ name }) => !goes.has(name));
  for (const sequence of owned) {
    const user = others.flatMap(expressionsOf).find(({ sequences }) => sequences.includes(sequence));
    if (user)
      return {
        held: ` Where it runs, it fails (2BP01): ${code(sequence)} belongs to it, and ${user.what} takes its numbers from there.`,
        advice: `First ${code(`ALTER SEQUENCE ${tableSql(sequence, 'postgres')} OWNED BY NONE;`, 300)}, which keeps the sequence for the other table, or a default of its own for that. The table goes when no release that runs uses it any more.`,
      };
  }
  return undefined;
}

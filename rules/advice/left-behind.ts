/** Columns that point to a key and stay too small for it when it is widened. */
import { keyTypeMismatch } from '../../src/operations/facts/key-types.ts';
import { referencedColumns } from '../../src/operations/foreign-keys.ts';
import type { Reference } from '../../src/operations/column.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { code, someOf, type Context, type Found } from '../../src/rule.ts';
import { typeSql } from '../../src/writers/identifier.ts';

/** What becomes of a column that is smaller than the key that it points to. */
export const outgrown = 'it cannot hold the larger numbers that the key will reach, and INSERTs fail then.';

/** A key that gets larger numbers, and columns that point to it and do not. What fails at once, the database says. */
export function findLeftBehind(
  { table, column, type }: OperationOf<'alterColumn'>,
  context: Context,
): Found | undefined {
  const { schema, after, migration } = context;
  const old = findColumn(schema, table, column)?.type;
  if (!type || !old) return undefined;
  const isWidened = (own: string, name: string) =>
    after.some((each) => each.kind === 'alterColumn' && each.table === own && each.column === name && each.type);
  const small = [...schema.tables.values()].flatMap(({ name, constraints }) =>
    constraints.flatMap((each) => {
      if (each.kind !== 'foreignKey' || each.references.table !== table) return [];
      const own = each.columns[keyOf(each.references, context).indexOf(column)];
      const held = own === undefined ? undefined : findColumn(schema, name, own)?.type;
      if (own === undefined || !held || isWidened(name, own)) return [];
      const mismatch = keyTypeMismatch(held, type, migration.database);
      const isNew = mismatch?.fails === false && !keyTypeMismatch(held, old, migration.database);
      return isNew ? [{ table: name, column: own, type: held }] : [];
    }),
  );
  const [first] = small;
  if (!first) return undefined;
  const names = small.map((each) => code(`${each.table}.${each.column}`));
  return {
    severity: 'warning',
    message: `${code(`${table}.${column}`)} becomes ${code(typeSql(type))}, and ${someOf(names, 3)}, which ${names.length > 1 ? 'point' : 'points'} to it, ${names.length > 1 ? 'stay' : 'stays'} ${code(typeSql(first.type))}: ${outgrown}`,
    advice:
      migration.database === 'postgres'
        ? 'Widen what points to the key before the key passes the old limit. Where the key is replaced step by step, they go along in the same steps.'
        : 'Widen what points to the key before the key passes the old limit, and rather before the key itself.',
  };
}

/** The columns that a foreign key points to, as far as they are known. */
export function keyOf(reference: Reference, { schema }: Context): readonly string[] {
  return referencedColumns(reference, schema);
}

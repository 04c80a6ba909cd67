import type { Constraint, Index, Reference } from '../src/operations/column.ts';
import { areSameColumns } from '../src/operations/foreign-keys.ts';
import type { Name } from '../src/operations/name.ts';
import { code, codes, type Context, type Found, type Rule } from '../src/rule.ts';

/** A foreign key to columns that nothing keeps unique. */
export const foreignKeyToNoKey: Rule = {
  id: 'foreign-key-to-no-key',
  title: 'A foreign key to columns that are not unique',
  severity: 'error',
  concerns: 'process',
  check: {
    addConstraint: ({ table, constraint }, context) => firstOf(table, [constraint], context),
    addColumn: ({ table, column }, context) => firstOf(table, column.constraints, context),
    createTable: (operation, context) => {
      const { table, columns, constraints, indexes, ifNotExists } = operation;
      if (ifNotExists) return undefined;
      const all = [...constraints, ...columns.flatMap((column) => column.constraints)];
      return firstOf(table, all, context, { constraints: all, indexes });
    },
  },
};

type Keys = { constraints: readonly Constraint[]; indexes: readonly Index[] };

function firstOf(table: Name, constraints: readonly Constraint[], context: Context, own?: Keys): Found | undefined {
  if (context.migration.database !== 'postgres') return undefined;
  for (const constraint of constraints) {
    const found = constraint.kind === 'foreignKey' ? find(table, constraint.references, context, own) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Of a table that refers to itself the keys stand in its own statement. */
function find(table: Name, references: Reference, { schema }: Context, own: Keys | undefined): Found | undefined {
  const target = own && references.table === table ? own : wholeTable(references.table, schema);
  if (!target || references.columns.length === 0 || isUnique(references.columns, target)) return undefined;
  const columns = codes(references.columns.map((column) => `${references.table}.${column}`));
  const partial = target.indexes.find(
    (index) => index.unique && index.where && areSameColumns(references.columns, index.columns),
  );
  const name = partial?.name === undefined ? 'the unique index over it' : code(partial.name);
  const note = partial ? ` PostgreSQL does not count ${name}, since it has a WHERE.` : '';
  return {
    message: `The foreign key of ${code(table)} points to ${columns}, which no primary key, unique constraint or unique index covers: this fails (42830, "there is no unique constraint matching given keys").${note}`,
    advice: `Point to the primary key of ${code(references.table)}, or build a unique index over exactly ${columns} in a migration before this one, with ${code('CREATE UNIQUE INDEX CONCURRENTLY')} and without a WHERE.`,
  };
}

/** Undefined where something may have made a key that was not seen. */
function wholeTable(name: Name, schema: Context['schema']): Keys | undefined {
  const table = schema.tables.get(name);
  return table?.whole && !table.partitioned && !schema.unread ? table : undefined;
}

function isUnique(columns: readonly string[], { constraints, indexes }: Keys): boolean {
  return (
    indexes.some((index) => index.unique && !index.where && areSameColumns(columns, index.columns)) ||
    constraints.some((each) => {
      if (each.kind !== 'unique' && each.kind !== 'primaryKey') return false;
      return each.usingIndex !== undefined || areSameColumns(columns, each.columns);
    })
  );
}

import type { ForeignKey } from '../src/operations/foreign-keys.ts';
import { isNameOf } from '../src/operations/named-keys.ts';
import type { Constraint } from '../src/operations/column.ts';
import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, codes, type Rule } from '../src/rule.ts';

/** A foreign key that acts at a DELETE goes for good while both of its tables stay. */
export const droppedForeignKey: Rule = {
  id: 'dropped-foreign-key',
  title: 'A foreign key that acts at a DELETE is dropped for good',
  severity: 'notice',
  concerns: 'rows',
  check: {
    dropConstraint: ({ table, name }, { schema, before, after, later, isNew }) => {
      const known = schema.tables.get(table)?.constraints ?? [];
      const isNamed = (each: Constraint) => isNameOf(name, each, table);
      const key = known.filter(isForeignKey).find(isNamed);
      if (!key || isNew(table) || isNew(key.references.table)) return undefined;
      const stands = known.some((each) => !isNamed(each) && isOver(each, key));
      if (stands || [...before, ...after, ...later].some((each) => takesPlace(each, table, key))) return undefined;
      const { onDelete } = key.references;
      const parent = code(key.references.table);
      const acts = onDelete === 'cascade' ? 'takes them along' : onDelete?.startsWith('set') ? 'empties it' : undefined;
      // One that holds rows together and no more is dropped on purpose.
      if (acts === undefined) return undefined;
      const columns = codes(key.columns);
      return {
        message: `Without ${code(name ?? '')} nothing keeps ${columns} of ${code(table)} to rows of ${parent} that are there: a DELETE from ${parent} no longer ${acts}, and what the release that still runs deletes leaves rows that point nowhere. With one of them the key does not come back.`,
        advice: `Where the rows are still to belong together, keep it; where only what it does at a DELETE is to change, add it anew in the same migration. Where it is to go, first a release that looks after the rows of ${code(table)} itself.`,
      };
    },
  },
};

function isForeignKey(constraint: Constraint): constraint is ForeignKey {
  return constraint.kind === 'foreignKey';
}

function isOver(constraint: Constraint, key: ForeignKey): boolean {
  return isForeignKey(constraint) && constraint.columns.some((column) => key.columns.includes(column));
}

/** Another key holds the column, one of the tables or the column goes, is called otherwise or holds something else, or what happens cannot be told. */
function takesPlace(each: Operation, table: Name, key: ForeignKey): boolean {
  switch (each.kind) {
    case 'addConstraint':
      return each.table === table && isOver(each.constraint, key);
    case 'dropColumn':
    case 'renameColumn':
      return each.table === table ? key.columns.includes(each.column) : isPointedTo(each.table, each.column, key);
    case 'alterColumn':
      return each.table === table && each.type !== undefined && key.columns.includes(each.column);
    case 'dropTable':
    case 'renameTable':
      return each.table === table || each.table === key.references.table;
    case 'opaque':
    case 'runCode':
      return true;
    default:
      return false;
  }
}

function isPointedTo(table: Name, column: string, { references }: ForeignKey): boolean {
  return table === references.table && references.columns.includes(column);
}

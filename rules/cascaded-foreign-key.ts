import { mayHaveMadeWay } from './advice/made-way.ts';
import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { findIndex } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { dropsOf, leaningOnConstraint, leaningOnIndex, namesOfKeys, type LeaningKey } from './advice/leaning-keys.ts';

/** CASCADE drops the foreign keys that lean on a key, of whatever table. */
export const cascadedForeignKey: Rule = {
  id: 'cascaded-foreign-key',
  title: 'A foreign key goes with the key that it leans on',
  severity: 'warning',
  concerns: 'rows',
  check: {
    dropConstraint: (operation, context) => {
      const { table, name = '', cascade } = operation;
      return cascade ? find(table, name, leaningOnConstraint(operation, context), operation, context) : undefined;
    },
    dropIndex: (operation, context) => {
      const { name, cascade } = operation;
      const table = findIndex(context.schema, name)?.table;
      if (!cascade || table === undefined) return undefined;
      return find(table, name, leaningOnIndex(operation, context), operation, context);
    },
  },
};

function find(
  table: Name,
  name: string,
  leaning: readonly LeaningKey[],
  { conditional }: Operation,
  context: Context,
): Found | undefined {
  if (conditional || mayHaveMadeWay(context) || context.isNew(table)) return undefined;
  const comes = [...context.after, ...context.later];
  const keys = leaning.filter((key) => !comes.some((each) => isMadeAnew(each, key, table)));
  if (keys.length === 0) return undefined;
  return {
    message: `With ${code(name)} of ${code(table)} ${keys.length === 1 ? 'goes' : 'go'} ${namesOfKeys(keys)}: \`CASCADE\` drops what leans on the key without a word, and from then on rows may point nowhere.`,
    advice: `Without \`CASCADE\`, and by name what is to go: ${dropsOf(keys)}`,
  };
}

/** A foreign key from the same table to the same one, over whatever columns. */
function isMadeAnew(each: Operation, key: LeaningKey, table: Name): boolean {
  if (each.kind === 'dropTable') return each.table === key.table;
  if (each.kind !== 'addConstraint' || each.table !== key.table) return false;
  return each.constraint.kind === 'foreignKey' && each.constraint.references.table === table;
}

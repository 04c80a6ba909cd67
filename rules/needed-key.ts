import type { Operation } from '../src/operations/operation.ts';
import { findIndex } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnSql, tableSql } from '../src/writers/identifier.ts';
import { findConstraintOfIndex, leaningOnConstraint, leaningOnIndex, type LeaningKey } from './advice/leaning-keys.ts';

/** PostgreSQL lets no key go that a foreign key leans on, and no index that belongs to a constraint. */
export const neededKey: Rule = {
  id: 'needed-key',
  title: 'A key or index is dropped that a constraint needs',
  severity: 'error',
  concerns: 'process',
  check: {
    dropConstraint: (operation, context) => {
      const { table, name = '', conditional, cascade } = operation;
      const keys = conditional || isUnread(context) ? [] : leaningOnConstraint(operation, context);
      if (keys.length === 0 || context.isNew(table)) return undefined;
      return cascade ? goneToo(table, name, keys, context) : refused(table, `the key ${code(name)}`, keys, context);
    },
    dropIndex: (operation, context) => {
      if (operation.conditional || isUnread(context)) return undefined;
      const { name } = operation;
      const owner = findConstraintOfIndex(operation, context);
      if (owner)
        return {
          ...howSure(context),
          message: `Dropping the index ${code(name)} fails (2BP01)${unless(context)}: it belongs to the constraint of its name on ${code(owner.table)}, \`IF EXISTS\` and \`CASCADE\` or not.`,
          advice: `${code(`ALTER TABLE ${tableSql(owner.table, 'postgres')} DROP CONSTRAINT ${columnSql(owner.name, 'postgres')};`, 300)} takes the index along.`,
        };
      const keys = leaningOnIndex(operation, context);
      const table = findIndex(context.schema, name)?.table;
      if (keys.length === 0 || table === undefined || context.isNew(table)) return undefined;
      return operation.cascade
        ? goneToo(table, name, keys, context)
        : refused(table, `the index ${code(name)}`, keys, context);
    },
  },
};

/** Something in this migration could not be read, as where a name is looked up: it is there to make way. */
function isUnread({ before }: Context): boolean {
  return before.some(({ kind }) => kind === 'opaque' || kind === 'runCode');
}

function howSure({ schema }: Context): { severity: 'warning' | 'error' } {
  return { severity: schema.unread ? 'warning' : 'error' };
}

function unless({ schema }: Context): string {
  return schema.unread ? ', unless something that could not be read here has dropped it before' : '';
}

function refused(table: string, what: string, keys: readonly LeaningKey[], context: Context): Found {
  const drops = keys.map((key) => code(dropSql(key), 300)).join(' ');
  return {
    ...howSure(context),
    message: `Dropping ${what} of ${code(table)} fails (2BP01)${unless(context)}: ${listed(keys)} ${keys.length === 1 ? 'leans' : 'lean'} on it.`,
    advice: `First ${drops} Where ${keys.length === 1 ? 'it is' : 'they are'} still wanted: the key that takes the place of this one, and the foreign ${keys.length === 1 ? 'key' : 'keys'} again with \`NOT VALID\`, validated in a later migration.`,
  };
}

function goneToo(table: string, name: string, all: readonly LeaningKey[], { after }: Context): Found | undefined {
  const keys = all.filter((key) => !after.some((each) => isMadeAnew(each, key, table)));
  if (keys.length === 0) return undefined;
  return {
    severity: 'warning',
    concerns: 'rows',
    message: `With ${code(name)} of ${code(table)} ${keys.length === 1 ? 'goes' : 'go'} ${listed(keys)}: \`CASCADE\` drops what leans on the key without a word, and from then on rows may point nowhere.`,
    advice: `Without \`CASCADE\`, and by name what is to go: ${keys.map((key) => code(dropSql(key), 300)).join(' ')}`,
  };
}

/** A foreign key from the same table to the same one, over whatever columns. */
function isMadeAnew(each: Operation, key: LeaningKey, table: string): boolean {
  if (each.kind === 'dropTable') return each.table === key.table;
  if (each.kind !== 'addConstraint' || each.table !== key.table) return false;
  return each.constraint.kind === 'foreignKey' && each.constraint.references.table === table;
}

function listed(keys: readonly LeaningKey[]): string {
  const most = 5;
  const names = keys.slice(0, most).map(({ table, name }) => `${code(name)} of ${code(table)}`);
  const more = keys.length > most ? ` and ${keys.length - most} more` : '';
  return `the foreign ${keys.length === 1 ? 'key' : 'keys'} ${names.join(', ')}${more}`;
}

function dropSql({ table, name }: LeaningKey): string {
  return `ALTER TABLE ${tableSql(table, 'postgres')} DROP CONSTRAINT ${columnSql(name, 'postgres')};`;
}

/** Keys of MySQL and MariaDB that are dropped and are not there. */
import type { Constraint } from '../../src/operations/column.ts';
import { isComputedName } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { isMysql } from './online-change.ts';

/** MySQL keeps an index under the name of a foreign key that found none; what frameworks name by themselves is not looked for. */
export function findNoKey(
  operation: Operation & OperationOf<'dropIndex' | 'dropConstraint'>,
  context: Context,
): Found | undefined {
  const { migration, schema } = context;
  const { table, name, conditional } = operation;
  const known = table === undefined ? undefined : schema.tables.get(table);
  if (!isMysql(migration.database) || !migration.path.endsWith('.sql') || conditional) return undefined;
  if (!known?.whole || schema.unread || known.defaultsDropped || (name !== undefined && isComputedName(name)))
    return undefined;
  const kind = operation.kind === 'dropConstraint' ? operation.constraint : undefined;
  const what = kind === 'primaryKey' ? 'primary key' : code(name ?? '');
  const names = namesOfKeys(known, kind);
  // Without a name MySQL makes one up.
  if (kind !== 'primaryKey' && (name === undefined || names.includes(undefined))) return undefined;
  const isThere =
    kind === 'primaryKey'
      ? known.constraints.some((each) => each.kind === 'primaryKey')
      : names.some((each) => each?.toLowerCase() === name?.toLowerCase());
  if (isThere) return undefined;
  const listed = names.flatMap((each) => (each === undefined ? [] : [code(each)])).slice(0, 20);
  return {
    message: `${code(known.name)} has no ${kind === 'primaryKey' ? what : `${kind === 'foreignKey' ? 'foreign key' : 'key'} ${what}`} by the migrations before this one: this fails (1091), unless it was made by hand.`,
    advice: `${listed.length === 0 ? 'It has none that has a name.' : `It has ${listed.join(', ')}.`} Where it was made by hand, in one database and not in the next, make it by a migration first, or look it up in \`information_schema.TABLE_CONSTRAINTS\` before.`,
  };
}

/** A unique key that was given no name, or an index, has that of its first column, with a number behind it where that is taken. */
function namesOfKeys({ constraints, indexes }: Table, kind: Constraint['kind'] | undefined): (string | undefined)[] {
  const asked = constraints.filter((each) => (kind === undefined || each.kind === kind) && each.kind !== 'primaryKey');
  if (kind !== undefined) return asked.map(({ name }) => name);
  const keys = [...asked, ...indexes].map((each) => each.name ?? ('columns' in each ? undefined : ''));
  return keys;
}

import type { Operation } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnSql, columnsSql, madeUpName } from '../src/writers/identifier.ts';
import { migrationFence, paragraphs } from './advice/fence.ts';
import { findRefusedKey, isAssumed, type NamedKey, type RefusedKey } from './advice/mysql-keys.ts';

/** MySQL and MariaDB refuse a key of more bytes than the engine keeps, and one over a text without a length. */
export const keyTooLong: Rule = {
  id: 'key-too-long',
  title: 'A key that is longer than the engine takes',
  severity: 'error',
  concerns: 'process',
  check: {
    createTable: find,
    addColumn: find,
    addConstraint: find,
    createIndex: find,
    alterColumn: find,
    rebuildTable: find,
  },
};

function find(operation: Operation, context: Context): Found | undefined {
  const refused = findRefusedKey(operation, context);
  if (!refused) return undefined;
  return {
    ...(isAssumed(refused) ? { severity: 'warning' as const } : {}),
    message: describe(refused),
    advice: paragraphs(advise(refused, context), correction(operation, refused, context)),
  };
}

function describe({ table, key, refusal, stands }: RefusedKey): string {
  const column = code(refusal.column);
  const subject = `${nameOf(key)} of ${code(table)}`;
  if (refusal.kind === 'no length')
    return `${subject} takes only the beginning of a text such as ${column}, and this does not say how much of it: it fails (1170).`;
  const what = refusal.kind === 'column' ? `${column} alone takes` : 'all of its columns take';
  const unless =
    refusal.assumed === undefined
      ? ''
      : `, unless they are of a narrower character set than ${code(refusal.assumed)}, which is the default`;
  const then = stands ? ' from here on' : '';
  return `${subject} is too long${then}: ${what} up to ${refusal.bytes} bytes in it, and InnoDB keeps ${refusal.limit}. This fails (1071)${unless}.`;
}

function nameOf({ kind, name }: NamedKey): string {
  if (kind === 'primaryKey') return 'The primary key';
  return name === undefined ? 'The key' : `The key ${code(name)}`;
}

/** A prefix serves where the key only finds rows; it would make values of one beginning the same. */
function advise({ key, refusal, stands }: RefusedKey, { migration }: Context): string {
  const { column, room } = refusal;
  const { database } = migration;
  if (room < 1) return 'Leave columns out of it.';
  if (key.kind === 'index') {
    const anew = columnsSql(key.columns, database, { ...key.prefixes, [column]: room });
    if (!stands || key.name === undefined) return `Index the beginning of ${code(column)}: ${code(anew, 300)}.`;
    const name = columnSql(key.name, database);
    return `Make it anew over the beginning of ${code(column)} in the same statement: ${code(`DROP INDEX ${name}, ADD INDEX ${name} ${anew}`, 300)}.`;
  }
  const hash = `${columnSql(madeUpName(column, 'hash'), database)} binary(32) AS (UNHEX(SHA2(${columnSql(column, database)}, 256))) VIRTUAL`;
  const other =
    key.kind === 'primaryKey'
      ? 'make a number the primary key'
      : `put its hash into the key in its place, from a column of its own (${code(hash, 300)})`;
  return `Let ${code(column)} be ${code(`varchar(${room})`)} at most, or ${other}. A key over its beginning would refuse two values that differ only later.`;
}

/** The index alone, over the beginning of its longest column. */
function correction(operation: Operation, { key, refusal }: RefusedKey, { migration }: Context): string {
  if (operation.kind !== 'createIndex' || key.kind !== 'index' || refusal.room < 1) return '';
  const { table, index } = operation;
  const prefixes = { ...index.prefixes, [refusal.column]: refusal.room };
  const name = index.name ?? madeUpName(table, ...index.columns, 'idx');
  return migrationFence(migration, [{ kind: 'createIndex', table, index: { ...index, name, prefixes } }]);
}

/** The keys that an operation makes on MySQL and MariaDB, or makes anew because their columns change. */
import { withCollation } from '../../src/operations/facts/mysql-change.ts';
import {
  findKeyRefusal,
  type KeyGround,
  type KeyRefusal,
  type MysqlKey,
} from '../../src/operations/facts/mysql-key-length.ts';
import type { Constraint, DataType, Index } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import type { Context } from '../../src/rule.ts';
import { isMysql } from './online-change.ts';

/** A key that the server refuses. `stands`: it was there before, and its columns change. */
export type RefusedKey = { table: Name; key: NamedKey; refusal: KeyRefusal; stands?: true };

export type NamedKey = MysqlKey & { name?: string };

/** The first key that the server refuses with this operation. */
export function findRefusedKey(operation: Operation, context: Context): RefusedKey | undefined {
  if (!isMysql(context.migration.database) || !('table' in operation) || operation.table === undefined)
    return undefined;
  const known = context.schema.tables.get(operation.table);
  switch (operation.kind) {
    case 'createTable':
      return operation.from === undefined ? ofNewTable(operation, context) : undefined;
    case 'addColumn': {
      const { name, type } = operation.column;
      return firstRefused(
        operation.table,
        keysIn(operation.column.constraints),
        known,
        replaced(known, name, type),
        context,
      );
    }
    case 'addConstraint':
      return firstRefused(operation.table, keysIn([operation.constraint]), known, typesOf(known), context);
    case 'createIndex':
      return firstRefused(operation.table, keysIn([], [operation.index]), known, typesOf(known), context);
    case 'alterColumn':
      return operation.type && known
        ? ofChanged(known, replaced(known, operation.column, operation.type), context)
        : undefined;
    case 'rebuildTable':
      return operation.collation !== undefined && known
        ? ofChanged(known, converted(known, operation.collation), context)
        : undefined;
  }
  return undefined;
}

/** True where the key is refused only in the character set that is taken where none is known. */
export function isAssumed({ refusal }: RefusedKey): boolean {
  return refusal.kind !== 'no length' && refusal.assumed !== undefined;
}

type TypeOf = KeyGround['typeOf'];

function ofNewTable(operation: OperationOf<'createTable'>, context: Context): RefusedKey | undefined {
  const { table, columns, constraints, indexes } = operation;
  const own = [...constraints, ...columns.flatMap((column) => column.constraints)];
  const types = new Map(columns.map(({ name, type }) => [name, withOwnCollation(type, operation)]));
  return firstRefused(table, keysIn(own, indexes), operation, (name) => types.get(name), context);
}

/** Those that fitted before and do not any longer. What is only assumed to have been too long is there all the same. */
function ofChanged(known: Table, typeOf: TypeOf, context: Context): RefusedKey | undefined {
  const fitting = keysIn(known.constraints, known.indexes).filter((key) => {
    const before = refusalOf(key, known, typesOf(known), context);
    return before === undefined || ('assumed' in before && before.assumed !== undefined);
  });
  const found = firstRefused(known.name, fitting, known, typeOf, context);
  return found && { ...found, stands: true };
}

function firstRefused(
  table: Name,
  keys: readonly NamedKey[],
  how: { compact?: true } | undefined,
  typeOf: TypeOf,
  context: Context,
): RefusedKey | undefined {
  for (const key of keys) {
    const refusal = refusalOf(key, how, typeOf, context);
    if (refusal) return { table, key, refusal };
  }
  return undefined;
}

function refusalOf(
  key: NamedKey,
  how: { compact?: true } | undefined,
  typeOf: TypeOf,
  { migration }: Context,
): KeyRefusal | undefined {
  const { database, databaseVersion: version } = migration;
  if (!isMysql(database)) return undefined;
  return findKeyRefusal(key, { database, version, compact: how?.compact === true, typeOf });
}

/** Full-text, spatial and vector indexes have no such limit. */
function keysIn(constraints: readonly Constraint[], indexes: readonly Index[] = []): NamedKey[] {
  const keys = constraints.flatMap((each): NamedKey[] =>
    each.kind === 'primaryKey' || each.kind === 'unique' ? [each] : [],
  );
  const plain = indexes.filter(({ method }) => method === undefined || /^(btree|hash)$/i.test(method));
  return [...keys, ...plain.map((index): NamedKey => ({ ...index, kind: index.unique ? 'unique' : 'index' }))];
}

function typesOf(known: Table | undefined): TypeOf {
  return (name) => withCollation(known?.columns.get(name)?.type, known);
}

function replaced(known: Table | undefined, column: string, type: DataType | undefined): TypeOf {
  return (name) => (name === column ? withCollation(type, known) : typesOf(known)(name));
}

function converted(known: Table, collation: string): TypeOf {
  return (name) => {
    const type = known.columns.get(name)?.type;
    return type && { ...type, collation };
  };
}

function withOwnCollation(type: DataType | undefined, { collation }: OperationOf<'createTable'>): DataType | undefined {
  return type === undefined || type.collation !== undefined || collation === undefined ? type : { ...type, collation };
}

/** DROP: one operation for each of the names. */
import type { DropStmt, Node } from 'libpg-query';
import { itemsOf, nameOfNode, qualified, stringsOf } from './names.ts';
import { isTable, objectKinds, ofTables } from './object-kinds.ts';
import type { Effect, StatementReaders } from './statement.ts';

/** Readers of the statements that drop. */
export const dropReaders: StatementReaders = {
  DropStmt: (body) => (body.objects ?? []).map((node) => readDrop(body, node)),
  DropdbStmt: (body) => [{ kind: 'dropDatabase', database: body.dbname ?? '', ...ifExists(body.missing_ok) }],
  DropRoleStmt: (body) =>
    (body.roles ?? []).map((node) => ({
      kind: 'dropObject',
      object: 'role',
      name: nameOfNode(node),
      ...ifExists(body.missing_ok),
    })),
  DropTableSpaceStmt: (body) => [
    { kind: 'dropObject', object: 'system setting', name: body.tablespacename ?? '', ...ifExists(body.missing_ok) },
  ],
  DropSubscriptionStmt: (body) => [
    { kind: 'dropObject', object: 'subscription', name: body.subname ?? '', ...ifExists(body.missing_ok) },
  ],
  DropUserMappingStmt: (body) => [
    { kind: 'dropObject', object: 'server', name: body.servername ?? '', ...ifExists(body.missing_ok) },
  ],
  DropOwnedStmt: () => [
    { kind: 'opaque', reason: 'DROP OWNED drops everything that a role owns, and what that is does not stand here' },
  ],
};

function readDrop(body: DropStmt, node: Node): Effect {
  const name = body.removeType === 'OBJECT_CAST' ? itemsOf(node).map(nameOfNode).join(' AS ') : nameOfNode(node);
  const options = {
    ...ifExists(body.missing_ok),
    ...(body.behavior === 'DROP_CASCADE' ? { cascade: true as const } : {}),
  };
  if (isTable(body.removeType)) return { kind: 'dropTable', table: name, ...options, ...temporary(node) };
  if (body.removeType === 'OBJECT_SCHEMA') return { kind: 'dropSchema', schema: name, ...options };
  if (body.removeType === 'OBJECT_INDEX') {
    const concurrently: { concurrently?: true } = body.concurrent ? { concurrently: true } : {};
    return { kind: 'dropIndex', name, ...concurrently, ...options };
  }
  const object = objectKinds[body.removeType ?? ''];
  if (!object) return { kind: 'opaque', reason: 'it drops an object of a kind that is not known here' };
  if (!ofTables.has(body.removeType ?? '')) return { kind: 'dropObject', object, name, ...options };
  const parts = stringsOf(itemsOf(node));
  return { kind: 'dropObject', object, name: parts.at(-1) ?? '', table: qualified(parts.slice(0, -1)), ...options };
}

function ifExists(missingOk: boolean | undefined): { ifExists?: true } {
  return missingOk ? { ifExists: true } : {};
}

function temporary(node: Node): { temporary?: true } {
  return stringsOf(itemsOf(node)).at(-2) === 'pg_temp' ? { temporary: true } : {};
}

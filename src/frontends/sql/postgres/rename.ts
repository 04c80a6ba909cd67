/** RENAME, SET SCHEMA and OWNER TO. */
import type { AlterObjectSchemaStmt, AlterOwnerStmt, Node, RangeVar, RenameStmt } from 'libpg-query';
import { itemsOf, nameOf, nameOfNode, qualified, roleOf, stringsOf } from './names.ts';
import { isTable, objectKinds, ofTables } from './object-kinds.ts';
import type { Effect, StatementReaders } from './statement.ts';

/** Readers of the statements that give another name, schema or owner. */
export const renameReaders: StatementReaders = {
  RenameStmt: (body) => [readRename(body)],
  AlterObjectSchemaStmt: (body) => [readSetSchema(body)],
  AlterOwnerStmt: (body) => [readOwner(body)],
  AlterObjectDependsStmt: (body) => [
    {
      kind: 'alterObject',
      object: objectKinds[body.objectType ?? ''] ?? 'extension',
      name: body.relation ? nameOf(body.relation) : nameOfNode(body.object),
      change: `depends on extension ${body.extname?.sval ?? ''}`,
    },
  ],
};

function readRename(body: RenameStmt): Effect {
  const to = body.newname ?? '';
  const type = body.renameType ?? '';
  const name = body.relation ? nameOf(body.relation) : nameOfNode(body.object);
  if (isTable(type)) return { kind: 'renameTable', table: name, to: inSchemaOf(body.relation, to) };
  if (type === 'OBJECT_COLUMN') return { kind: 'renameColumn', table: name, column: body.subname ?? '', to };
  const object = objectKinds[type];
  if (!object) return { kind: 'opaque', reason: 'it renames an object of a kind that is not known here' };
  if (type === 'OBJECT_ATTRIBUTE' || type === 'OBJECT_DOMCONSTRAINT')
    return { kind: 'alterObject', object, name, change: `rename ${body.subname ?? ''} to ${to}` };
  if (ofTables.has(type)) return { kind: 'renameObject', object, name: body.subname ?? '', to, table: name };
  if (body.relation) return { kind: 'renameObject', object, name, to: inSchemaOf(body.relation, to) };
  return {
    kind: 'renameObject',
    object,
    name: name === '' ? (body.subname ?? '') : name,
    to: inSchemaOfName(name, to),
  };
}

function inSchemaOf(relation: RangeVar | undefined, name: string): string {
  return qualified([relation?.schemaname, name]);
}

function inSchemaOfName(old: string, name: string): string {
  return old.includes('.') ? `${old.slice(0, old.lastIndexOf('.'))}.${name}` : name;
}

function readSetSchema(body: AlterObjectSchemaStmt): Effect {
  const name = body.relation ? nameOf(body.relation) : nameOfNode(body.object);
  const to = qualified([body.newschema, body.relation?.relname ?? lastPart(body.object)]);
  if (isTable(body.objectType)) return { kind: 'renameTable', table: name, to };
  const object = objectKinds[body.objectType ?? ''];
  if (!object) return { kind: 'opaque', reason: 'it moves an object of a kind that is not known here' };
  return { kind: 'renameObject', object, name, to };
}

function lastPart(node: Node | undefined): string {
  return stringsOf(itemsOf(node)).at(-1) ?? nameOfNode(node).split('.').at(-1) ?? '';
}

function readOwner(body: AlterOwnerStmt): Effect {
  const name = body.relation ? nameOf(body.relation) : nameOfNode(body.object);
  const object = objectKinds[body.objectType ?? ''];
  const owner = body.newowner ? roleOf({ RoleSpec: body.newowner }) : '';
  // Only large objects have no kind of ours; they are data that a number names.
  if (!object) return { kind: 'noEffect', what: 'the owner of a large object' };
  return { kind: 'alterObject', object, name, change: `owner to ${owner}` };
}

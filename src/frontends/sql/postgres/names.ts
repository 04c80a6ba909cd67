/** Names as the syntax tree holds them. */
import type { Node, RangeVar } from 'libpg-query';
import type { Name } from '../../../operations/name.ts';

/** The name of a table, view, sequence or index. */
export function nameOf(relation: RangeVar | undefined): Name {
  return qualified([relation?.schemaname, relation?.relname]);
}

/** A name of several parts; the default schema and the system catalog are dropped. */
export function qualified(parts: (string | undefined)[]): Name {
  const known = parts.filter((part) => part !== undefined);
  const schema = known.at(-2);
  return schema === 'public' || schema === 'pg_catalog' ? (known.at(-1) ?? '') : known.slice(-2).join('.');
}

/** The name that a list of String nodes spells. */
export function nameOfNodes(nodes: Node[] | undefined): Name {
  return qualified(stringsOf(nodes));
}

/** The texts of a list of String nodes; other nodes are passed over. */
export function stringsOf(nodes: Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => stringOf(node) ?? []);
}

/** The text of a String node. */
export function stringOf(node: Node | undefined): string | undefined {
  return node && 'String' in node ? (node.String.sval ?? '') : undefined;
}

/** The items of a List node. */
export function itemsOf(node: Node | undefined): Node[] {
  return node && 'List' in node ? (node.List.items ?? []) : [];
}

/** The name in any node that names an object: String, List, TypeName, ObjectWithArgs, RangeVar, RoleSpec. */
export function nameOfNode(node: Node | undefined): Name {
  if (!node) return '';
  if ('String' in node) return node.String.sval ?? '';
  if ('List' in node) return qualified((node.List.items ?? []).map((item) => nameOfNode(item)));
  if ('TypeName' in node) return nameOfNodes(node.TypeName.names);
  if ('ObjectWithArgs' in node) return nameOfNodes(node.ObjectWithArgs.objname);
  if ('RangeVar' in node) return nameOf(node.RangeVar);
  if ('RoleSpec' in node) return roleOf(node);
  if ('AccessPriv' in node) return node.AccessPriv.priv_name ?? 'all';
  return '';
}

/** A role as GRANT names it. */
export function roleOf(node: Node): string {
  if (!('RoleSpec' in node)) return '';
  if (node.RoleSpec.roletype === 'ROLESPEC_PUBLIC') return 'public';
  return node.RoleSpec.rolename ?? (node.RoleSpec.roletype ?? '').replace('ROLESPEC_', '').toLowerCase();
}

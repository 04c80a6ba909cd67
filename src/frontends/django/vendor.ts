/** Whether code of a data migration asks for the database that the migration runs on. */
import type { Database } from '../../operations/migration.ts';
import { bare } from '../syntax/python-call.ts';
import { readValue, stringsOf } from '../syntax/python-value.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { thingAt, type Place } from './thing.ts';

/** `connection.vendor`, https://docs.djangoproject.com/en/stable/ref/databases/; SQL Server's is of mssql-django. */
const vendors: Record<Exclude<Database, 'unknown'>, string> = {
  postgres: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'microsoft',
};

/** Whether a condition holds on the database at hand, or undefined where that is decided by anything else. */
export function holdsHere(place: Place, around: SyntaxNode): boolean | undefined {
  const node = bare(around);
  if (node.type === 'not_operator') {
    const [operand] = namedChildren(node);
    const holds = operand && holdsHere(place, operand);
    return holds === undefined ? undefined : !holds;
  }
  if (node.type === 'boolean_operator') return joined(place, node);
  return node.type === 'comparison_operator' ? compared(place, node) : undefined;
}

function joined(place: Place, node: SyntaxNode): boolean | undefined {
  const isOr = node.children.some(({ type }) => type === 'or');
  const operands = [childOf(node, 'left'), childOf(node, 'right')].map((each) => each && holdsHere(place, each));
  if (operands.includes(isOr)) return isOr;
  return operands.includes(undefined) ? undefined : !isOr;
}

function compared(place: Place, node: SyntaxNode): boolean | undefined {
  const { database } = place.reading.emission;
  const operands = namedChildren(node);
  const asked = operands.find((each) => isVendor(place, each));
  const [given] = operands.filter((each) => each !== asked);
  const operator = node.children.find(({ field }) => field === 'operators');
  if (database === 'unknown' || !asked || !given || !operator || operands.length > 2) return undefined;
  const names = stringsOf(readValue(given, place.scope));
  if (!names || names.length === 0) return undefined;
  const isAmong = names.includes(vendors[database]);
  const words = textOf(operator, place.scope.module.text).replace(/\s+/g, ' ');
  return { '==': isAmong, in: isAmong, '!=': !isAmong, 'not in': !isAmong }[words];
}

/** `schema_editor.connection.vendor`, or that of an imported connection. */
function isVendor(place: Place, around: SyntaxNode): boolean {
  const node = bare(around);
  const [object, attribute] = [childOf(node, 'object'), childOf(node, 'attribute')];
  if (node.type !== 'attribute' || !object || !attribute) return false;
  // One of several connections may be to another database.
  if ([...place.scope.module.imports.values()].includes('django.db.connections')) return false;
  return textOf(attribute, place.scope.module.text) === 'vendor' && thingAt(place, object)?.kind === 'connection';
}

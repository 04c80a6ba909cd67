/** Tables, views, sequences and schemas of PostgreSQL that get another owner, with whom the rights of the old one go. */
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { ObjectKind } from '../../src/operations/object-operation.ts';
import { viewsOf } from '../../src/operations/view-queries.ts';
import { code, codes, type Context, type Found } from '../../src/rule.ts';
import { tableSql } from '../../src/writers/identifier.ts';
import { ownerOfSequence } from './owned-sequence.ts';

type Thing = { object: 'table' | ObjectKind; name: Name; to: string };

/** https://www.postgresql.org/docs/current/ddl-priv.html: what an owner may do without a GRANT, only the owner may. */
export function findNewOwner(
  operation: Operation & OperationOf<'alterTable' | 'alterObject'>,
  context: Context,
): Found | undefined {
  const thing = thingOf(operation);
  if (!thing || operation.conditional || context.migration.database !== 'postgres') return undefined;
  const { object, name, to } = thing;
  const held = object === 'sequence' ? ownerOfSequence(name, context.schema) : undefined;
  if (held !== undefined) return refuse(thing, held);
  // There the roles of the service own and use everything.
  if (context.migration.framework === 'supabase' || isMadeHere(thing, context)) return undefined;
  if ([...context.after, ...context.later].some((each) => grants(each, thing))) return undefined;
  if (object === 'function' || object === 'procedure') return sayOfRoutine(thing);
  return {
    severity: 'warning',
    message: `${code(to)} becomes the owner of the ${object} ${code(name)}, and who owned it so far loses every right on it, also what was granted to that role by name: whatever still runs as it fails there with 42501, unless the release connects as another role or that is a member of ${code(to)}. So do migrations that run as it (\`must be owner\`).${readers(thing, context)}`,
    advice: `In the same migration ${code(`GRANT ${rightsOn(thing)} TO …;`, 300)} to the role as which the release connects. The one as which migrations run becomes a member: ${code(`GRANT ${to} TO …;`, 300)}.`,
  };
}

/** Everybody may call it, whoever owns it. */
function sayOfRoutine({ object, name, to }: Thing): Found {
  return {
    severity: 'notice',
    concerns: 'process',
    message: `${code(to)} becomes the owner of the ${object} ${code(name)}: migrations that run as the old owner can no longer replace or drop it (\`must be owner\`), unless that is a member of ${code(to)}; and where it is \`SECURITY DEFINER\`, it may do what ${code(to)} may.`,
    advice: `The role as which migrations run becomes a member: ${code(`GRANT ${to} TO …;`, 300)}.`,
  };
}

function thingOf(operation: OperationOf<'alterTable' | 'alterObject'>): Thing | undefined {
  const to = /^owner to "?([^"]+)"?$/i.exec(operation.change)?.[1];
  if (to === undefined || /^(current_user|current_role|session_user)$/i.test(to)) return undefined;
  if (operation.kind === 'alterTable') return { object: 'table', name: operation.table, to };
  return isUsed.has(operation.object) ? { object: operation.object, name: operation.name, to } : undefined;
}

const isUsed: ReadonlySet<ObjectKind> = new Set([
  'function',
  'procedure',
  'view',
  'materialized view',
  'sequence',
  'schema',
]);

/** https://www.postgresql.org/docs/current/sql-altersequence.html: it has the owner of its table. */
function refuse({ name, to }: Thing, table: Name): Found {
  return {
    severity: 'error',
    concerns: 'process',
    message: `The sequence ${code(name)} gets no owner of its own (0A000): it belongs to a column of ${code(table)}, and has the owner of that.`,
    advice: `${code(`ALTER TABLE ${tableSql(table, 'postgres')} OWNER TO ${to};`, 300)} takes it along.`,
  };
}

function isMadeHere({ object, name }: Thing, { before, isNew }: Context): boolean {
  if (object === 'table') return isNew(name);
  return before.some((each) => each.kind === 'createObject' && each.object === object && each.name === name);
}

/** It is said who may do what from then on, or it goes. */
function grants(each: Operation, { object, name, to }: Thing): boolean {
  if (each.kind === 'dropTable') return object === 'table' && each.table === name;
  if (each.kind === 'dropObject') return each.object === object && each.name === name;
  if (each.kind !== 'alterObject' || !each.change.startsWith('grant ')) return false;
  const schema = name.includes('.') ? name.split('.')[0] : 'public';
  if (each.object === 'privileges') return each.name === name || each.name === schema;
  return each.object === 'role' && each.name === to;
}

/** Those that keep their owner. A view reads with the rights of that, as long as it is not `security_invoker`: https://www.postgresql.org/docs/current/rules-privileges.html */
function readers({ object, name }: Thing, { schema, before, after }: Context): string {
  const own = (view: Name) => [...before, ...after].some((each) => 'name' in each && each.name === view);
  const views = object === 'table' ? viewsOf(schema.views, name).flatMap(([view]) => (own(view) ? [] : [view])) : [];
  return views.length === 0
    ? ''
    : ` And so does whoever reads ${codes(views)}, as a view reads with the rights of its own owner.`;
}

function rightsOn({ object, name }: Thing): string {
  const target = tableSql(name, 'postgres');
  if (object === 'schema') return `USAGE ON SCHEMA ${target}`;
  if (object === 'sequence') return `USAGE, SELECT ON SEQUENCE ${target}`;
  return `SELECT${object === 'table' ? ', INSERT, UPDATE, DELETE' : ''} ON ${target}`;
}

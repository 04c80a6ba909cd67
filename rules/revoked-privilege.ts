import type { Name } from '../src/operations/name.ts';
import type { OperationOf } from '../src/operations/operation.ts';
import { code, codes, type Context, type Found, type Rule } from '../src/rule.ts';
import { findNewOwner } from './advice/new-owner.ts';

/** REVOKE, or another owner, closes a table to a role that uses it. */
export const revokedPrivilege: Rule = {
  id: 'revoked-privilege',
  title: 'A table is closed to a role',
  severity: 'warning',
  concerns: 'code',
  check: {
    alterTable: findNewOwner,
    alterObject: (operation, context) =>
      operation.object === 'privileges' ? find(operation, context) : findNewOwner(operation, context),
  },
};

function find({ name, table, change }: OperationOf<'alterObject'>, context: Context): Found | undefined {
  const [, privileges, every, roles = ''] = /^revoke (.+?)( on every table)? from (.+)$/.exec(change) ?? [];
  if (privileges === undefined || privileges.startsWith('the right to grant')) return undefined;
  // Tables are closed to PUBLIC by themselves.
  const closed = roles.split(', ').filter((role) => role.toLowerCase() !== 'public');
  if (closed.length === 0 || (!every && (table === undefined || context.isNew(table)))) return undefined;
  if (context.after.some((each) => each.kind === 'dropTable' && each.table === table)) return undefined;
  const left = closed.filter((role) => !isWhole(givenBack(role, name, context), privileges));
  if (left.length === 0) return undefined;
  const kept = new Set(left.flatMap((role) => givenBack(role, name, context)));
  const lost = lostOf(privileges, kept);
  const whom = codes(left);
  const target = every ? `every table of ${code(name)}` : code(table ?? name);
  return {
    // Whether the role had more than it gets again is not known. Supabase serves tables to roles of its own, and what is closed to them is most often meant to be.
    ...(kept.size > 0 || context.migration.framework === 'supabase' ? { severity: 'notice' } : {}),
    message: `${whom} may no longer ${lost === 'all' ? 'use' : code(lost.toUpperCase())} ${target}${given(kept)}: whatever still runs as ${whom} fails there with 42501.`,
    advice: 'First a release that does without it, or connects as another role; when that runs everywhere, this.',
  };
}

/** The privileges that a role gets again behind the REVOKE. */
function givenBack(role: string, name: Name, { after }: Context): string[] {
  return after.flatMap((each) => {
    if (each.kind !== 'alterObject' || each.object !== 'privileges' || each.name !== name) return [];
    const [, privileges = '', roles = ''] = /^grant (.+?) to (.+)$/.exec(each.change) ?? [];
    return roles.split(', ').includes(role) ? privileges.split(', ') : [];
  });
}

/** What programs do with a table. */
const used = ['select', 'insert', 'update', 'delete'];

function isWhole(given: readonly string[], taken: string): boolean {
  const all = taken === 'all' ? used : taken.split(', ');
  return given.includes('all') || all.every((each) => given.includes(each));
}

/** Where a part of what is taken is given back, the rest by name. */
function lostOf(taken: string, kept: ReadonlySet<string>): string {
  if (taken === 'all' && kept.size === 0) return taken;
  const all = taken === 'all' ? used : taken.split(', ');
  return all.filter((each) => !kept.has(each)).join(', ');
}

function given(kept: ReadonlySet<string>): string {
  return kept.size === 0 ? '' : `, which is not given back with ${code([...kept].join(', ').toUpperCase())}`;
}

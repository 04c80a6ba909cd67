import type { Name } from '../src/operations/name.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** REVOKE closes a table to a role that uses it. */
export const revokedPrivilege: Rule = {
  id: 'revoked-privilege',
  title: 'A table is closed to a role',
  severity: 'warning',
  concerns: 'code',
  check: {
    alterObject: (operation, context) => (operation.object === 'privileges' ? find(operation, context) : undefined),
  },
};

function find({ name, table, change }: OperationOf<'alterObject'>, context: Context): Found | undefined {
  const [, privileges, every, roles = ''] = /^revoke (.+?)( on every table)? from (.+)$/.exec(change) ?? [];
  if (privileges === undefined || privileges.startsWith('the right to grant')) return undefined;
  // Tables are closed to PUBLIC by themselves.
  const closed = roles.split(', ').filter((role) => role.toLowerCase() !== 'public');
  if (closed.length === 0 || (!every && (table === undefined || context.isNew(table)))) return undefined;
  if (context.after.some((each) => givesBack(each, name, table))) return undefined;
  const whom = closed.map((role) => code(role)).join(', ');
  const target = every ? `every table of ${code(name)}` : code(table ?? name);
  return {
    // Supabase serves tables to roles of its own, and what is closed to them is most often meant to be.
    ...(context.migration.framework === 'supabase' ? { severity: 'notice' } : {}),
    message: `${whom} may no longer ${privileges === 'all' ? 'use' : code(privileges.toUpperCase())} ${target}: whatever still runs as ${whom} fails there with 42501.`,
    advice: 'First a release that does without it, or connects as another role; when that runs everywhere, this.',
  };
}

/** What is granted again, or goes. */
function givesBack(each: Operation, name: Name, table: Name | undefined): boolean {
  if (each.kind === 'dropTable') return each.table === table;
  return (
    each.kind === 'alterObject' &&
    each.object === 'privileges' &&
    each.name === name &&
    each.change.startsWith('grant ')
  );
}

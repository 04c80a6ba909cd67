import type { Operation } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { identityChangeOf } from './advice/identity-change.ts';
import { identityRefusal } from './advice/identity-refusal.ts';
import { mayHaveMadeWay } from './advice/made-way.ts';

/** PostgreSQL makes no identity of a column that may be NULL, has a default, or holds no whole numbers, and changes none where there is none. */
export const refusedIdentity: Rule = {
  id: 'refused-identity',
  title: 'An identity that its column cannot be',
  severity: 'error',
  concerns: 'process',
  check: { alterColumn: find, alterTable: find },
};

function find(operation: Operation, context: Context): Found | undefined {
  const { migration, schema } = context;
  const change = identityChangeOf(operation);
  if (!change || migration.database !== 'postgres' || operation.conditional || mayHaveMadeWay(context))
    return undefined;
  const known = findColumn(schema, change.table, change.column);
  const refusal = known && identityRefusal(known, change, operation, context);
  if (!refusal) return undefined;
  const unless = schema.unread ? ', unless something that could not be read here has changed that before' : '';
  return {
    ...(schema.unread ? { severity: 'warning' } : {}),
    message: `${change.adds ? 'Making' : 'Changing the identity of'} ${code(`${change.table}.${change.column}`)}${change.adds ? ' an identity' : ''} fails (${refusal.error})${unless}: ${refusal.because}.`,
    advice: refusal.advice,
  };
}

import type { Name } from '../src/operations/name.ts';
import type { Severity } from '../src/operations/configuration.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { tableSql } from '../src/writers/identifier.ts';
import { comesOf, isPolicyOf, isSecurity, opensAll } from './advice/row-security.ts';

/** Row security closes rows to those who use them. */
export const closedRows: Rule = {
  id: 'closed-rows',
  title: 'Rows are closed to those who use them',
  severity: 'warning',
  concerns: 'code',
  check: {
    alterTable: ({ table, change }, context) => {
      const verb = /^(ENABLE|FORCE) ROW LEVEL SECURITY\b/i.exec(change)?.[1]?.toUpperCase();
      if (verb === undefined || context.isNew(table) || comesOf(context).some((each) => opensAll(each, table)))
        return undefined;
      return verb === 'FORCE' ? findForced(table, context) : findEnabled(table, context);
    },
  },
};

/** https://www.postgresql.org/docs/current/ddl-rowsecurity.html: without a policy, nothing is let through. */
function findEnabled(table: Name, context: Context): Found | undefined {
  const { before, schema } = context;
  const around = [...before, ...comesOf(context)];
  if (around.some((each) => isPolicyOf(each, table)) || schema.tables.get(table)?.policies?.length) return undefined;
  const isForced = around.some((each) => isSecurity(each, table, 'FORCE'));
  const unless = schema.unread ? ', unless a policy was made where it could not be read' : '';
  return {
    ...howSevere(context),
    message: `Row security of ${code(table)} without a policy closes every row${unless}: for all roles but ${isForced ? 'superusers' : 'the owner and superusers'}, reads find nothing, without an error, and INSERTs fail.`,
    advice: `${code(`CREATE POLICY … ON ${tableSql(table, 'postgres')} …`)} for each role that uses the table, in the same transaction and before this. Where the program connects as the owner, allow it with that reason.`,
  };
}

function findForced(table: Name, context: Context): Found | undefined {
  if ([...context.before, ...comesOf(context)].some((each) => isSecurity(each, table, 'ENABLE'))) return undefined;
  return {
    severity: 'notice',
    message: `From here on the policies of ${code(table)} hold for its owner as well, where row security is enabled: a program that connects as the owner, and migrations too, sees and writes only what they let through.`,
    advice: 'Make sure that a policy lets the owner through, or that the program connects as another role.',
  };
}

/** Supabase serves tables to roles of its own, and what is closed to them is most often meant to be. */
function howSevere({ migration }: Context): { severity?: Severity } {
  return migration.framework === 'supabase' ? { severity: 'notice' } : {};
}

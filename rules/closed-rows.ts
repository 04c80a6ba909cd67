import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import type { Severity } from '../src/operations/configuration.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { tableSql } from '../src/writers/identifier.ts';

/** Row security closes rows to those who use them. */
export const closedRows: Rule = {
  id: 'closed-rows',
  title: 'Rows are closed to those who use them',
  severity: 'warning',
  concerns: 'code',
  check: {
    alterTable: ({ table, change }, context) => {
      const verb = /^(ENABLE|FORCE) ROW LEVEL SECURITY\b/i.exec(change)?.[1]?.toUpperCase();
      if (verb === undefined || context.isNew(table) || context.after.some((each) => opensAll(each, table)))
        return undefined;
      return verb === 'FORCE' ? findForced(table, context) : findEnabled(table, context);
    },
    createObject: ({ object, name, table, restrictive }, context) => {
      if (object !== 'policy' || !restrictive || table === undefined || context.isNew(table)) return undefined;
      return {
        severity: 'notice',
        message: `The policy ${code(name)} of ${code(table)} is restrictive: it takes rows away from what the other policies let through. The release that still runs no longer sees or writes those that do not pass it.`,
        advice: 'First a release that does without those rows, then this.',
      };
    },
    dropObject: (operation, context) => {
      const { object, name, table, ifExists } = operation;
      if (object !== 'policy' || table === undefined || context.isNew(table)) return undefined;
      if (ifExists && !context.schema.tables.get(table)?.policies?.includes(name)) return undefined;
      if ([...context.before, ...context.after].some((each) => opensAll(each, table) || isPolicyOf(each, table)))
        return undefined;
      return {
        severity: 'notice',
        message: `Rows of ${code(table)} that the policy ${code(name)} alone lets through are closed from here on to all but the owner: reads find fewer rows, without an error, and INSERTs fail with 42501.`,
        advice: `Make the policy that takes its place in the same transaction; where none should, first a release that does without those rows.`,
      };
    },
  },
};

/** https://www.postgresql.org/docs/current/ddl-rowsecurity.html: without a policy, nothing is let through. */
function findEnabled(table: Name, context: Context): Found | undefined {
  const { before, after, schema } = context;
  if ([...before, ...after].some((each) => isPolicyOf(each, table)) || schema.tables.get(table)?.policies?.length)
    return undefined;
  const isForced = [...before, ...after].some((each) => isSecurity(each, table, 'FORCE'));
  const unless = schema.unread ? ', unless a policy was made where it could not be read' : '';
  return {
    ...howSevere(context),
    message: `Row security of ${code(table)} without a policy closes every row${unless}: for all roles but ${isForced ? 'superusers' : 'the owner and superusers'}, reads find nothing, without an error, and INSERTs fail.`,
    advice: `${code(`CREATE POLICY … ON ${tableSql(table, 'postgres')} …`)} for each role that uses the table, in the same transaction and before this. Where the program connects as the owner, allow it with that reason.`,
  };
}

function findForced(table: Name, { before, after }: Context): Found | undefined {
  if ([...before, ...after].some((each) => isSecurity(each, table, 'ENABLE'))) return undefined;
  return {
    severity: 'notice',
    message: `From here on the policies of ${code(table)} hold for its owner as well, where row security is enabled: a program that connects as the owner, and migrations too, sees and writes only what they let through.`,
    advice: 'Make sure that a policy lets the owner through, or that the program connects as another role.',
  };
}

function isSecurity(each: Operation, table: Name, verb: string): boolean {
  return each.kind === 'alterTable' && each.table === table && each.change.toUpperCase().startsWith(`${verb} ROW`);
}

/** Row security goes again, or the table. */
function opensAll(each: Operation, table: Name): boolean {
  return isSecurity(each, table, 'DISABLE') || (each.kind === 'dropTable' && each.table === table);
}

function isPolicyOf(each: Operation, table: Name): boolean {
  return each.kind === 'createObject' && each.object === 'policy' && each.table === table;
}

/** Supabase serves tables to roles of its own, and what is closed to them is most often meant to be. */
function howSevere({ migration }: Context): { severity?: Severity } {
  return migration.framework === 'supabase' ? { severity: 'notice' } : {};
}

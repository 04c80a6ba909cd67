import type { Name } from '../src/operations/name.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { isCopied } from '../src/operations/remade-table.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { findAuditTrail } from './advice/audit-trail.ts';
import { isCleared, isMadeAgain, isNotMade } from './advice/cleared-place.ts';
import { dropTableInSteps } from './advice/drop-table-in-steps.ts';
import { heldByKey } from './advice/held-table.ts';
import { isMysql } from './advice/online-change.ts';
import { findSharedSequence } from './advice/owned-sequence.ts';
import { findRowTypeUsers } from './advice/row-type-users.ts';
import { findCopy, isLeftover, nameBefore } from './advice/rebuilt-table.ts';

/** A table goes, with its rows, while code that uses it may still run. */
export const dropTable: Rule = {
  id: 'drop-table',
  title: 'A table is dropped',
  severity: 'error',
  concerns: 'code',
  check: {
    createTable: (operation, context) => (operation.replaces ? findReplaced(operation, context) : undefined),
    dropTable: (operation, context) => {
      const { table, temporary, cascade, ifExists } = operation;
      if (temporary || context.isNew(table)) return undefined;
      if (isCopied(operation, context) || isLeftover(operation, context)) return undefined;
      if (ifExists && isCleared(operation, context)) return undefined;
      if (findAuditTrail(operation, context)) return undefined;
      const origin = nameBefore(table, context);
      const copy = findCopy(operation, context);
      const isUnknown = ifExists === true && isNotMade(table, context);
      const lock =
        context.migration.database === 'postgres'
          ? ' It takes ACCESS EXCLUSIVE on the table and on every table that its foreign keys point to.'
          : '';
      const shared = findSharedSequence(operation, context) ?? findRowTypeUsers(operation, context);
      const held = shared?.held ?? heldByKey(operation, context);
      const more =
        cascade && !isMysql(context.migration.database)
          ? ' `CASCADE` also drops every view and foreign key that depends on it.'
          : '';
      return {
        ...(isUnknown ? { severity: 'warning' as const } : {}),
        message:
          copy === undefined
            ? `${whatGoes(table, origin)}${isUnknown ? ', if it is there: no earlier migration makes it' : ''}. ${whoFails(origin, context)}${more}${lock}${held}`
            : `${code(table)} goes, whose rows were copied to ${code(copy)}: what was written since is lost, and the release that still runs fails until ${code(copy)} has got its name.`,
        advice: shared?.advice ?? dropTableInSteps({ ...operation, table: origin }, context),
      };
    },
  },
};

/** https://mariadb.com/kb/en/create-table/#create-or-replace: DROP TABLE IF EXISTS, then CREATE TABLE. */
function findReplaced(operation: Operation & OperationOf<'createTable'>, context: Context): Found | undefined {
  const { table, temporary, conditional } = operation;
  if (temporary || conditional || context.isNew(table) || context.migration.database !== 'mariadb') return undefined;
  const isUnknown = isNotMade(table, context);
  const held = heldByKey(operation, context);
  return {
    ...(isUnknown ? { severity: 'warning' } : {}),
    message: `\`CREATE OR REPLACE TABLE\` drops ${code(table)} with all its rows, and makes it anew${isUnknown ? ', if it is there: no earlier migration makes it' : ''}. Triggers and privileges of columns go with it, the release that still runs meets an empty table, and no rollback brings the rows back.${held}`,
    advice: isUnknown
      ? '`CREATE TABLE`, which fails where a table of that name is there.'
      : `Change it where it stands, with \`ALTER TABLE\`. For another table, \`CREATE TABLE\` under another name.`,
  };
}

function whatGoes(table: Name, origin: Name): string {
  if (origin !== table)
    return `${code(origin)}, which this migration has renamed to ${code(table)}, and all its rows go`;
  return `${code(table)} and all its rows go`;
}

function whoFails(origin: Name, { before, after }: Context): string {
  const lost = 'no rollback brings the rows back.';
  if (isMadeAgain(origin, before) || isMadeAgain(origin, after))
    return `The release that still runs meets another table under the name, and ${lost}`;
  return `The release that still runs fails on it from here on, and ${lost}`;
}

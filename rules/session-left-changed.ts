import { frameworkName } from '../src/operations/facts/framework-name.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { uncheckedRows } from './unchecked-rows.ts';
import { isMysql, isSwitchedOff } from './advice/online-change.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { findRefusedOption } from './advice/session-options.ts';

/** A migration changes the connection and leaves it so to those that come after it. */
export const sessionLeftChanged: Rule = {
  id: 'session-left-changed',
  title: 'A connection that is left changed',
  severity: 'warning',
  concerns: 'process',
  check: {
    setSession: (operation, context) => {
      const { setting, value, conditional } = operation;
      const { database } = context.migration;
      if (conditional) return undefined;
      if (database === 'sqlserver' && setting === 'identity_insert') return findNumbersByHand(value, context);
      if (database === 'sqlserver' && setting === 'database') return findOtherDatabase(value, context);
      if (database === 'sqlserver') return findRefusedOption(setting, value, context);
      if (database === 'sqlite' && setting === 'foreign_keys' && isOff(value)) return findUnchecked(context);
      if (isMysql(database) && setting === 'foreign_key_checks' && isSwitchedOff(value))
        return isTold(operation, context) ? undefined : findUncheckedOnMysql(context);
      return undefined;
    },
  },
};

/** https://learn.microsoft.com/sql/t-sql/statements/set-identity-insert-transact-sql: one table at a time, until the session ends. */
function findNumbersByHand(value: string, { after, migration }: Context): Found | undefined {
  const table = value.endsWith(' on') ? value.slice(0, -' on'.length) : undefined;
  if (table === undefined || after.some((each) => isSetTo(each, 'identity_insert', `${table} off`))) return undefined;
  return {
    message: `\`IDENTITY_INSERT\` stays on for ${code(table)} when ${code(migration.path)} is done: on this connection INSERTs that leave its number to the server fail (545), and so does switching it on for another table (8107), in migrations that ${frameworkName(migration.framework)} runs after it.`,
    advice: `${code(`SET IDENTITY_INSERT ${table} OFF;`)} behind the INSERTs.`,
  };
}

/** https://learn.microsoft.com/sql/t-sql/language-elements/use-transact-sql */
function findOtherDatabase(value: string, { before, after, migration }: Context): Found | undefined {
  if (before.some((each) => each.kind === 'setSession' && each.setting === 'database')) return undefined;
  if (after.length === 0) return undefined;
  return {
    message: `From here on everything is done in the database ${code(value)}, whichever one ${frameworkName(migration.framework)} was told to migrate: on a server that has both, a test run changes ${code(value)}. Later migrations on this connection, and what is written down of them, go there too; Azure SQL refuses it (40508).`,
    advice: `Leave ${code(`USE ${value}`)} out: the address of the database is the tool's to know. What another database needs is a migration of its own there.`,
  };
}

/** https://www.sqlite.org/pragma.html#pragma_foreign_keys: inside a transaction it does nothing. */
function findUnchecked({ before, after, migration }: Context): Found | undefined {
  const isInside = migration.transaction === 'wrapped' || before.some(({ kind }) => kind === 'begin');
  if (isInside || after.length === 0 || after.some((each) => isSetTo(each, 'foreign_keys'))) return undefined;
  return {
    message: `Foreign keys stay off on this connection when ${code(migration.path)} is done: what migrations after it delete and write is not checked, nor what the application does where it goes on with the connection.`,
    advice: '`PRAGMA foreign_key_check;` and `PRAGMA foreign_keys = ON;` at the end, behind the COMMIT.',
  };
}

/** https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_foreign_key_checks: of the session. A tool that runs each file on a connection of its own leaves nothing behind. */
function findUncheckedOnMysql({ after, migration }: Context): Found | undefined {
  if (after.length === 0 || after.some((each) => isSetTo(each, 'foreign_key_checks'))) return undefined;
  return {
    message: `\`foreign_key_checks\` stays off on this connection when ${code(migration.path)} is done: what migrations after it write and delete on it is not checked, and what they make wrong stays so.`,
    advice: '`SET SESSION foreign_key_checks = 1;` at the end.',
  };
}

/** `unchecked-rows` speaks: the migration itself writes rows meanwhile. */
function isTold(operation: Operation & OperationOf<'setSession'>, context: Context): boolean {
  return uncheckedRows.check.setSession?.(operation, context) !== undefined;
}

function isSetTo(each: Operation, setting: string, value?: string): boolean {
  return each.kind === 'setSession' && each.setting === setting && (value === undefined || each.value === value);
}

function isOff(value: string): boolean {
  return /^(off|0|false|no)$/.test(value);
}

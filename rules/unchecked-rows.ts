import { foreignKeysTo } from '../src/operations/foreign-keys.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { code, someOf, type Context, type Found, type Rule } from '../src/rule.ts';
import { describeResult } from './advice/describe.ts';
import { findIgnoredFile, findIgnoredUpdate } from './advice/ignored-errors.ts';
import { isMysql, isSwitchedOff } from './advice/online-change.ts';

/** Rows are written, or values changed, while the checks of MySQL or MariaDB that would refuse wrong ones are off. */
export const uncheckedRows: Rule = {
  id: 'unchecked-rows',
  title: 'Rows that are written while checks are off',
  severity: 'error',
  concerns: 'rows',
  check: {
    setSession: (operation, context) => {
      const { setting, value } = operation;
      if (!isMysql(context.migration.database)) return undefined;
      if (setting === 'foreign_key_checks' && isSwitchedOff(value)) return findUnpointed(operation, context);
      return setting === 'sql_mode' && isLenient(value) ? findCut(operation, context) : undefined;
    },
    updateRows: (operation, context) => findIgnoredUpdate(operation, context),
    insertRows: (operation, context) =>
      isMysql(context.migration.database) ? findIgnoredFile(operation, context) : undefined,
  },
};

/** https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_foreign_key_checks: what was written meanwhile is never looked at again, and nothing is done ON DELETE. */
function findUnpointed(setting: OperationOf<'setSession'>, context: Context): Found | undefined {
  const written = until(setting, context).filter((each) => isOfKey(each, context));
  if (written.length === 0) return undefined;
  const deletes = written.some(({ kind }) => kind === 'deleteRows');
  const acts = deletes ? ' Nothing is done `ON DELETE` either: rows that point to those that go stay as they are.' : '';
  return {
    message: `With \`foreign_key_checks\` off nothing checks where rows point: ${someOf(written.map(describeResult), 3)}. Rows that point nowhere stay so when it is on again, which reads no row.${acts}${staysOff(setting, context) ? ' It stays off on this connection for the migrations that come after.' : ''}`,
    advice:
      'Leave it on, and write in an order that the keys allow: what is pointed to first, and for deletes what points to it first. Where it has to be off, count the rows that point nowhere behind it, with a query for each key, and let the migration fail on one.',
  };
}

/** https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html#sql-mode-strict */
function findCut(setting: OperationOf<'setSession'>, context: Context): Found | undefined {
  const written = until(setting, context).filter((each) => isOfValues(each, context));
  if (written.length === 0) return undefined;
  const isChanged = written.some(({ kind }) => kind === 'alterColumn');
  return {
    ...(isChanged ? {} : { severity: 'warning' }),
    message: `With \`sql_mode\` set to ${code(setting.value || "''", 60)} the server is not strict: ${someOf(written.map(describeResult), 3)}. Values that do not fit are cut, NULL becomes '' or 0, and dates that are none become zeros, without an error and for good.`,
    advice:
      "Leave it strict, and mend first the values that it stops at. Where only dates of zeros are in the way, take out that one mode: `SET SESSION sql_mode = REPLACE(REPLACE(@@sql_mode, 'NO_ZERO_DATE', ''), 'NO_ZERO_IN_DATE', '');`.",
  };
}

/** It is not set again. */
function staysOff({ setting }: OperationOf<'setSession'>, { after }: Context): boolean {
  return !after.some((each) => each.kind === 'setSession' && each.setting === setting);
}

/** What runs before the setting is another one, on tables that were there before. */
function until({ setting }: OperationOf<'setSession'>, { after, isNew }: Context): Operation[] {
  const next = after.findIndex((each) => each.kind === 'setSession' && each.setting === setting);
  const made = new Set(after.flatMap((each) => (each.kind === 'createTable' ? [each.table] : [])));
  const isOld = (each: Operation) =>
    'table' in each && each.table !== undefined && !made.has(each.table) && !isNew(each.table);
  return (next < 0 ? after : after.slice(0, next)).filter(isOld);
}

/** Rows that point, or are pointed to, in tables that hold others already. TRUNCATE and DROP TABLE are told of as such. */
function isOfKey(each: Operation, { schema }: Context): boolean {
  if (each.kind !== 'insertRows' && each.kind !== 'updateRows' && each.kind !== 'deleteRows') return false;
  const isPointedTo = foreignKeysTo(schema, each.table).length > 0;
  if (each.kind === 'deleteRows') return isPointedTo;
  const own = schema.tables.get(each.table)?.constraints ?? [];
  const columns = own.flatMap((key) => (key.kind === 'foreignKey' ? key.columns : []));
  if (each.kind === 'insertRows') return columns.length > 0;
  const targets = foreignKeysTo(schema, each.table).flatMap(({ key }) => key.references.columns);
  return each.columns.length === 0 || each.columns.some((name) => columns.includes(name) || targets.includes(name));
}

function isOfValues(each: Operation, { schema }: Context): boolean {
  if (each.kind === 'insertRows' || each.kind === 'updateRows') return true;
  if (each.kind !== 'alterColumn') return false;
  const old = schema.tables.get(each.table)?.columns.get(each.column);
  return each.type !== undefined || (each.nullable === false && old?.nullable !== false);
}

/** A list of modes without a strict one, or the modes at hand without theirs. */
function isLenient(value: string): boolean {
  if (/^[A-Z_,\s'"]*$/i.test(value)) return !/STRICT_|TRADITIONAL|DEFAULT/i.test(value);
  return /^(\(?\s*SELECT\s+)?REPLACE\s*\(\s*@@(SESSION\.|GLOBAL\.)?sql_mode\s*,\s*['"],?STRICT_/i.test(value);
}

import { findWay } from '../src/operations/facts/mysql-online-ddl.ts';
import { fillsRows } from '../src/operations/facts/sqlserver-change.ts';
import type { OperationOf } from '../src/operations/operation.ts';
import { findKeyBefore, type ForeignKey } from '../src/operations/said-anew.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { checkedLater } from './advice/checked-later.ts';
import { columnAlone } from './advice/column-alone.ts';
import { indexOn } from './advice/concurrent-index.ts';
import { outsideTransaction } from '../src/operations/facts/frameworks.ts';
import type { Allowance } from '../src/writers/write-migration.ts';
import { led, migrationFence, paragraphs, phaseFence } from './advice/fence.ts';
import type { Migration } from '../src/operations/migration.ts';
import { stepSql } from '../src/writers/sql.ts';
import { madeUpName } from '../src/writers/identifier.ts';
import type { Step } from '../src/writers/step.ts';
import { uncheckedFirst } from './advice/unchecked-first.ts';
import { isRefused, isRequiredWithoutDefault } from './advice/one-cause.ts';
import { checksForeignKeys, isMysql } from './advice/online-change.ts';
import { dropsRows } from './advice/online-tool.ts';
import { withNotValid } from './advice/not-valid.ts';
import { inNextMigration } from './advice/shared-run.ts';
import { costNote, costOf } from './advice/severity.ts';

/** A foreign key is checked against every row while two tables are locked. */
export const validatingForeignKey: Rule = {
  id: 'validating-foreign-key',
  title: 'A foreign key that checks every row under a lock',
  severity: 'warning',
  concerns: 'locks',
  check: {
    addConstraint: (operation, context) => {
      const { constraint } = operation;
      if (constraint.kind !== 'foreignKey' || !constraint.validated || isRefused(operation, context)) return undefined;
      return withNotValid(find(operation, constraint, context));
    },
    addColumn: (operation, context) => findInline(operation, context),
  },
};

/** There is nothing to check where the new column is NULL in every row. */
function findInline(operation: OperationOf<'addColumn'>, context: Context): Found | undefined {
  const { table, column } = operation;
  const { database } = context.migration;
  const isFilled =
    database === 'postgres' ? column.default !== undefined : database === 'sqlserver' && fillsRows(column);
  if (!isFilled || isRequiredWithoutDefault(column)) return undefined;
  const key = column.constraints.find((constraint) => constraint.kind === 'foreignKey');
  const byHand = outsideTransaction(context.migration.framework).byHand === true;
  const found = key && find(operation, { ...key, columns: [column.name] }, context, byHand ? indexedByHand : undefined);
  if (!found) return undefined;
  const first = columnAlone(context.migration, table, column) || 'First the column alone, then the key.';
  const index = led('Then what finds its rows.', indexOn(context.migration, table, [column.name]));
  // The column comes first, so that it is joined with no other.
  const { correction: _correction, ...alone } = found;
  return { ...alone, advice: paragraphs(first, index, found.advice) };
}

/** Where the framework cannot build the index, no file says that it is there. */
const indexedByHand: Allowance = { rules: ['foreign-key-without-index'], because: 'its index was built by hand' };

type KeyOperation = OperationOf<'addColumn' | 'addConstraint'>;

function find(operation: KeyOperation, key: ForeignKey, context: Context, allow?: Allowance): Found | undefined {
  const { table } = operation;
  const parent = key.references.table;
  const happens = whatHappens(table, parent, context);
  if (context.isNew(table) || !happens) return undefined;
  return {
    severity: costOf(context, table, parent),
    message: `${happens}${whetherItFails(operation, key, context)} ${costNote(context, table, parent)}`,
    ...advise(operation, key, context, allow),
  };
}

/** In a transaction of theirs nobody writes between the two: dropping it holds ACCESS EXCLUSIVE, or Sch-M, as long. */
function whetherItFails({ table, statement }: KeyOperation, key: ForeignKey, context: Context): string {
  if (isNullEverywhere(table, key, context)) return '';
  const { schema, before, inTransaction, migration } = context;
  const was = findKeyBefore(schema, table, key);
  if (!was) return ' It fails if one row points nowhere.';
  const drop = before.findLast(
    (each) => each.kind === 'dropConstraint' && each.table === table && each.name === was.key.name,
  );
  const isOne = inTransaction === true && !isMysql(migration.database);
  const isHeld = drop !== undefined && (isOne || drop.statement === statement);
  if (was.isDropped && !isHeld)
    return ` The rows obeyed ${nameOf(was.key)}, which is dropped before it: it fails if one that is written in between points nowhere.`;
  return ` It does not fail: the rows ${was.isDropped ? 'obeyed' : 'obey'} ${nameOf(was.key)}, which says the same of them.`;
}

function nameOf({ name, columns }: ForeignKey): string {
  return name === undefined ? `the foreign key of ${columns.map((column) => code(column)).join(', ')}` : code(name);
}

/** A column that was just added without a default is NULL in every row, and NULL points nowhere wrong. */
function isNullEverywhere(table: string, key: ForeignKey, { before }: Context): boolean {
  return key.columns.some((name) =>
    before.some(
      (each) => each.kind === 'addColumn' && each.table === table && each.column.name === name && !each.column.default,
    ),
  );
}

function whatHappens(table: string, parent: string, context: Context): string | undefined {
  switch (context.migration.database) {
    case 'postgres':
      if (table === parent)
        return `The foreign key takes SHARE ROW EXCLUSIVE on ${code(table)}: writes to it wait while every row is checked.`;
      return `The foreign key takes SHARE ROW EXCLUSIVE on ${code(table)} and ${code(parent)}: writes to both wait while every row of ${code(table)} is checked.`;
    case 'mysql':
    case 'mariadb':
      // In place without checks, which then reads no rows.
      if (!checksForeignKeys(context)) return undefined;
      return `The foreign key to ${code(parent)} is added by a copy of ${code(table)}: ${copyWaits(context)}.`;
    case 'sqlserver':
      if (table === parent)
        return `The foreign key holds Sch-M on ${code(table)}: reads and writes of it wait while every row is checked.`;
      return `The foreign key holds Sch-M on ${code(table)} and ${code(parent)}: reads and writes of both wait while every row of ${code(table)} is checked.`;
    default:
      return undefined;
  }
}

function copyWaits({ migration }: Context): string {
  const { database, databaseVersion } = migration;
  const goesOn = isMysql(database) && findWay('foreign key added', database, databaseVersion).writes;
  return goesOn
    ? 'writes go on, but it takes as long as the table is large'
    : 'writes to it wait until the copy is done';
}

/** In place where nothing is checked: https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html#online-ddl-foreign-key-operations */
function withoutCopy(table: string, key: ForeignKey, migration: Migration): string {
  const name = key.name ?? madeUpName(table, ...key.columns, 'fkey');
  const add = stepSql({ kind: 'addConstraint', table, constraint: { ...key, name } }, migration.database);
  const back = stepSql({ kind: 'dropConstraint', table, name, constraint: 'foreignKey' }, migration.database);
  const begin = `Look for orphans first. On a table that is written all day, add it in a quiet hour; ${dropsRows}.`;
  if (add === undefined || back === undefined) return begin;
  const steps: Step[] = [
    { kind: 'sql', sql: 'SET SESSION foreign_key_checks = 0;' },
    { kind: 'sql', sql: add, back },
    { kind: 'sql', sql: 'SET SESSION foreign_key_checks = 1;' },
  ];
  return paragraphs(
    begin,
    led(
      'Or in place, without a copy and without reading the rows, while a query makes sure before and after that no row points nowhere:',
      migrationFence(migration, steps),
    ),
  );
}

function advise(
  operation: KeyOperation,
  key: ForeignKey,
  { migration, before, schema }: Context,
  allow?: Allowance,
): Pick<Found, 'advice' | 'correction'> {
  const { table, statement } = operation;
  const { database } = migration;
  if (database !== 'postgres' && database !== 'sqlserver') return { advice: withoutCopy(table, key, migration) };
  const name = key.name ?? madeUpName(table, ...key.columns, 'fkey');
  const add: Step = { kind: 'addConstraint', table, constraint: { ...key, name, validated: false } };
  const validate: Step = { kind: 'validateConstraint', table, name };
  if (database === 'sqlserver') return { advice: uncheckedFirst(migration, add, validate) };
  // What the same statement drops would be in the way.
  const isDropped = before.some(
    (each) => each.kind === 'dropConstraint' && each.statement === statement && each.name === name,
  );
  const was = findKeyBefore(schema, table, key)?.key;
  const drop: Step = { kind: 'dropConstraint', table, name, constraint: 'foreignKey', ...(was && { was }) };
  const adding = isDropped ? [drop, add] : [add];
  return {
    advice: `Add it \`NOT VALID\`, which locks both tables for a moment only:\n\n${phaseFence(migration, { steps: adding, ...(allow && { allow }) })}\n\nThen, ${inNextMigration(migration)}, check the rows under SHARE UPDATE EXCLUSIVE, which lets writes through:\n\n${migrationFence(migration, [validate])}`,
    correction: checkedLater(migration, adding, [validate]),
  };
}

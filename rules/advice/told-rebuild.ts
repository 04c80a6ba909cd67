/** Whether another rule tells of a statement for which MySQL or MariaDB writes a table anew. */
import type { MysqlChange, MysqlDatabase } from '../../src/operations/facts/mysql-online-ddl.ts';
import type { Column } from '../../src/operations/column.ts';
import type { Context } from '../../src/rule.ts';
import {
  hasRefusedKey,
  isForgotten,
  isKeyHeld,
  isRecreated,
  isRefusedOnPartitions,
  isUniqueWithDefault,
  isUniqueWithImplicitDefault,
} from './one-cause.ts';
import type { Alteration } from './online-change.ts';
import { findBlocking, findRefusal } from './online-clause.ts';

/** True where it fails, is refused or is told of with what else it does. */
export function isToldOf(alteration: Alteration, database: MysqlDatabase, context: Context): boolean {
  const { operations, changes, worst } = alteration;
  const { databaseVersion } = context.migration;
  const all = [...changes.values()].flat();
  const clause = operations[0]?.online;
  return (
    all.some(({ change }) => toldElsewhere.has(change)) ||
    operations.some((each) => each.kind === 'addColumn' && failsOnRows(each.column, context)) ||
    operations.some((each) => each.kind === 'dropConstraint' && isKeyHeld(each, withTable(context, alteration))) ||
    operations.some((each) => isRefusedOnPartitions(each, withTable(context, alteration))) ||
    operations.some((each) => hasRefusedKey(each, withTable(context, alteration))) ||
    operations.some((each) => each.kind === 'alterColumn' && isRecreated(each, withTable(context, alteration))) ||
    // `forgotten-column-attribute` speaks: with NOT NULL said again nothing is rebuilt.
    (worst?.change === 'made nullable' &&
      operations.some((each) => each.kind === 'alterColumn' && isForgotten(each, withTable(context, alteration)))) ||
    findRefusal(clause, all, database, databaseVersion) !== undefined ||
    // `blocking-online-clause` speaks.
    (worst?.writes === true && findBlocking(clause, database, databaseVersion) !== undefined)
  );
}

/** Changes that a rule of their own tells of, with what else they do. */
const toldElsewhere: ReadonlySet<MysqlChange> = new Set([
  'type changed',
  'made required',
  'numbered column added',
  'stored column added',
  'column with an expression added',
  'primary key added',
  'foreign key added',
  'check added',
  'full-text index added',
  'spatial index added',
]);

/** `unique-column-with-default` speaks. */
function failsOnRows(column: Column, context: Context): boolean {
  return isUniqueWithDefault(column) || isUniqueWithImplicitDefault(column, context);
}

/** As it is known before the statement, not before the migration. */
function withTable(context: Context, { table, known }: Alteration): Context {
  const tables = new Map(context.schema.tables);
  if (known) tables.set(table, known);
  return { ...context, schema: { ...context.schema, tables } };
}

/** What the statements of a migration of MySQL or MariaDB do to their tables, from the facts and the schema. */
import { onlineChanges, worstOf, type OnlineChange } from '../../src/operations/facts/mysql-change.ts';
import type { MysqlDatabase } from '../../src/operations/facts/mysql-online-ddl.ts';
import type { Database, Migration } from '../../src/operations/migration.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { applyOperation, forkSchema, isNewTable } from '../../src/operations/schema.ts';
import type { Table } from '../../src/operations/table.ts';
import type { Context } from '../../src/rule.ts';
import { tableOf } from './describe.ts';

/** One statement that changes one table which was there before. */
export type Alteration = {
  table: Name;
  /** Never empty. */
  operations: readonly Operation[];
  /** What each operation changes. */
  changes: ReadonlyMap<Operation, readonly OnlineChange[]>;
  /** What it comes to, all together; absent where nothing is known to cost anything. */
  worst: OnlineChange | undefined;
  /** The table before the statement; absent where nothing is known of it. */
  known: Table | undefined;
};

/** The databases that the facts are about. */
export function isMysql(database: Database): database is MysqlDatabase {
  return database === 'mysql' || database === 'mariadb';
}

/** The alterations of a migration in their order; none for other databases. */
export function alterationsOf(migration: Migration, context: Context): Alteration[] {
  const { database } = migration;
  if (!isMysql(database)) return [];
  const schema = forkSchema(context.schema);
  const found: Alteration[] = [];
  let foreignKeyChecks = true;
  for (const operations of statementsOf(migration.up)) {
    for (const table of new Set(operations.map(tableOf))) {
      if (table === undefined || isNewTable(schema, table) || context.isNew(table)) continue;
      const own = operations.filter((each) => tableOf(each) === table);
      const ground = {
        database,
        version: migration.databaseVersion,
        table: schema.tables.get(table),
        foreignKeyChecks,
      };
      const changes = new Map(
        own.map((each) => [each, onlineChanges(each, { ...ground, beside: own.filter((other) => other !== each) })]),
      );
      const worst = worstOf([...changes.values()].flat(), database);
      found.push({ table, operations: own, changes, worst, known: ground.table });
    }
    for (const operation of operations) {
      applyOperation(schema, operation, true);
      foreignKeyChecks = checksAfter(operation, foreignKeyChecks);
    }
  }
  return found;
}

/** What one operation changes, as far as it is known when it runs; empty for other databases. */
export function changesOf(operation: Operation, context: Context): OnlineChange[] {
  const { database, databaseVersion } = context.migration;
  const table = tableOf(operation);
  if (!isMysql(database) || table === undefined) return [];
  const beside = statementAt(operation, context).filter((each) => each !== operation);
  const known = context.schema.tables.get(table);
  // Looked for only where it counts: a migration may have thousands of operations.
  const foreignKeyChecks = operation.kind !== 'addConstraint' || checksForeignKeys(context);
  return onlineChanges(operation, { database, version: databaseVersion, table: known, beside, foreignKeyChecks });
}

/** The operations of the statement that this one is part of, itself included. They stand side by side. */
export function statementAt(operation: Operation, { before, after }: Context): Operation[] {
  const isElsewhere = ({ statement }: Operation) => statement !== operation.statement;
  const end = after.findIndex(isElsewhere);
  return [
    ...before.slice(before.findLastIndex(isElsewhere) + 1),
    operation,
    ...after.slice(0, end === -1 ? after.length : end),
  ];
}

/** True where foreign keys are checked against the rows at this point. */
export function checksForeignKeys({ before }: Context): boolean {
  const last = before.findLast((each) => each.kind === 'setSession' && each.setting === 'foreign_key_checks');
  return last === undefined || checksAfter(last, true);
}

function checksAfter(operation: Operation, before: boolean): boolean {
  if (operation.kind !== 'setSession' || operation.setting !== 'foreign_key_checks') return before;
  return !isSwitchedOff(operation.value);
}

/** True for a value of a setting that switches it off. */
export function isSwitchedOff(value: string): boolean {
  return ['0', 'off', 'false'].includes(value.trim().toLowerCase());
}

function statementsOf(operations: readonly Operation[]): Operation[][] {
  const statements: Operation[][] = [];
  for (const operation of operations) {
    const last = statements.at(-1);
    if (last?.[0]?.statement === operation.statement) last.push(operation);
    else statements.push([operation]);
  }
  return statements;
}

/** What a road is found from, and what it is before it is printed. */
import type { TableSize } from '../operations/configuration.ts';
import { rollsBackSchema } from '../operations/facts/locks.ts';
import type { Database, Migration } from '../operations/migration.ts';
import type { Column } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import type { Operation, OperationOf } from '../operations/operation.ts';
import type { Schema } from '../operations/schema.ts';
import type { DraftMigration } from '../writers/write-migration.ts';
import type { Phase } from './plan.ts';

/** An operation of the change with what is known just before it runs. */
export type Planned = {
  operation: Operation;
  migration: Migration;
  schema: Schema;
  /** It drops a column that no running release names: the models on the base branch leave it out already. */
  isIgnored?: true;
};

export type Situation = {
  migration: Migration;
  /** What is known just before the operation runs. */
  schema: Schema;
  /** What is known before the first of them runs. */
  beginning: Schema;
  /** Every operation of the change that running releases may notice, so that one column has one road. */
  all: readonly Operation[];
  /** As the team's configuration says. */
  sizeOf: (table: Name) => TableSize;
};

/** A phase that is not printed yet. */
export type Draft = Omit<Phase, 'migrations' | 'stands' | 'window'> & { migrations: readonly DraftMigration[] };

/** The road of one operation, or undefined where it needs no more than one migration that is written well. */
export type FindRoad<Kind extends Operation['kind']> = (
  operation: OperationOf<Kind>,
  situation: Situation,
) => { subject: string; phases: Draft[] } | undefined;

/** True where statements on the schema are known to be undone together when one of them fails. */
export function areUndoneTogether(database: Database): boolean {
  return database !== 'unknown' && rollsBackSchema(database);
}

/** True for a column that the change itself adds: its road is that of the new column. */
export function isAddedHere(table: string, column: string, { all }: Situation): boolean {
  return all.some((each) => each.kind === 'addColumn' && each.table === table && each.column.name === column);
}

/** True where the change itself writes the column in rows that are there; which columns a program writes is not always known. */
export function isWrittenHere(table: string, column: string, { all }: Situation): boolean {
  return all.some(
    (each) =>
      each.kind === 'updateRows' &&
      each.table === table &&
      (each.columns.length === 0 || each.columns.includes(column)),
  );
}

/** True for a required column that comes with a default and loses it in the same change, as Django before 5.0 has it. */
export function losesDefault(table: string, column: Column, all: readonly Operation[]): boolean {
  if (column.nullable || !column.default) return false;
  const last = all.findLast(
    (each) =>
      each.kind === 'alterColumn' && each.table === table && each.column === column.name && each.default !== undefined,
  );
  return last?.kind === 'alterColumn' && last.default === 'none';
}

/** What gives a type another value, or a value another name. */
export function isOfType(
  operation: Operation,
): operation is Operation & OperationOf<'addEnumValue' | 'renameEnumValue'> {
  return operation.kind === 'addEnumValue' || operation.kind === 'renameEnumValue';
}

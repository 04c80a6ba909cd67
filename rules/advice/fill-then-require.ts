/** A column that has to have a value: the rows that have none get one, and then it is required. */
import { outsideTransaction } from '../../src/operations/facts/frameworks.ts';
import type { Migration } from '../../src/operations/migration.ts';
import type { Column } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { code } from '../../src/rule.ts';
import { isByScript } from '../../src/writers/batch-loop.ts';
import { columnSql, tableSql } from '../../src/writers/identifier.ts';
import { requireFilled } from '../../src/writers/require-column.ts';
import type { FillColumn, Step } from '../../src/writers/step.ts';
import { fillsOf } from '../../src/writers/written-values.ts';
import { canFillInBatches, isOfProgram, type DraftMigration } from '../../src/writers/write-migration.ts';
import { databaseDefault } from '../../src/writers/program-default.ts';
import { ownValue, plainValue } from '../../src/writers/values.ts';
import { led, paragraphs, phaseFence, phaseFences } from './fence.ts';

/** Both, with what to look for between them; empty where the type is not known. `beside` are the operations that may fill it. */
export function fillThenRequire(
  migration: Migration,
  table: Name,
  column: string,
  was: Partial<Column> | undefined,
  beside: readonly Operation[] = migration.up,
): string {
  return paragraphs(fillRows(migration, table, column, was, beside), requireThen(migration, table, column, was));
}

/** Rows that hold NULL get a value, in batches: the one that is written `beside`, or, where only the team knows which, the plainest stands for it. */
export function fillRows(
  migration: Migration,
  table: Name,
  column: string,
  was: Partial<Column> | undefined,
  beside: readonly Operation[] = migration.up,
): string {
  const { database } = migration;
  if (!canFillInBatches(migration)) return '';
  const stated = was && databaseDefault(was, migration);
  const own = stated?.known ? stated.sql : was?.type && ownValue(was.type, database);
  const written = fillsOf(beside, table, column);
  const value = own ?? (was?.type && plainValue(was.type, database));
  if (value === undefined && written.length === 0) return '';
  const guessed: FillColumn[] = value === undefined ? [] : [{ kind: 'fillColumn', table, column, value }];
  const stands =
    written.length === 0 && own === undefined ? `; ${code(value ?? '')} stands for the value that you know` : '';
  return led(
    `The old rows, ${filledBy(migration)}${stands}:`,
    phaseFence(migration, { steps: written.length > 0 ? written : guessed }),
  );
}

/** How rows are filled in batches: by a migration that loops, or by a script where the tool has files of SQL and the database no loop in them. */
export function filledBy(migration: Migration): string {
  const { how, byHand } = outsideTransaction(migration.framework);
  const isScript = isByScript(migration) && (byHand === true || !isOfProgram(migration));
  if (isScript) return 'by a script outside the migrations, as each of them runs once';
  return byHand ? how : `in a migration of its own, ${how}`;
}

/** The column is required, once a query finds no row that is NULL; each migration begins with the limit of the wait for its lock, if there is one. */
export function requireThen(
  migration: Migration,
  table: Name,
  column: string,
  was: Partial<Column> | undefined,
  limit: readonly Step[] = [],
): string {
  const drafts = requireFilled(migration, table, column, was);
  const limited = drafts?.map((draft) => withLimit(draft, limit));
  const { database } = migration;
  const empty = `SELECT COUNT(*) FROM ${tableSql(table, database)} WHERE ${columnSql(column, database)} IS NULL`;
  return led(`Then, once ${code(empty, 300)} is 0, require it:`, limited ? phaseFences(migration, limited) : '');
}

/** What the author states is read at the first statement, so that nothing stands before that; a quiet hour needs no limit. */
function withLimit({ steps, allow }: DraftMigration, limit: readonly Step[]): DraftMigration {
  if (limit.length === 0) return { steps, ...(allow && { allow }) };
  if (!allow) return { steps: [...limit, ...steps] };
  return { steps, allow: { ...allow, rules: [...allow.rules, 'missing-lock-timeout'] } };
}

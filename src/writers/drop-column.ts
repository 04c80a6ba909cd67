/** A column goes: releases leave it out of what they write before that. */
import { findWay } from '../operations/facts/mysql-online-ddl.ts';
import type { Database } from '../operations/migration.ts';
import type { Column, Constraint } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import type { Held } from './drop-holders.ts';
import { printable } from './identifier.ts';
import type { Step } from './step.ts';
import { plainValue } from './values.ts';
import type { DraftMigration } from './write-migration.ts';
import type { Target } from './writer.ts';

type Server = Pick<Target, 'database' | 'databaseVersion'>;

/** `droppedKeys` go with the change that drops the column, and hold it until then. */
type Holding = Held & { droppedKeys?: readonly Constraint[] };

/** The migration after which rows may be written without the column; undefined where they may be already, where nothing is known of it, or where the database cannot. */
export function leaveOut(
  target: Server,
  table: Name,
  column: string,
  was: Column | undefined,
  held?: Holding,
): DraftMigration | undefined {
  const { database } = target;
  if (!isRequired(was) || database === 'sqlite') return undefined;
  if (!was?.type && !isChangedAlone(database)) return undefined;
  return loosened(target, [loosening(target, table, column, was, held)]);
}

/** True where each row that is written has to name the column. */
export function isRequired(column: Column | undefined): boolean {
  return column !== undefined && !column.nullable && !column.default && !column.generated;
}

/** MySQL changes a default in its dictionary alone, and rebuilds the table to let a column be NULL. */
export function loosening(
  { database }: Server,
  table: Name,
  column: string,
  known: Column | undefined,
  held?: Holding,
): Step {
  const type = known?.type;
  const takesAny = isMysql(database) && !isChecked(column, held);
  const value = type && takesAny ? literalOf(plainValue(type, database)) : undefined;
  const was = type ? { type, nullable: false } : {};
  if (value !== undefined)
    return {
      kind: 'alterColumn',
      table,
      column,
      default: { sql: value, functions: [], columns: [], known: true },
      was: type ? { type } : {},
    };
  const restated = type && !isChangedAlone(database) ? { type, restated: true as const } : {};
  return { kind: 'alterColumn', table, column, nullable: true, ...restated, ...(type && { was }) };
}

/** A foreign key, a check or its being unique refuses a made-up value, at once or the second time; NULL passes them all. */
function isChecked(column: string, held: Holding | undefined): boolean {
  if (!held) return false;
  const isConstrained = [...held.constraints, ...(held.droppedKeys ?? [])].some((each) => {
    if (each.kind === 'foreignKey') return each.columns.includes(column);
    if (each.kind === 'check') return each.expression.columns.includes(column);
    return each.kind === 'unique' && each.columns.join() === column;
  });
  return isConstrained || held.indexes.some((each) => each.unique && each.columns.join() === column);
}

/** PostgreSQL, and the standard, say of a column what changes; the others say the whole of it anew. */
function isChangedAlone(database: Database): boolean {
  return database === 'postgres' || database === 'unknown';
}

/** MySQL takes an expression here in parentheses only, and none at all for the text of a long column. */
function literalOf(value: string | undefined): string | undefined {
  return value !== undefined && /^(?:0|''|false)$/.test(value) ? value : undefined;
}

/** The steps as one migration, which says when it is to run where MySQL rebuilds the table for them. */
export function loosened({ database, databaseVersion }: Server, steps: readonly Step[]): DraftMigration {
  const loosens = steps.find(letsBeNull);
  if (!isMysql(database) || !loosens || findWay('made nullable', database, databaseVersion).algorithm !== 'rebuild')
    return { steps };
  const because = `writes go on meanwhile, and ${subjectOf(loosens)} changes in a quiet hour`;
  return { steps, allow: { rules: ['rebuild-table'], because } };
}

function letsBeNull(step: Step): step is Extract<Step, { kind: 'alterColumn' | 'forgetColumn' }> {
  return step.kind === 'forgetColumn'
    ? step.was?.nullable === false
    : step.kind === 'alterColumn' && step.nullable === true;
}

/** The migration that drops it, with the word of its author that no release names it; by the step, where another one than usual does it. */
export function dropForgotten(
  { database, databaseVersion }: Server,
  table: Name,
  column: string,
  was: Column | undefined,
  step: Step = { kind: 'dropColumn', table, column, ...(was && { was: asForgotten(was, database) }) },
): DraftMigration {
  const way = isMysql(database) ? findWay('column dropped', database, databaseVersion).algorithm : 'instant';
  const rules = ['drop-column', ...(way === 'instant' ? [] : ['rebuild-table'])];
  return {
    steps: [step],
    allow: { rules, because: `no release that runs names ${subjectOf({ table, column })} any more` },
  };
}

/** Rows that were written without it have no value when it comes back; MySQL gives them one of its own. */
function asForgotten(was: Column, database: Database): Column {
  return isRequired(was) && !isMysql(database) ? { ...was, nullable: true } : was;
}

/** Said in the reason, so that the one of another column is no copy of it. */
function subjectOf({ table, column }: { table: Name; column: string }): string {
  return printable(`${table}.${column}`);
}

function isMysql(database: Database): database is 'mysql' | 'mariadb' {
  return database === 'mysql' || database === 'mariadb';
}

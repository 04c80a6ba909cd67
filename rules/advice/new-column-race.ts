/** The race of a backfill with the release that does not know the column yet. */
import type { Migration } from '../../src/operations/migration.ts';
import type { Column } from '../../src/operations/column.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { code, type Found } from '../../src/rule.ts';
import { requiredInPhases, uniqueInPhases } from './column-in-phases.ts';
import type { Demand } from './demand.ts';

type Race = {
  operation: Operation;
  /** All operations of the deploy on the table. */
  beside: readonly Operation[];
  migration: Migration;
  column: Column;
  place: string;
  fails: string;
  /** The framework itself gives one value to the rows that are NULL, as Django does. */
  filled: boolean;
  /** Nobody writes between the backfill and what relies on it. */
  held: boolean;
  /** The deploy makes a trigger on the table, which may give the column a value. */
  trigger: boolean;
};

/** The column comes with the change, so that the running release cannot know it. */
export function findNew(
  { kind, table }: Demand,
  { operation, beside, migration, column, place, fails, filled, held, trigger }: Race,
): Found | undefined {
  const name = code(`${table}.${column.name}`);
  const unknown = 'The release that still runs does not know it';
  const insertsAfter = `a row that it inserts after ${place.toLowerCase()} has filled the others`;
  if (kind === 'required' && !column.default) {
    const isNull = filled || held ? '' : `: ${insertsAfter} is NULL there, and ${fails}`;
    return {
      ...(trigger ? { severity: 'warning' as const } : {}),
      message: `${name} becomes required in the deploy that adds it. ${unknown}${isNull}. Once it is required, its every INSERT into ${code(table)} fails${trigger ? ', unless the trigger that comes with it fills the column' : ''}.`,
      advice: requiredInPhases(migration, table, column, beside),
    };
  }
  if (kind !== 'unique' || (!column.default && !filled)) return undefined;
  const value = column.default ? code(column.default.sql, 60) : 'one and the same value here, like all that are NULL';
  return {
    message: `${name} becomes unique while rows without a value of their own still arrive. ${unknown}: ${held ? 'each row that it inserts from here on' : insertsAfter} gets ${value}, and ${held ? 'the second one fails' : `with the second one ${fails}`}.`,
    advice: uniqueInPhases(migration, table, column, { operation, beside }),
  };
}

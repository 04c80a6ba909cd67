/** How rows that exist become unique: what is counted and merged first, and the migrations that follow. */
import { onlineEditions } from '../../src/operations/facts/sqlserver-change.ts';
import type { Column, Constraint, Index } from '../../src/operations/column.ts';
import type { Database } from '../../src/operations/migration.ts';
import type { Name } from '../../src/operations/name.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { buildIndex, noDuplicates } from '../../src/writers/build-index.ts';
import { columnsSql, madeUpName, printable, tableSql } from '../../src/writers/identifier.ts';
import { emptyColumn } from '../../src/writers/step.ts';
import { builtOutside } from './built-outside.ts';
import { indexThenConstraint, keyOnPartitions, stepsToConstraint } from './concurrent-index.ts';
import { led, paragraphs, phaseFence } from './fence.ts';
import { onlineKeySql } from './online-key.ts';

/** What keeps the columns unique, as far as it was written as a constraint or an index; `areApart` where the rows are known to hold no duplicate. */
export type Uniqueness = {
  columns: readonly string[];
  constraint?: Constraint | undefined;
  index?: Index | undefined;
  areApart: boolean;
};

/** While writers go on, where the database can; elsewhere the statement itself, which somebody has made sure of. */
export function uniqueInSteps(
  table: Name,
  unique: Uniqueness,
  { migration, schema }: Context,
): Pick<Found, 'advice' | 'correction'> {
  const { columns, constraint, areApart } = unique;
  if (migration.database !== 'postgres' || constraint?.kind === 'exclusion')
    return { advice: afterMerge(table, unique, migration) };
  const said = constraint?.kind === 'unique' ? constraint : { kind: 'unique' as const };
  const key = { ...said, name: constraint?.name ?? madeUpName(table, ...columns, 'key'), columns };
  if (schema.tables.get(table)?.partitioned) return { advice: keyOnPartitions(table, key) };
  const { build, attach } = stepsToConstraint(table, key);
  return {
    advice: `${areApart ? '' : 'Count and merge duplicates first. '}${indexThenConstraint(migration, table, key)}`,
    correction: builtOutside(migration, build, attach),
  };
}

/** What of a column is in the key: all of it, or its beginning. */
function partSql(column: string, length: number | undefined, database: Database): string {
  const whole = columnsSql([column], database).slice(1, -1);
  return length ? `LEFT(${whole}, ${length})` : whole;
}

function afterMerge(table: Name, { columns, constraint, index }: Uniqueness, migration: Context['migration']): string {
  const { database } = migration;
  const begin = 'Count the duplicates, merge them, and close their source before this runs.';
  if (constraint?.kind === 'exclusion' || (constraint && database === 'unknown')) return begin;
  const name = index?.name ?? constraint?.name ?? madeUpName(table, ...columns, 'key');
  const built: Index = { columns: [...columns], unique: true, ...index, name };
  const isKey = index === undefined && database !== 'sqlite';
  const prefixes = index?.prefixes ?? (constraint?.kind === 'unique' ? constraint.prefixes : undefined);
  const key: Constraint = { kind: 'unique', name, columns: [...columns], ...(prefixes && { prefixes }) };
  const draft = isKey
    ? { steps: [{ kind: 'addConstraint' as const, table, constraint: key }], allow: noDuplicates }
    : buildIndex(table, built, database);
  const list = columns.map((column) => partSql(column, prefixes?.[column], database)).join(', ');
  const where = index?.where?.known ? ` WHERE ${printable(index.where.sql)}` : '';
  const twice = `SELECT ${list}, COUNT(*) FROM ${tableSql(table, database)}${where} GROUP BY ${list} HAVING COUNT(*) > 1`;
  return paragraphs(
    begin,
    led(`Once ${code(twice, 300)} finds none, in a quiet hour:`, phaseFence(migration, draft)),
    isKey && database === 'sqlserver' ? onlineKey(table, name, columns) : '',
  );
}

/** Built while writes go on, it is a constraint all the same. */
function onlineKey(table: Name, name: string, columns: readonly string[]): string {
  return `Where the edition has it (${onlineEditions}), ${code(onlineKeySql(table, name, 'UNIQUE', columns), 300)} lets reads and writes go on.`;
}

/** A column that is added without its uniqueness, and the index that brings it once the rows are filled. */
export function columnThenUnique(table: Name, column: Column, { migration }: Context): string {
  const index = { name: madeUpName(table, column.name, 'key'), columns: [column.name], unique: true };
  const allow = { rules: ['added-unique-constraint'], because: 'every row has a value of its own' };
  const add = column.type && phaseFence(migration, { steps: [emptyColumn(table, column)] });
  return paragraphs(
    'Add the column without `UNIQUE`, fill it, and create a unique index on it.',
    add,
    led(
      'When every row has a value of its own:',
      phaseFence(migration, { steps: [{ kind: 'createIndex', table, index }], allow }),
    ),
  );
}

/** The road of rows that a change writes itself: the schema first, the rows in the background. */
import type { Name } from '../../operations/name.ts';
import type { Operation, OperationOf } from '../../operations/operation.ts';
import { code, codes } from '../../rule.ts';
import type { Step } from '../../writers/step.ts';
import { unfilledCount } from '../phases.ts';
import { databaseDefault } from '../../writers/program-default.ts';
import type { Draft, FindRoad, Situation } from '../situation.ts';
import { rewriteOf } from '../../writers/written-values.ts';
import { isToBeUnique } from './added-column.ts';

/** Rows of a table that is there, all of them or beside a change of its schema; what fills a column that comes empty is the road of that column. */
export const updatedRows: FindRoad<'updateRows'> = (operation, situation) => {
  const { table, filtered, columns } = operation;
  const { sizeOf, migration } = situation;
  const beside = schemaBeside(situation);
  const isMany = !filtered || operation.looped === true || ['large', 'hot'].includes(sizeOf(table));
  if ((!isMany && beside.length === 0) || sizeOf(table) === 'small') return undefined;
  const written = columns.length > 0 ? columns : addedTo(table, situation);
  if (written.length > 0 && written.every((column) => isFilledThere(operation, column, situation))) return undefined;
  const list = codes(columns);
  const added = beside.filter((each) => each.kind === 'addColumn');
  const begin: Draft = {
    title: added.length > 0 ? 'The schema alone' : `Every release writes ${list === '' ? 'the new values' : list}`,
    when: added.length > 0 ? 'before' : 'with',
    deploy: 1,
    code: `Writes ${list === '' ? 'the new values' : list} as line ${operation.span.startLine} would, in every row of ${code(table)} that it writes.`,
    migrations: added.map((each) => ({ steps: [each] })),
    back: added.length > 0 ? 'Its way back drops what is added.' : 'Deploy the release before.',
  };
  return { subject: `Rows of ${code(table)}`, phases: [begin, background(operation, situation, migration.path)] };
};

/** Where a program does not say which columns it writes, they are those that come with it. */
function addedTo(table: Name, { all }: Situation): string[] {
  return all.flatMap((each) => (each.kind === 'addColumn' && each.table === table ? [each.column.name] : []));
}

/** It comes empty, so that NULL tells which rows are left. */
function isFilledThere({ table }: OperationOf<'updateRows'>, column: string, situation: Situation): boolean {
  const added = situation.all.find(
    (each) => each.kind === 'addColumn' && each.table === table && each.column.name === column,
  );
  if (added?.kind !== 'addColumn' || added.column.type === undefined) return false;
  return (
    databaseDefault(added.column, situation.migration) === undefined || isToBeUnique(table, added.column, situation)
  );
}

/** What the same migration adds to tables that are there; what it drops or requires has a road of its own. */
function schemaBeside({ migration, all }: Situation): Step[] {
  const known = new Set<Operation>(all);
  return migration.up.flatMap((each): Step[] => {
    if (each.kind !== 'addColumn' || !known.has(each) || !each.column.type) return [];
    if (!each.column.nullable && !each.column.default) return [];
    return [{ kind: 'addColumn', table: each.table, column: { ...each.column, constraints: [] } }];
  });
}

function background(operation: OperationOf<'updateRows'>, situation: Situation, path: string): Draft {
  const { table, span } = operation;
  const { migration } = situation;
  const phase = {
    title: `Write the rows of ${code(table)}`,
    when: 'background' as const,
    deploy: 1,
    back: 'Keep the values of before where they are worth something: a way back cannot work them out.',
  };
  const place = code(`${path.slice(path.lastIndexOf('/') + 1)}:${span.startLine}`);
  // Several write one after the other, and one may undo what tells that another is done.
  const isOnly = situation.all.every(
    (each) => each.kind !== 'updateRows' || each.table !== table || each === operation,
  );
  const fill = isOnly ? rewriteOf(operation) : undefined;
  if (fill)
    return {
      ...phase,
      migrations: [{ steps: [fill] }],
      verify: { sql: unfilledCount(fill, migration.database), expect: '0' },
    };
  return {
    ...phase,
    note: `What ${place} writes: 5,000 rows at a time by ${code(keyOf(operation, situation))}, each batch committed by itself, and with a condition that leaves out rows which have their value, so that it can be run again. Its count is the query that is asked before the next phase.`,
    migrations: [],
  };
}

function keyOf({ table }: OperationOf<'updateRows'>, { schema }: Situation): string {
  const primary = schema.tables.get(table)?.constraints.find(({ kind }) => kind === 'primaryKey');
  return primary?.kind === 'primaryKey' ? primary.columns.join(', ') : 'id';
}

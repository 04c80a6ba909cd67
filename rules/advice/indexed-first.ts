/** Which columns of a table an index finds, once all of a change has run. */
import type { Index } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import type { ChangeContext } from '../../src/rule.ts';
import { tableOf } from './describe.ts';

/** The first columns of the indexes that an existing table has after the change; undefined where they are not known, and for a new table, which is small for long. */
export type IndexedFirst = (table: Name) => Set<string> | undefined;

/** Answers for every table of a change. */
export function indexedFirst({ schemasBefore, migrations }: ChangeContext): IndexedFirst {
  const byTable = Map.groupBy(
    migrations.flatMap(({ up }) => up),
    tableOf,
  );
  return (table) => {
    const known = schemasBefore
      .flatMap((schema) => schema.tables.get(table) ?? [])
      .filter(({ columns }) => columns.size > 0);
    const operations = byTable.get(table) ?? [];
    if (known.length === 0 || operations.some(({ kind }) => kind === 'createTable')) return undefined;
    return firstColumns(known, operations);
  };
}

function firstColumns(known: readonly Table[], operations: readonly Operation[]): Set<string> {
  const constraints = [
    ...known.flatMap((each) => each.constraints),
    ...operations.flatMap((each) => {
      if (each.kind === 'addConstraint') return [each.constraint];
      if (each.kind === 'addColumn') return each.column.constraints;
      return each.kind === 'createTable'
        ? [...each.constraints, ...each.columns.flatMap((column) => column.constraints)]
        : [];
    }),
  ];
  const indexes: Index[] = [
    ...known.flatMap((each) => each.indexes),
    ...operations.flatMap((each) =>
      each.kind === 'createIndex' ? [each.index] : each.kind === 'createTable' ? each.indexes : [],
    ),
  ];
  const unique = constraints.flatMap((each) =>
    each.kind === 'primaryKey' || each.kind === 'unique' ? each.columns.slice(0, 1) : [],
  );
  return new Set([...unique, ...indexes.flatMap(({ columns }) => columns.slice(0, 1))]);
}

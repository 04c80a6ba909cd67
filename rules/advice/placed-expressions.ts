/** Expressions that a table is declared with, and where each stands. */
import type { Column, Expression } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import { code } from '../../src/rule.ts';

/** `isGrave`: without it INSERTs fail, or values are lost. `sequences` are those that it takes a number from. */
export type Placed = {
  what: string;
  functions: readonly string[];
  sequences: readonly Name[];
  isGrave: boolean;
  /** Whether an operation gives the table the same again, or another in its place. */
  remakes: (each: Operation) => boolean;
};

/** Defaults, generated columns, checks, and expressions and conditions of indexes. */
export function expressionsOf({ name: table, columns, constraints, indexes }: Table): Placed[] {
  const defaults = [...columns.values()].flatMap(({ name, nullable, default: value }) =>
    value
      ? [
          placed(value, {
            what: `the default of ${code(`${table}.${name}`)}`,
            isGrave: !nullable,
            remakes: (each) =>
              each.kind === 'alterColumn' &&
              each.table === table &&
              each.column === name &&
              (each.default ?? each.generated) !== undefined,
          }),
        ]
      : [],
  );
  const checks = constraints.flatMap((each) =>
    each.kind === 'check'
      ? [
          placed(each.expression, {
            what: `the check ${code(each.name ?? each.expression.sql)} of ${code(table)}`,
            isGrave: false,
            remakes: (later) =>
              later.kind === 'addConstraint' && later.table === table && later.constraint.name === each.name,
          }),
        ]
      : [],
  );
  const called = indexes.flatMap(({ name, columns: over, where, calls = [] }) =>
    where || calls.length > 0
      ? [
          {
            what: `the index ${code(name ?? over.join(', '))} of ${code(table)}`,
            functions: [...calls, ...(where?.functions ?? [])],
            sequences: [],
            isGrave: false,
            remakes: (each: Operation) =>
              each.kind === 'createIndex' && each.table === table && each.index.name === name,
          },
        ]
      : [],
  );
  return [...defaults, ...[...columns.values()].flatMap((each) => generated(table, each)), ...checks, ...called];
}

function generated(table: Name, { name, calls = [] }: Column): Placed[] {
  if (calls.length === 0) return [];
  return [
    {
      what: `the generated column ${code(`${table}.${name}`)}`,
      functions: calls,
      sequences: [],
      isGrave: true,
      remakes: (each) => each.kind === 'addColumn' && each.table === table && each.column.name === name,
    },
  ];
}

function placed({ functions, sql }: Expression, rest: Pick<Placed, 'what' | 'isGrave' | 'remakes'>): Placed {
  const [, sequence] = functions.includes('nextval') ? (/^nextval\('([^']+)'/i.exec(sql) ?? []) : [];
  const sequences = sequence === undefined ? [] : [sequence.replaceAll('"', '').replace(/^public\./, '')];
  return { ...rest, functions, sequences };
}

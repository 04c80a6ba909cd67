import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameOfConstraint } from '../../src/operations/named-keys.ts';
import type { Table } from '../../src/operations/table.ts';
import {
  anyDeferred,
  deleteTable,
  forkTables,
  pointingTo,
  setTable,
  withConstraint,
  withIndex,
  type Tables,
} from '../../src/operations/tables.ts';

const names = fc.constantFrom('orders', 'users', 'accounts', 'events');
const words = fc.constantFrom('by_user', 'orders_pkey', 'to_users', 'id');
const index = words.map((name) => ({ name, columns: ['id'], unique: false }));
const key = fc.record({ table: names, columns: fc.subarray(['id', 'email']), deferred: fc.boolean() }).map((to) => ({
  kind: 'foreignKey' as const,
  columns: ['user_id'],
  references: { table: to.table, columns: to.columns },
  validated: true,
  ...(to.deferred && { initiallyDeferred: true as const }),
}));
const primary = fc.option(words).map((name) => ({
  kind: 'primaryKey' as const,
  columns: ['id'],
  ...(name !== null && { name }),
}));
const table: fc.Arbitrary<Table> = fc.record({
  name: names,
  isNew: fc.boolean(),
  columns: fc.constant(new Map()),
  constraints: fc.array(fc.oneof(key, primary), { maxLength: 3 }),
  indexes: fc.array(index, { maxLength: 3 }),
});
/** A statement: one table made anew, with one index more, or gone. `copied` runs it on a copy, and goes on with that. */
const step = fc.record({
  change: fc.oneof(
    table.map((made) => ({ kind: 'make' as const, made })),
    fc.record({ kind: fc.constant('grow' as const), name: names, index }),
    fc.record({ kind: fc.constant('drop' as const), name: names }),
  ),
  copied: fc.boolean(),
});

it('finds by what tables hold just what a look at each table finds, whatever was done to them and to copies of them', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), names, words, (steps, name, word) => {
      const all: Tables[] = [new Map()];
      for (const { change, copied } of steps) {
        const last = all.at(-1) ?? new Map();
        const tables = copied ? forkTables(last) : last;
        if (copied) all.push(tables);
        const known = change.kind === 'grow' ? tables.get(change.name) : undefined;
        if (change.kind === 'make') setTable(tables, change.made);
        if (change.kind === 'drop') deleteTable(tables, change.name);
        if (change.kind === 'grow' && known) setTable(tables, { ...known, indexes: [...known.indexes, change.index] });
        for (const each of all) expectFound(each, name, word);
      }
    }),
  );
});

function expectFound(tables: Tables, name: string, word: string): void {
  const all = [...tables.values()];
  const keysTo = ({ constraints }: Table) =>
    constraints.flatMap((each) => (each.kind === 'foreignKey' && each.references.table === name ? [each] : []));
  expect(withIndex(tables, word)).toEqual(all.filter(({ indexes }) => indexes.some((each) => each.name === word)));
  expect(withConstraint(tables, word)).toEqual(
    all.filter((each) => each.constraints.some((one) => nameOfConstraint(one, each.name) === word)),
  );
  expect(pointingTo(tables, name)).toEqual(all.filter((each) => keysTo(each).length > 0));
  expect(pointingTo(tables, name, 'id')).toEqual(
    all.filter((each) => keysTo(each).some(({ references: { columns } }) => !columns.length || columns.includes('id'))),
  );
  expect(anyDeferred(tables)).toBe(
    all.some(({ constraints }) => constraints.some((each) => each.kind === 'foreignKey' && each.initiallyDeferred)),
  );
}

/** What points to a field: with its type theirs changes, and their constraints are made anew. */
import type { Constraint, DataType } from '../../operations/column.ts';
import type { Effect } from '../sql/effect.ts';
import { deferral, foreignKeyOf, targetTable, type Placed } from './column.ts';
import type { Emission } from './emission.ts';
import { columnsBetween, tableBetween } from './emit-model.ts';
import { columnName } from './field.ts';

/** A column of this app that points to the field. */
export type Incoming = { table: string; column: string; key: Constraint | undefined };

/** The columns of the app that point to a primary key; those of other apps are not known here. */
export function incomingOf(emission: Emission, { table }: Placed): Incoming[] {
  const { state } = emission;
  return [...state.models.values()].flatMap((model) =>
    [...model.fields].flatMap(([name, field]): Incoming[] => {
      const { relation } = field;
      if (!relation || relation.toField !== undefined) return [];
      const target = relation.to === 'self' ? model.table : targetTable(emission, relation.to);
      const isOwner = model.table === table;
      if (!relation.many && target === table) {
        const key = foreignKeyOf(emission, { model: model.name, table: model.table, name, field });
        return [{ table: model.table, column: columnName(name, field), key }];
      }
      const between = tableBetween(model.table, name, field);
      if (between === undefined || (target !== table && !isOwner)) return [];
      const [from, to] = columnsBetween(emission, model.name, relation.to);
      const columns = [...(isOwner ? [from] : []), ...(target === table ? [to] : [])];
      return columns.map((column) => ({ table: between, column, key: keyBetween(emission, column, table) }));
    }),
  );
}

/** Takes the constraints away before the type changes. */
export function dropsOfIncoming(incoming: readonly Incoming[]): Effect[] {
  return incoming.flatMap(({ table, key }): Effect[] =>
    key
      ? [
          {
            kind: 'dropConstraint',
            table,
            ...(key.name === undefined ? {} : { name: key.name }),
            constraint: 'foreignKey',
          },
        ]
      : [],
  );
}

/** Gives them the new type, and then their constraints again. */
export function changesOfIncoming(incoming: readonly Incoming[], type: DataType | undefined): Effect[] {
  const types = incoming.map(({ table, column }): Effect => ({
    kind: 'alterColumn',
    table,
    column,
    ...(type ? { type } : {}),
  }));
  const keys = incoming.flatMap(({ table, key }): Effect[] =>
    key ? [{ kind: 'addConstraint', table, constraint: key }] : [],
  );
  return [...types, ...keys];
}

function keyBetween(emission: Emission, column: string, table: string): Constraint {
  const references = { table, columns: [] };
  return { kind: 'foreignKey', columns: [column], references, validated: true, ...deferral(emission) };
}

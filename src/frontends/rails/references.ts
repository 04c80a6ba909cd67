/** `add_reference` and `t.references`: a column, its index and its foreign key. */
import type { Column, Constraint } from '../../operations/column.ts';
import { columnFrom, keyType } from './columns.ts';
import { foreignKeyFrom } from './constraint-calls.ts';
import { headOf, type Followed } from './follow-call.ts';
import { createIndex } from './index-calls.ts';
import { pluralOf } from './inflection.ts';
import { onlineFrom } from './online.ts';
import { emit, emitAll, type Run } from './run.ts';
import { tableFrom } from './schema-calls.ts';
import { entryOf, findText, forbidsNull, isTrue, nameFrom, textAt, truthOf, type Value } from './value.ts';

/** What one name of `references` makes in a table. */
export type ReferenceParts = {
  columns: Column[];
  index?: { columns: Value; options: Value | undefined };
  foreignKey?: Constraint;
};

/** The parts of a reference; an index is the default since 5.0, bigint since 5.1. */
export function referenceParts(run: Run, table: string, name: Value, options: Value | undefined): ReferenceParts {
  const base = nameFrom(name);
  const type = findText(entryOf(options, 'type')) ?? keyType(run);
  const polymorphic = entryOf(options, 'polymorphic');
  const isPolymorphic = truthOf(polymorphic) === true;
  const id = columnFrom(run, `${base}_id`, type, options);
  const columns = isPolymorphic ? [typeColumn(run, base, polymorphic, options), id] : [id];
  const parts: ReferenceParts = { columns };
  const index = entryOf(options, 'index') ?? { kind: 'truth' as const, value: run.version >= 5 };
  if (truthOf(index) === true) {
    const names = columns.map((column) => textAt(column.name, { start: 0, end: 0 }));
    const given = index.kind === 'hash' ? index : undefined;
    parts.index = {
      columns: { kind: 'list', items: names },
      options: isPolymorphic ? named(run, given, `index_${table}_on_${base}`) : given,
    };
  }
  const key = entryOf(options, 'foreign_key');
  if (key && truthOf(key) === true) {
    const keyOptions = key.kind === 'hash' ? key : undefined;
    const target = findText(entryOf(keyOptions, 'to_table')) ?? pluralOf(base);
    parts.foreignKey = foreignKeyFrom(run, table, target, keyOptions, id.name);
  }
  return parts;
}

/** Since 6.1 the index of a polymorphic reference is named after the reference alone. */
function named(run: Run, options: Value | undefined, name: string): Value | undefined {
  if (run.version < 6.1 || entryOf(options, 'name')) return options;
  const entries = options?.kind === 'hash' ? options.entries : [];
  const place = { start: 0, end: 0 };
  return {
    kind: 'hash',
    entries: [...entries, { key: textAt('name', place), value: textAt(name, place) }],
    whole: true,
  };
}

/** The type column shares the options of the reference, its default left out; a hash says them anew. */
function typeColumn(run: Run, base: string, polymorphic: Value | undefined, options: Value | undefined): Column {
  const own = polymorphic?.kind === 'hash' ? polymorphic : undefined;
  const nullable = entryOf(own, 'null') ?? entryOf(options, 'null');
  const column = columnFrom(run, `${base}_type`, 'string', own);
  return { ...column, nullable: !forbidsNull(nullable) };
}

/** Each reference is up to three statements. */
export function addReferences(run: Run, call: Followed): void {
  const [tableValue, ...names] = call.values;
  const table = tableFrom(tableValue);
  const place = headOf(call);
  const ifNotExists = isTrue(entryOf(call.options, 'if_not_exists')) ? { ifNotExists: true as const } : {};
  const online = onlineFrom(run, call.options);
  for (const name of names) {
    const { columns, index, foreignKey } = referenceParts(run, table, name, call.options);
    for (const column of columns) emit(run, { kind: 'addColumn', table, column, ...ifNotExists, ...online }, place);
    if (index) createIndex(run, table, index.columns, index.options, place);
    if (foreignKey) emit(run, { kind: 'addConstraint', table, constraint: foreignKey }, place);
  }
}

/** The foreign key goes only where it is asked for; the index goes with the column. */
export function removeReferences(run: Run, call: Followed): void {
  const [tableValue, ...names] = call.values;
  const table = tableFrom(tableValue);
  const place = headOf(call);
  const ifExists = isTrue(entryOf(call.options, 'if_exists')) ? { ifExists: true as const } : {};
  for (const name of names) {
    const { columns, foreignKey } = referenceParts(run, table, name, call.options);
    if (foreignKey) {
      const named = foreignKey.name === undefined ? {} : { name: foreignKey.name };
      emit(run, { kind: 'dropConstraint', table, ...named, constraint: 'foreignKey' }, place);
    }
    emitAll(
      run,
      columns.map((column) => ({ kind: 'dropColumn', table, column: column.name, ...ifExists })),
      place,
    );
  }
}

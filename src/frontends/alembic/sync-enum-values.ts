/** `op.sync_enum_values` of alembic-postgresql-enum: a new type takes the place of the old one in every column that has it. */
import { itemsOf, nameOfValue, textOfValue, argumentOf, type CallValue, type Value } from './value.ts';
import { qualified } from './constraint.ts';
import { emit, type Run } from './run.ts';

/** https://github.com/Pogchamp-company/alembic-postgresql-enum: rename the type, create it anew, change the columns, drop the old one. */
export function syncEnumValues(run: Run, call: CallValue): void {
  const schema = argumentOf(call, 0, 'enum_schema');
  const type = qualified(nameOfValue(argumentOf(call, 1, 'enum_name')), schema);
  const values = (itemsOf(argumentOf(call, 2, 'new_values')) ?? []).flatMap((each) => textOfValue(each) ?? []);
  const columns = itemsOf(argumentOf(call, 3, 'affected_columns'))?.map(placeOf) ?? [undefined];
  // Of the other package with this call, which looks the columns up by itself, the third and fourth argument are the old and the new values.
  if (columns.includes(undefined)) {
    emit(run, call.node, { kind: 'alterObject', object: 'type', name: type, change: 'values' });
    return;
  }
  emit(run, call.node, { kind: 'renameObject', object: 'type', name: type, to: `${type}_old` });
  emit(run, call.node, { kind: 'createType', type, values });
  for (const { table, name } of columns.filter((each) => each !== undefined)) {
    const changed = { name: type, arguments: [] };
    const using = { sql: `${name}::text::${type}`, functions: [], columns: [name], known: true };
    emit(run, call.node, {
      kind: 'alterColumn',
      table: qualified(table, schema),
      column: name,
      type: changed,
      using,
      keepsDefault: true,
    });
  }
  emit(run, call.node, { kind: 'dropObject', object: 'type', name: `${type}_old` });
}

/** A `TableReference`, or a pair as it was written before there were those. */
function placeOf(column: Value): { table: string; name: string } | undefined {
  const pair = itemsOf(column);
  if (pair) return pair.length > 1 ? { table: nameOfValue(pair[0]), name: nameOfValue(pair[1]) } : undefined;
  if (column.kind !== 'call') return undefined;
  const [table, name] = [argumentOf(column, 0, 'table_name'), argumentOf(column, 1, 'column_name')];
  return { table: nameOfValue(table), name: nameOfValue(name) };
}

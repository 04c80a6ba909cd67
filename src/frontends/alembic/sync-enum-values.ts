/** `op.sync_enum_values` of alembic-postgresql-enum: a new type takes the place of the old one in every column that has it. */
import { itemsOf, nameOfValue, computedName, textOfValue, argumentOf, type CallValue } from './value.ts';
import { qualified } from './constraint.ts';
import { emit, type Run } from './run.ts';

/** https://github.com/Pogchamp-company/alembic-postgresql-enum: rename the type, create it anew, change the columns, drop the old one. */
export function syncEnumValues(run: Run, call: CallValue): void {
  const schema = argumentOf(call, 0, 'enum_schema');
  const type = qualified(nameOfValue(argumentOf(call, 1, 'enum_name')), schema);
  const values = (itemsOf(argumentOf(call, 2, 'new_values')) ?? []).flatMap((each) => textOfValue(each) ?? []);
  emit(run, call.node, { kind: 'renameObject', object: 'type', name: type, to: `${type}_old` });
  emit(run, call.node, { kind: 'createType', type, values });
  for (const column of itemsOf(argumentOf(call, 3, 'affected_columns')) ?? []) {
    const reference = column.kind === 'call' ? column : undefined;
    const table = nameOfValue(reference && argumentOf(reference, 0, 'table_name'));
    const name = reference ? nameOfValue(argumentOf(reference, 1, 'column_name')) : computedName;
    const changed = { name: type, arguments: [] };
    const using = { sql: `${name}::text::${type}`, functions: [], columns: [name], known: true };
    emit(run, call.node, { kind: 'alterColumn', table: qualified(table, schema), column: name, type: changed, using });
  }
  emit(run, call.node, { kind: 'dropObject', object: 'type', name: `${type}_old` });
}

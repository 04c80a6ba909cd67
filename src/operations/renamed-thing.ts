/** What `sp_rename` of SQL Server renames where no type is given: any object, which its name tells. */
import { isNameOf } from './named-keys.ts';
import type { Operation, OperationOf } from './operation.ts';
import type { Schema } from './schema.ts';

/** The operation as it is by what is known of the name; a table where nothing else is. */
export function asKnown(operation: Operation, schema: Schema): Operation {
  if (operation.kind !== 'renameTable' || !operation.orOther || schema.tables.has(operation.table)) return operation;
  const { kind: _kind, orOther: _any, table, to, ...located } = operation;
  const object = schema.objects?.get(table);
  if (object !== undefined) return { ...located, kind: 'renameObject', object, name: table, to };
  return asConstraint(operation, schema) ?? asPart(operation, schema) ?? operation;
}

type Renaming = Operation & OperationOf<'renameTable'>;

/** Names of constraints are told apart in their schema, and so are written without their table. */
function asConstraint(
  { kind: _kind, orOther: _any, table: name, to, ...located }: Renaming,
  { tables }: Schema,
): Operation | undefined {
  for (const { name: table, constraints } of tables.values())
    if (constraints.some((each) => isNameOf(name, each, table)))
      return { ...located, kind: 'renameObject', object: 'constraint', name, to, table };
  return undefined;
}

/** Of two parts the first may be a table, with a column or an index. */
function asPart(
  { kind: _kind, orOther: _any, table: whole, to, ...located }: Renaming,
  { tables }: Schema,
): Operation | undefined {
  const dot = whole.lastIndexOf('.');
  const known = tables.get(whole.slice(0, Math.max(0, dot)));
  const [name, last] = [whole.slice(dot + 1), to.slice(dot + 1)];
  if (!known) return undefined;
  const part = { ...located, table: known.name };
  if (known.columns.has(name)) return { ...part, kind: 'renameColumn', column: name, to: last };
  const isIndex = known.indexes.some((index) => index.name === name);
  return isIndex ? { ...part, kind: 'renameObject', object: 'index', name, to: last } : undefined;
}

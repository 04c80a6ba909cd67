/** How a column gets another type: with the keys that it belongs to, beside the old one, or by a tool. */
import { lossOf } from '../../src/operations/facts/mysql-values.ts';
import type { Column, DataType } from '../../src/operations/column.ts';
import { isCastBySelf } from '../../src/operations/facts/assignment-cast.ts';
import { isTypeMade } from '../../src/operations/seen-types.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { code, type Context } from '../../src/rule.ts';
import { convertedSql } from '../../src/writers/converted.ts';
import { madeUpName, printable, typeSql } from '../../src/writers/identifier.ts';
import { migrationFence } from './fence.ts';
import { keyInSteps } from './key-in-steps.ts';
import { statementAt } from './online-change.ts';
import { onlineTool } from './online-tool.ts';
import { replaceInSteps } from './replace-in-steps.ts';
import { onlineAlteration } from './sqlserver-alteration.ts';

type AlterColumn = Operation & OperationOf<'alterColumn'>;

/** Both types as they are with the collation of the table; `goesOn` where writers are let through, so that no tool is needed. */
export function typeInSteps(
  operation: AlterColumn,
  { old, type, goesOn }: { old: DataType | undefined; type: DataType; goesOn: boolean },
  context: Context,
): string {
  const ofKey = keyInSteps(operation, type, context);
  if (ofKey?.isWhole) return ofKey.text;
  return `${ofKey ? ofKey.text : besideIt(operation, type, context)}${goesOn ? '' : tool(old, type, operation, context)}`;
}

/** Another column takes its place. */
function besideIt(operation: AlterColumn, type: DataType, context: Context): string {
  if (isRenamedAway(type, context)) return addValues(type);
  const online = onlineAlteration(operation, type, context);
  return `${online === '' ? 'A' : `${online} Elsewhere a`} new column beside it: written by the code together with the old one, filled in batches, then read, and only then the old one dropped.${correction(operation, type, context)}`;
}

function correction({ table, column, using }: AlterColumn, type: DataType, context: Context): string {
  const { migration, schema } = context;
  const was = withFitting(findColumn(schema, table, column), type, context);
  const value = using ? printable(using.sql) : convertedSql(column, type, migration.database);
  return `\n\n${made(type, context)}${replaceInSteps({ table, column, to: madeUpName(column, 'new'), type, value, was }, context)}`;
}

/** An enum that this migration makes is made first. */
function made(type: DataType, { migration, before }: Context): string {
  const declared = before.find((each) => each.kind === 'createType' && each.type === type.name);
  if (declared?.kind !== 'createType' || !declared.values) return '';
  const name = typeSql({ name: type.name, arguments: [] });
  const values = declared.values.map((value) => `'${printable(value).replaceAll("'", "''")}'`).join(', ');
  const sql = `CREATE TYPE ${name} AS ENUM (${values});`;
  const written = migrationFence(migration, [{ kind: 'sql', sql, back: `DROP TYPE ${name};` }]);
  return written === '' ? '' : `First the type:\n\n${written}\n\n`;
}

/** The type had this name before: the new one stands for it, most often with more values. */
function isRenamedAway({ name }: DataType, { before }: Context): boolean {
  return before.some((each) => each.kind === 'renameObject' && each.object === 'type' && each.name === name);
}

/** https://www.postgresql.org/docs/current/sql-altertype.html */
function addValues({ name }: DataType): string {
  const add = `ALTER TYPE ${typeSql({ name, arguments: [] })} ADD VALUE '…';`;
  return `Where values only come: ${code(add)} for each, in a migration of its own, before the one that uses them. That rewrites nothing. Where some go, a new column beside it, of a type with a name of its own: written by the code together with the old one, filled in batches, then read, and only then the old one dropped.`;
}

/** A default of PostgreSQL that the new type does not take is left out. */
function withFitting(was: Column | undefined, type: DataType, { migration, schema }: Context): Column | undefined {
  if (!was?.default || !was.type || migration.database !== 'postgres') return was;
  if (isCastBySelf(was.type, type, ({ name }) => isTypeMade(schema, name)) !== false) return was;
  const { default: _default, ...rest } = was;
  return rest;
}

/** Not where values would be lost: the tools copy with INSERT IGNORE. */
function tool(old: DataType | undefined, type: DataType, operation: AlterColumn, context: Context): string {
  const loss = old && lossOf(old, type);
  if (loss !== undefined && loss !== 'none') return '';
  return onlineTool(operation.table, statementAt(operation, context), context, loss === 'none' ? 'kept' : 'unknown');
}

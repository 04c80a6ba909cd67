/** Columns of PostgreSQL that can be no identity, and why. */
import type { Column } from '../../src/operations/column.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { isInPrimaryKey } from '../../src/operations/schema.ts';
import { code, type Context } from '../../src/rule.ts';
import { columnSql, tableSql, typeSql } from '../../src/writers/identifier.ts';
import type { IdentityChange } from './identity-change.ts';

/** What completes the sentence, and the way that works. */
export type Refusal = { error: string; because: string; advice: string };

/** Why PostgreSQL refuses it; undefined where it is not known to: https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/commands/tablecmds.c (ATExecAddIdentity, ATExecSetIdentity) */
export function identityRefusal(
  known: Column,
  { table, column, adds }: IdentityChange,
  operation: Operation,
  context: Context,
): Refusal | undefined {
  const alter = `ALTER TABLE ${tableSql(table, 'postgres')} ALTER COLUMN ${columnSql(column, 'postgres')}`;
  const { type, nullable, generated, default: value } = known;
  if (!adds && !generated && (!value || isConstant(value)))
    return {
      error: '55000',
      because: 'it is none',
      advice: `${code(`${alter} ADD GENERATED … AS IDENTITY;`, 300)} makes it one, and its sequence is then set behind the highest number that is taken.`,
    };
  if (!adds || generated) return undefined;
  if (type && !type.array && wrongTypes.has(type.name))
    return {
      error: '22023',
      because: `it is ${code(typeSql(type))}, and not \`smallint\`, \`integer\` or \`bigint\``,
      advice: 'Beside it a column of one of these types, which takes its place once it is filled.',
    };
  const comesBehind = (isIt: (each: Operation) => boolean) =>
    context.after.some((each) => each.statement === operation.statement && isIt(each));
  const isSame = (each: Operation) => each.kind === 'alterColumn' && each.table === table && each.column === column;
  if (nullable && !isRequired(table, column, context) && !comesBehind(isSame))
    return {
      error: '55000',
      because: 'it may be NULL',
      advice: `First ${code(`${alter} SET NOT NULL;`, 300)}, when no row is left without a value and \`set-not-null\` has nothing to say of it; then this.`,
    };
  if (value && isConstant(value) && !comesBehind(isSame))
    return {
      error: '55000',
      because: `it has the default ${code(value.sql, 60)}`,
      advice: `${code(`${alter} DROP DEFAULT;`, 300)} before it, in the same transaction.`,
    };
  return undefined;
}

/** A default that counts may have gone with its sequence. */
function isConstant({ known, functions }: NonNullable<Column['default']>): boolean {
  return known && functions.length === 0;
}

/** Types of another name may be domains over whole numbers. */
const wrongTypes: ReadonlySet<string> = new Set(['text', 'varchar', 'char', 'uuid', 'numeric', 'real', 'boolean']);

function isRequired(table: string, column: string, { schema }: Context): boolean {
  const constraints = schema.tables.get(table)?.constraints ?? [];
  const isHeld = constraints.some((each) => each.kind === 'notNull' && each.columns[0] === column);
  return isHeld || isInPrimaryKey(schema, table, column);
}

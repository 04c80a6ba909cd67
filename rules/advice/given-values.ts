/** Checks of PostgreSQL over columns that come with them, in which all rows have one value. */
import { untouchedColumn } from '../../src/operations/null-everywhere.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import type { Check } from './check-in-steps.ts';
import { giveInSteps, type Asked } from './give-in-steps.ts';

/** What all rows have in the new columns that a check reads. */
export function givenTo(table: Name, { expression }: Check, { before }: Context): string {
  const added = expression.columns.flatMap((name) => untouchedColumn(table, name, before) ?? []);
  return added.map(({ name, default: value }) => `${code(value?.sql ?? 'NULL')} in ${code(name)}`).join(' and ');
}

type Asking = Operation & OperationOf<'addConstraint' | 'alterColumn'>;

/** A check that no row obeys. */
export function findBroken(operation: Asking, check: Check, context: Context): Found | undefined {
  const { table } = operation;
  const given = givenTo(table, check, context);
  const why = `all have ${given}, which it does not let pass`;
  const what = { name: `the check ${code(check.name ?? check.expression.sql)}`, error: '23514', why };
  return refuse(operation, { ...what, asked: check, isLater: !check.validated }, context);
}

/** A column that is to be required, and is NULL everywhere. */
export function findEmpty(operation: Asking, column: string, context: Context, isChecked = true): Found | undefined {
  const what = {
    name: `the NOT NULL of ${code(column)}`,
    error: '23502',
    why: `${code(column)} comes with this migration, and is NULL in all`,
  };
  return refuse(operation, { ...what, asked: { kind: 'notNull', columns: [column] }, isLater: !isChecked }, context);
}

/** What was added `NOT VALID`, as nothing has changed the rows since. */
export function findStillBroken(
  operation: Operation & OperationOf<'validateConstraint'>,
  context: Context,
): Found | undefined {
  const { table, name } = operation;
  const added = context.schema.tables.get(table)?.constraints.find((each) => each.name === name);
  if (context.isNew(table) || (added?.kind !== 'check' && added?.kind !== 'notNull')) return undefined;
  const error = added.kind === 'check' ? '23514' : '23502';
  const given = added.kind === 'check' ? givenTo(table, added, context) : `NULL in ${code(added.columns[0])}`;
  return {
    severity: 'error',
    concerns: 'rows',
    message: `Validating ${code(name)} fails (${error}) as soon as ${code(table)} holds a row: all have ${given}, as this migration has added it.`,
    advice: giveInSteps(table, added, context),
  };
}

type Refused = { name: string; error: string; why: string; asked: Asked; isLater: boolean };

/** `NOT VALID` leaves out the scan and no write: https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT */
function refuse(
  { table, conditional }: Asking,
  { name, error, why, asked, isLater }: Refused,
  context: Context,
): Found | undefined {
  if (context.isNew(table) || conditional) return undefined;
  if (isLater && context.migration.database !== 'postgres') return undefined;
  if (!isLater)
    return {
      severity: 'error',
      concerns: 'rows',
      message: `Adding ${name} fails (${error}) as soon as ${code(table)} holds a row: ${why}.`,
      advice: giveInSteps(table, asked, context),
    };
  if ([...context.after, ...context.later].some((each) => isMended(each, table, columnsOf(asked)))) return undefined;
  return {
    severity: 'error',
    concerns: 'code',
    message: `No row of ${code(table)} obeys ${name}: ${why}. \`NOT VALID\` spares them until they are written: every UPDATE of one that does not put that right fails with ${error}, whatever else it changes, and so does every INSERT that leaves it out.`,
    advice: giveInSteps(table, asked, context),
  };
}

function columnsOf(asked: Asked): readonly string[] {
  return asked.kind === 'check' ? asked.expression.columns : asked.columns;
}

/** The rows are put right, or asked; what becomes of the constraint is then told there. */
function isMended(each: Operation, table: Name, columns: readonly string[]): boolean {
  if (each.kind === 'opaque' || each.kind === 'runCode') return true;
  if (!('table' in each) || each.table !== table) return false;
  if (each.kind === 'validateConstraint' || each.kind === 'dropConstraint') return true;
  if (each.kind === 'alterColumn') return columns.includes(each.column);
  return (
    each.kind === 'updateRows' && (each.columns.length === 0 || each.columns.some((name) => columns.includes(name)))
  );
}

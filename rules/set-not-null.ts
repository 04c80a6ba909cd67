import { findColumn } from '../src/operations/schema.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { costsOfRequiring, isProvenBefore, sparesScan } from './advice/cost-of-demand.ts';
import { findEmpty } from './advice/given-values.ts';
import { hasRefusedKey, isRaced, isRecreated, isRefused, isRestatedUnknown } from './advice/one-cause.ts';
import { isMysql } from './advice/online-change.ts';
import { requiredInSteps } from './advice/required-in-steps.ts';
import { atLeastWarning, costOf, lower } from './advice/severity.ts';
import { sqlserverWorkAt } from './advice/sqlserver-work.ts';

/** A column that may hold NULL is required at once, which reads every row under a lock. */
export const setNotNull: Rule = {
  id: 'set-not-null',
  title: 'An existing column becomes required',
  severity: 'warning',
  concerns: 'locks',
  check: {
    alterColumn: (operation, context) => {
      const { table, column } = operation;
      if (operation.nullable !== false || isRestatedUnknown(operation, context)) return undefined;
      if (hasRefusedKey(operation, context) || isRefused(operation, context) || isRecreated(operation, context))
        return undefined;
      if (findColumn(context.schema, table, column)?.nullable === false) return undefined;
      if (operation.newValues === 'broken') return findEmpty(operation, column, context);
      if (isRaced(operation, context)) return undefined;
      return find(table, column, context, sqlserverWorkAt(operation, context)?.online);
    },
    addConstraint: (operation, context) => {
      const { table, constraint, newValues } = operation;
      if (constraint.kind !== 'notNull') return undefined;
      const [column] = constraint.columns;
      if (newValues === 'broken') return findEmpty(operation, column, context, constraint.validated);
      return constraint.validated && !isRaced(operation, context) ? find(table, column, context) : undefined;
    },
  },
};

function find(table: string, column: string, context: Context, online = false): Found | undefined {
  const { database } = context.migration;
  if (context.isNew(table) || isProvenBefore(table, column, context)) return undefined;
  const severity = online ? 'warning' : atLeastWarning(costOf(context, table));
  const proof = sparesScan(context.migration) ? validatedUnseen(table, context) : undefined;
  return {
    severity: proof === undefined ? severity : lower(severity),
    ...(online ? { concerns: 'rows' } : {}),
    message: `Requiring ${code(column)} ${online ? 'reads the whole of' : costsOfRequiring(database)} ${code(table)}${online ? ' while others go on' : ''}${proof === undefined ? '' : `, unless ${code(proof)}, which is validated before it and not known here, is a CHECK that it is not NULL`}. It fails if one row is NULL, also one that the running release writes meanwhile.${isMysql(database) ? " Outside strict mode such rows get '' or 0 without a word, and writes wait." : ''} ${sizeNote(table, context.sizeOf(table))}`,
    ...requiredInSteps(table, column, context),
  };
}

/** A constraint that this migration validates before, and of which the history that was read says nothing. */
function validatedUnseen(table: string, { before, schema }: Context): string | undefined {
  const known = schema.tables.get(table)?.constraints ?? [];
  const validated = before.findLast((each) => each.kind === 'validateConstraint' && each.table === table);
  if (validated?.kind !== 'validateConstraint') return undefined;
  return known.some(({ name }) => name === validated.name) ? undefined : validated.name;
}

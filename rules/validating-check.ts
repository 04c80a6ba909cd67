import { checksAreKept } from '../src/operations/facts/mysql-change.ts';
import { findWay } from '../src/operations/facts/mysql-online-ddl.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { checkInSteps, type Check } from './advice/check-in-steps.ts';
import { afterColumn, columnAlone } from './advice/column-alone.ts';
import { withNotValid } from './advice/not-valid.ts';
import { findBroken, findStillBroken, givenTo } from './advice/given-values.ts';
import { isRefused, isRequiredWithoutDefault } from './advice/one-cause.ts';
import { isMysql } from './advice/online-change.ts';
import { costOf, lower } from './advice/severity.ts';

/** A check is tried on every row while the table is locked. */
export const validatingCheck: Rule = {
  id: 'validating-check',
  title: 'A check constraint that reads every row under a lock',
  severity: 'warning',
  concerns: 'locks',
  check: {
    addConstraint: (operation, context) => {
      const { table, constraint, newValues } = operation;
      if (constraint.kind !== 'check' || isRefused(operation, context)) return undefined;
      if (newValues === 'broken') return findBroken(operation, constraint, context);
      return withNotValid(find(table, constraint, context, newValues && givenTo(table, constraint, context)));
    },
    validateConstraint: (operation, context) =>
      operation.newValues === 'broken' ? findStillBroken(operation, context) : undefined,
    addColumn: ({ table, column }, context) => {
      const check = column.constraints.find((constraint) => constraint.kind === 'check');
      // `required-column-without-default` and `volatile-default` speak.
      if (!check || isRequiredWithoutDefault(column) || column.ownCheck === 'broken') return undefined;
      const found = find(table, check, context, column.ownCheck && code(column.default?.sql ?? 'NULL'));
      if (!found) return undefined;
      const first = columnAlone(context.migration, table, column) || 'First the column alone, then the check.';
      return afterColumn(found, first);
    },
  },
};

function find(table: string, check: Check, context: Context, given?: string): Found | undefined {
  const { database, databaseVersion } = context.migration;
  const goesOn = isMysql(database) && findWay('check added', database, databaseVersion).writes;
  const happens = goesOn ? copiedOnline : whatHappens[database];
  // `ignored-constraint` speaks.
  if (isMysql(database) && !checksAreKept(database, databaseVersion)) return undefined;
  if (context.isNew(table) || !check.validated || check.enforced === false || !happens) return undefined;
  const severity = costOf(context, table);
  return {
    severity: goesOn ? lower(severity) : severity,
    message: `The check ${code(check.name ?? check.expression.sql)} ${happens.replace('TABLE', () => code(table))}. ${whetherFails(given)} ${sizeNote(table, context.sizeOf(table))}`,
    ...checkInSteps(table, check, context),
  };
}

/** `given` is what all rows have where the check looks, and it passes. */
function whetherFails(given: string | undefined): string {
  if (given === undefined) return 'It fails if one row breaks it.';
  return `It does not fail, as they all get ${given}, which it lets pass; each is looked at all the same.`;
}

const copied = 'is added by a copy of TABLE: writes to it wait until the copy is done';
const copiedOnline = 'is added by a copy of TABLE: writes go on, but replicas lag for as long as it takes';
const whatHappens: Partial<Record<string, string>> = {
  postgres: 'holds ACCESS EXCLUSIVE on TABLE, so that reads and writes wait, until every row is read',
  mysql: copied,
  mariadb: copied,
  sqlserver: 'holds Sch-M on TABLE, so that reads and writes wait, until every row is read',
};

import { checksAreKept } from '../src/operations/facts/mysql-change.ts';
import { findWay } from '../src/operations/facts/mysql-online-ddl.ts';
import type { Column } from '../src/operations/column.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { checkInSteps, type Check } from './advice/check-in-steps.ts';
import { afterColumn, columnAlone } from './advice/column-alone.ts';
import { withNotValid } from './advice/not-valid.ts';
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
      const { table, constraint } = operation;
      if (constraint.kind !== 'check' || isRefused(operation, context)) return undefined;
      return withNotValid(find(table, constraint, context));
    },
    addColumn: ({ table, column }, context) => {
      const check = column.constraints.find((constraint) => constraint.kind === 'check');
      // `required-column-without-default` and `volatile-default` speak.
      if (!check || isRequiredWithoutDefault(column) || column.ownCheck === 'broken') return undefined;
      const found = find(table, check, context, column);
      if (!found) return undefined;
      const first = columnAlone(context.migration, table, column) || 'First the column alone, then the check.';
      return afterColumn(found, first);
    },
  },
};

function find(table: string, check: Check, context: Context, column?: Column): Found | undefined {
  const { database, databaseVersion } = context.migration;
  const goesOn = isMysql(database) && findWay('check added', database, databaseVersion).writes;
  const happens = goesOn ? copiedOnline : whatHappens[database];
  // `ignored-constraint` speaks.
  if (isMysql(database) && !checksAreKept(database, databaseVersion)) return undefined;
  if (context.isNew(table) || !check.validated || check.enforced === false || !happens) return undefined;
  const severity = costOf(context, table);
  return {
    severity: goesOn ? lower(severity) : severity,
    message: `The check ${code(check.name ?? check.expression.sql)} ${happens.replace('TABLE', () => code(table))}. ${whetherFails(column)} ${sizeNote(table, context.sizeOf(table))}`,
    ...checkInSteps(table, check, context),
  };
}

/** A column that comes with its check has one value in all rows. */
function whetherFails(column: Column | undefined): string {
  if (column?.ownCheck !== 'obeyed') return 'It fails if one row breaks it.';
  const value = code(column.default?.sql ?? 'NULL');
  return `It does not fail, as they all get ${value}, which it lets pass; each is looked at all the same.`;
}

const copied = 'is added by a copy of TABLE: writes to it wait until the copy is done';
const copiedOnline = 'is added by a copy of TABLE: writes go on, but replicas lag for as long as it takes';
const whatHappens: Partial<Record<string, string>> = {
  postgres: 'holds ACCESS EXCLUSIVE on TABLE, so that reads and writes wait, until every row is read',
  mysql: copied,
  mariadb: copied,
  sqlserver: 'holds Sch-M on TABLE, so that reads and writes wait, until every row is read',
};

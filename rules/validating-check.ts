import { checksAreKept } from '../src/operations/facts/mysql-change.ts';
import { findWay } from '../src/operations/facts/mysql-online-ddl.ts';
import type { Constraint } from '../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import type { Migration } from '../src/operations/migration.ts';
import { checkedLater } from './advice/checked-later.ts';
import { columnAlone } from './advice/column-alone.ts';
import { isDjango } from './advice/django.ts';
import { led, migrationFence, paragraphs, phaseFence } from './advice/fence.ts';
import { madeUpName, tableSql } from '../src/writers/identifier.ts';
import type { Step } from '../src/writers/step.ts';
import { uncheckedFirst } from './advice/unchecked-first.ts';
import { isRefused, isRequiredWithoutDefault } from './advice/one-cause.ts';
import { isMysql } from './advice/online-change.ts';
import { dropsRows } from './advice/online-tool.ts';
import { withNotValid } from './advice/not-valid.ts';
import { inNextMigration } from './advice/shared-run.ts';
import { costOf, lower } from './advice/severity.ts';

type Check = Extract<Constraint, { kind: 'check' }>;

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
      const found = check && !isRequiredWithoutDefault(column) ? find(table, check, context) : undefined;
      if (!found) return undefined;
      const first = columnAlone(context.migration, table, column) || 'First the column alone, then the check.';
      // The column comes first, so that it is joined with no other.
      const { correction: _correction, ...alone } = found;
      return { ...alone, advice: paragraphs(first, found.advice) };
    },
  },
};

function find(table: string, check: Check, context: Context): Found | undefined {
  const { database, databaseVersion } = context.migration;
  const goesOn = isMysql(database) && findWay('check added', database, databaseVersion).writes;
  const happens = goesOn ? copiedOnline : whatHappens[database];
  // `ignored-constraint` speaks.
  if (isMysql(database) && !checksAreKept(database, databaseVersion)) return undefined;
  if (context.isNew(table) || !check.validated || check.enforced === false || !happens) return undefined;
  const severity = costOf(context, table);
  return {
    severity: goesOn ? lower(severity) : severity,
    message: `The check ${code(check.name ?? check.expression.sql)} ${happens.replace('TABLE', () => code(table))}. It fails if one row breaks it. ${sizeNote(table, context.sizeOf(table))}`,
    ...advise(table, check, context),
  };
}

const copied = 'is added by a copy of TABLE: writes to it wait until the copy is done';
const copiedOnline = 'is added by a copy of TABLE: writes go on, but replicas lag for as long as it takes';
const whatHappens: Partial<Record<string, string>> = {
  postgres: 'holds ACCESS EXCLUSIVE on TABLE, so that reads and writes wait, until every row is read',
  mysql: copied,
  mariadb: copied,
  sqlserver: 'holds Sch-M on TABLE, so that reads and writes wait, until every row is read',
};

/** The statement itself, which somebody has made sure of. */
function afterLook(table: string, check: Check, migration: Migration): string {
  const begin = `Look for rows that break it first. On a table that is written all day, add it in a quiet hour; ${dropsRows}.`;
  if (!check.expression.known || check.expression.sql.length > 300) return begin;
  const { database } = migration;
  const broken = `SELECT COUNT(*) FROM ${tableSql(table, database)} WHERE NOT (${check.expression.sql})`;
  const constraint = { ...check, name: check.name ?? madeUpName(table, 'check') };
  const allow = { rules: ['validating-check'], because: 'no row breaks it, and it runs in a quiet hour' };
  const fenced = phaseFence(migration, { steps: [{ kind: 'addConstraint', table, constraint }], allow });
  return paragraphs(begin, led(`Once ${code(broken, 400)} is 0:`, fenced));
}

function advise(table: string, check: Check, { migration }: Context): Pick<Found, 'advice' | 'correction'> {
  const isSqlServer = migration.database === 'sqlserver';
  if (migration.database !== 'postgres' && !isSqlServer) return { advice: afterLook(table, check, migration) };
  const name = check.name ?? madeUpName(table, 'check');
  const constraint = { ...check, name, validated: false };
  const again: Step = { kind: 'validateConstraint', table, name };
  const add: Step = { kind: 'addConstraint', table, constraint };
  if (isSqlServer) return { advice: uncheckedFirst(migration, add, again) };
  const isShort = check.expression.known && check.expression.sql.length <= 300;
  const added = isShort ? migrationFence(migration, [add]) : '';
  const how = isDjango(migration) ? ' (`AddConstraintNotValid` in place of `AddConstraint`)' : '';
  const first = 'Add it `NOT VALID`, which locks the table for a moment only';
  const advice = paragraphs(
    led(`${first}:`, added) || `${first}${how}.`,
    led(
      `Then, ${inNextMigration(migration)}, read the rows under SHARE UPDATE EXCLUSIVE, which lets reads and writes through:`,
      migrationFence(migration, [again]),
    ),
  );
  return { advice, ...(isShort && { correction: checkedLater(migration, [add], [again]) }) };
}

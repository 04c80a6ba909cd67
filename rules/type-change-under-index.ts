import { keepsIndex, typeChange } from '../src/operations/facts/type-change.ts';
import type { Constraint, DataType, Index } from '../src/operations/column.ts';
import { findColumn } from '../src/operations/schema.ts';
import type { Table } from '../src/operations/table.ts';
import { code, sizeNote, someOf, type Rule } from '../src/rule.ts';
import { capital } from './advice/describe.ts';
import { timeZoneAt } from './advice/time-zone.ts';
import { costOf } from './advice/severity.ts';

/** The rows keep their form, but what PostgreSQL has built or checked over the column does not. */
export const typeChangeUnderIndex: Rule = {
  id: 'type-change-under-index',
  title: 'A type change that builds an index or tries a check again',
  severity: 'warning',
  concerns: 'locks',
  check: {
    alterColumn: (operation, context) => {
      const { table, column, type } = operation;
      const { database, databaseVersion } = context.migration;
      const known = context.schema.tables.get(table);
      const old = findColumn(context.schema, table, column)?.type;
      if (database !== 'postgres' || !type || !old || !known || context.isNew(table)) return undefined;
      // Where rows are written as well, `column-type-change` speaks.
      if (typeChange(old, type, database, databaseVersion, timeZoneAt(context)).kind !== 'free') return undefined;
      const built = indexesBuilt(known, column, old, type);
      const checks = known.constraints.flatMap((each) => checkOf(each, column));
      if (built.length + checks.length === 0) return undefined;
      const work = [
        ...(built.length > 0 ? [`${someOf(built, 3)} ${built.length > 1 ? 'are' : 'is'} built from the start`] : []),
        ...(checks.length > 0 ? [`${someOf(checks, 3)} ${checks.length > 1 ? 'are' : 'is'} tried on every row`] : []),
      ].join(' and ');
      return {
        severity: costOf(context, table),
        message: `The rows of ${code(table)} stay as they are while ${code(column)} changes its type, but ${work} under ACCESS EXCLUSIVE: reads and writes wait. ${sizeNote(table, context.sizeOf(table))}`,
        advice: advise(built.length > 0, checks.length > 0),
      };
    },
  },
};

/** Expressions and predicates are never compared, so that an index that has them counts as another. */
function indexesBuilt({ indexes, constraints }: Table, column: string, old: DataType, type: DataType): string[] {
  const isKept = keepsIndex(old, type);
  const keys = constraints.flatMap((each) => {
    const isKey = each.kind === 'unique' || each.kind === 'primaryKey';
    return isKey && !isKept && each.columns.includes(column) ? [nameOf(each, each.columns)] : [];
  });
  const isBuilt = ({ columns, reads, where }: Index) => {
    const isOver = columns.includes(column);
    const isRead = reads?.includes(column) === true || where?.columns.includes(column) === true;
    return isRead || (isOver && (!isKept || where !== undefined || reads !== undefined));
  };
  return [...keys, ...indexes.filter(isBuilt).map((each) => nameOf(each, each.columns))];
}

/** Only those that were validated: the others are not tried. */
function checkOf(constraint: Constraint, column: string): string[] {
  if (constraint.kind !== 'check' || !constraint.validated || !constraint.expression.columns.includes(column))
    return [];
  return [nameOf(constraint, [constraint.expression.sql])];
}

function nameOf({ name }: { name?: string }, content: readonly string[]): string {
  return code(name ?? `(${content.join(', ')})`);
}

function advise(hasIndexes: boolean, hasChecks: boolean): string {
  const parts = [
    ...(hasIndexes
      ? [
          'drop those indexes before it and build them with `CREATE INDEX CONCURRENTLY` after it, where queries can do without them for so long',
        ]
      : []),
    ...(hasChecks
      ? [
          'drop the checks before it, add them `NOT VALID` after it and validate them in a migration of their own, which lets writes through',
        ]
      : []),
  ];
  return `${capital(parts.join('; '))}. Or a new column beside it, filled in batches, as for a type that rewrites the table.`;
}

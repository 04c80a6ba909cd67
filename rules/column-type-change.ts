import { withCollation } from '../src/operations/facts/mysql-change.ts';
import { typeChange } from '../src/operations/facts/type-change.ts';
import type { Expression } from '../src/operations/column.ts';
import { isTypeMade } from '../src/operations/seen-types.ts';
import { typeBefore } from '../src/operations/type-before.ts';
import { sizeNote, type Rule } from '../src/rule.ts';
import { shortSequence } from './advice/counted-column.ts';
import {
  hasRefusedKey,
  isHeld,
  isRecreated,
  isRefused,
  isRestatedByRename,
  isUncast,
  isValuesChange,
} from './advice/one-cause.ts';
import { describeRewrite } from './advice/rewritten-column.ts';
import { costOf, lower } from './advice/severity.ts';
import { findCut } from './advice/sqlserver-alteration.ts';
import { sqlserverWorkAt } from './advice/sqlserver-work.ts';
import { timeZoneAt } from './advice/time-zone.ts';
import { typeInSteps } from './advice/type-in-steps.ts';

/** A column gets a type that its values must be converted to. */
export const columnTypeChange: Rule = {
  id: 'column-type-change',
  title: 'A type change that rewrites the table',
  severity: 'warning',
  concerns: 'locks',
  check: {
    alterColumn: (operation, context) => {
      const { table, column } = operation;
      if (!operation.type || context.isNew(table) || isRestatedByRename(operation, context)) return undefined;
      if (isValuesChange(operation, context) || isRefused(operation, context)) return undefined;
      if (hasRefusedKey(operation, context) || isHeld(operation, context)) return undefined;
      if (isUncast(operation, context) || isRecreated(operation, context)) return undefined;
      if (sqlserverWorkAt(operation, context)?.online) return undefined;
      const { database, databaseVersion } = context.migration;
      const known = context.schema.tables.get(table);
      const old = withCollation(typeBefore(operation, context.schema, context.migration), known);
      const type = withCollation(operation.type, known);
      const computes = operation.using !== undefined && !isColumnItself(operation.using, column);
      const change = typeChange(old, type, database, databaseVersion, timeZoneAt(context), ({ name }) =>
        isTypeMade(context.schema, name),
      );
      if (change.kind === 'free' && !computes) return undefined;
      if (change.kind === 'reads' && !computes) return findCut(operation, old, context);
      const unless = change.kind === 'rewrites' && !computes ? change.unless : undefined;
      const severity = costOf(context, table);
      const goesOn = change.kind === 'rewrites' && change.writesGoOn === true;
      return {
        severity: unless ? lower(severity) : severity,
        message: `${describeRewrite({ table, column, old, type, unless, goesOn }, database)} ${sizeNote(table, context.sizeOf(table))}${shortSequence(operation, context)}`,
        advice: typeInSteps(operation, { old, type, goesOn }, context),
      };
    },
  },
};

/** USING with the column alone, or with a cast of it, says nothing that the types do not say. */
function isColumnItself(using: Expression, column: string): boolean {
  const bare = using.sql.replace(/["()\s]/g, '').toLowerCase();
  const name = column.replace(/["()\s]/g, '').toLowerCase();
  return bare === name || bare.startsWith(`${name}::`) || bare.startsWith(`cast${name}as`);
}

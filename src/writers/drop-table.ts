/** A table goes, after the last release that names it. */
import type { Migration } from '../operations/migration.ts';
import type { Name } from '../operations/name.ts';
import type { OperationOf } from '../operations/operation.ts';
import type { Schema } from '../operations/schema.ts';
import { tableSql } from './identifier.ts';
import type { Step } from './step.ts';
import type { DraftMigration } from './write-migration.ts';

/** What is told before the table goes: the model of Django, which a release loses first. Empty for the others. */
export function forgetTable({ framework }: Migration, table: Name): Step[] {
  return framework === 'django' ? [{ kind: 'forgetTable', table }] : [];
}

/** The migration that drops it as its author says, with their word that no release names it any more. */
export function dropForgottenTable(
  { framework, database }: Migration,
  { table, ifExists, cascade, written }: OperationOf<'dropTable'>,
  schema: Schema,
): DraftMigration {
  const sql = `DROP TABLE ${ifExists ? 'IF EXISTS ' : ''}${tableSql(table, database)}${cascade ? ' CASCADE' : ''};`;
  const plain: Step = { kind: 'dropTable', table, ...(written !== undefined && { written }) };
  const isSaid = written === undefined && (framework === 'django' || ifExists || cascade);
  return {
    steps: [...unversion(table, schema), isSaid ? { kind: 'sql', sql } : plain],
    allow: {
      rules: ['drop-table'],
      because: 'no release that runs names it any more, and its rows are kept elsewhere',
    },
  };
}

/** SQL Server drops no table whose versions are kept: https://learn.microsoft.com/sql/relational-databases/tables/stopping-system-versioning-on-a-system-versioned-temporal-table */
function unversion(table: Name, { tables }: Schema): Step[] {
  if (!tables.get(table)?.kinds?.includes('versioned')) return [];
  return [{ kind: 'sql', sql: `ALTER TABLE ${tableSql(table, 'sqlserver')} SET (SYSTEM_VERSIONING = OFF);` }];
}

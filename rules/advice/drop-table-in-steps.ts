/** The way out of a table: the code first, then the database. */
import type { Name } from '../../src/operations/name.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import type { Schema } from '../../src/operations/schema.ts';
import { code, type Context } from '../../src/rule.ts';
import { tableSql } from '../../src/writers/identifier.ts';
import type { Step } from '../../src/writers/step.ts';
import { isDjango } from './django.ts';
import { led, migrationFence, paragraphs, phaseFence } from './fence.ts';

/** One deploy after the last release that names it; Django forgets the model in a release of its own, the others need not be told. */
export function dropTableInSteps(
  { table, ifExists, cascade, written }: OperationOf<'dropTable'>,
  { migration, schema }: Context,
): string {
  const allow = {
    rules: ['drop-table'],
    because: 'no release that runs names it any more, and its rows are kept elsewhere',
  };
  const forget = isDjango(migration) ? migrationFence(migration, [{ kind: 'forgetTable', table }]) : '';
  const sql = `DROP TABLE ${ifExists ? 'IF EXISTS ' : ''}${tableSql(table, migration.database)}${cascade ? ' CASCADE' : ''};`;
  const plain: Step = { kind: 'dropTable', table, ...(written !== undefined && { written }) };
  const isSaid = written === undefined && (isDjango(migration) || ifExists || cascade);
  const drop: Step = isSaid ? { kind: 'sql', sql } : plain;
  return paragraphs(
    `Drop it one deploy after the last release that names ${code(table)}, with a backup or the word that its rows are worth nothing. Until then nothing needs to change in the database.`,
    led('With the release whose models no longer have it:', forget),
    led(
      'When that runs everywhere, in a later pull request:',
      phaseFence(migration, { steps: [...unversion(table, schema), drop], allow }),
    ),
  );
}

/** SQL Server drops no table whose versions are kept: https://learn.microsoft.com/sql/relational-databases/tables/stopping-system-versioning-on-a-system-versioned-temporal-table */
function unversion(table: Name, { tables }: Schema): Step[] {
  if (!tables.get(table)?.kinds?.includes('versioned')) return [];
  return [{ kind: 'sql', sql: `ALTER TABLE ${tableSql(table, 'sqlserver')} SET (SYSTEM_VERSIONING = OFF);` }];
}

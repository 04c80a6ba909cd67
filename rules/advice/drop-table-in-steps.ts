/** The way out of a table: the code first, then the database. */
import type { OperationOf } from '../../src/operations/operation.ts';
import { code, type Context } from '../../src/rule.ts';
import { dropForgottenTable, forgetTable } from '../../src/writers/drop-table.ts';
import { led, migrationFence, paragraphs, phaseFence } from './fence.ts';

/** One deploy after the last release that names it; Django forgets the model in a release of its own, the others need not be told. */
export function dropTableInSteps(operation: OperationOf<'dropTable'>, { migration, schema }: Context): string {
  const { table } = operation;
  const forget = forgetTable(migration, table);
  return paragraphs(
    `Drop it one deploy after the last release that names ${code(table)}, with a backup or the word that its rows are worth nothing. Until then nothing needs to change in the database.`,
    led('With the release whose models no longer have it:', forget.length > 0 ? migrationFence(migration, forget) : ''),
    led(
      'When that runs everywhere, in a later pull request:',
      phaseFence(migration, dropForgottenTable(migration, operation, schema)),
    ),
  );
}

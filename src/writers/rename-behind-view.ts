/** The rename of a table that leaves a view under its old name: both names answer, in one transaction. PostgreSQL writes through such a view. */
import type { Migration } from '../operations/migration.ts';
import type { Name } from '../operations/name.ts';
import { tableSql } from './identifier.ts';
import type { Step } from './step.ts';

/** The steps on PostgreSQL; undefined where the table would leave its schema. */
export function renameBehindView(
  { transaction }: Pick<Migration, 'transaction'>,
  table: Name,
  to: Name,
): Step[] | undefined {
  if (schemaOf(table) !== schemaOf(to)) return undefined;
  const old = tableSql(table, 'postgres');
  const next = tableSql(to, 'postgres');
  const rename: Step = { kind: 'renameTable', table, to };
  const view: Step = { kind: 'sql', sql: `CREATE VIEW ${old} AS SELECT * FROM ${next};`, back: `DROP VIEW ${old};` };
  return transaction === 'none' ? [begin, rename, view, commit] : [rename, view];
}

const begin: Step = { kind: 'sql', sql: 'BEGIN;', back: 'COMMIT;' };
const commit: Step = { kind: 'sql', sql: 'COMMIT;', back: 'BEGIN;' };

function schemaOf(name: Name): string {
  return name.slice(0, Math.max(0, name.indexOf('.')));
}

/** What SQL Server locks while it builds an index, and how it is done while the others go on. */
import { onlineEditions, sqlserverWork } from '../../src/operations/facts/sqlserver-change.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found } from '../../src/rule.ts';
import { buildIndex } from '../../src/writers/build-index.ts';
import { columnSql, tableSql } from '../../src/writers/identifier.ts';
import type { DraftMigration } from '../../src/writers/write-migration.ts';
import { namedIndex } from './concurrent-index.ts';
import { phaseFence } from './fence.ts';
import { columnWithOneValue } from './alike-rows.ts';
import { costOf } from './severity.ts';

type Building = Operation & OperationOf<'createIndex' | 'rebuildIndex'>;

/** An index that is built or rebuilt offline: https://learn.microsoft.com/sql/relational-databases/indexes/perform-index-operations-online */
export function findOnSqlserver(operation: Building, context: Context): Found | undefined {
  const { migration, schema } = context;
  const { table } = operation;
  if (table === undefined || context.isNew(table)) return undefined;
  const work = sqlserverWork(operation, schema.tables.get(table), migration.databaseVersion);
  if (!work || work.online || isToldElsewhere(operation, context)) return undefined;
  const who = work.lock === 'S' ? 'writes' : 'reads and writes';
  const duplicates =
    operation.kind === 'createIndex' && operation.index.unique ? ' It fails on the first duplicate (1505).' : '';
  return {
    severity: costOf(context, table),
    message: `${describe(operation)} takes ${work.lock} on ${code(table)}: ${who} wait until it is done.${duplicates} ${sizeNote(table, context.sizeOf(table))}`,
    advice: work.canBeOnline
      ? `Where the edition has it (${onlineEditions}), with writes going on:\n\n${phaseFence(migration, online(operation))}\n\nElsewhere in a quiet hour.`
      : 'In a quiet hour: this kind of index is not built while writes go on.',
  };
}

/** `unique-column-with-default` speaks. */
function isToldElsewhere(operation: Building, context: Context): boolean {
  if (operation.kind !== 'createIndex' || !operation.index.unique) return false;
  return columnWithOneValue(operation.index.columns, operation.table, context) !== undefined;
}

function describe(operation: Building): string {
  if (operation.kind === 'rebuildIndex')
    return `Rebuilding ${operation.name === undefined ? 'every index' : code(operation.name)}`;
  const { name, columns } = operation.index;
  return `Building ${code(name ?? `an index on ${columns.join(', ')}`)}`;
}

function online(operation: Building): DraftMigration {
  const { table = '' } = operation;
  if (operation.kind === 'createIndex') return buildIndex(table, namedIndex(table, operation.index), 'sqlserver');
  const name = operation.name === undefined ? 'ALL' : columnSql(operation.name, 'sqlserver');
  const sql = `ALTER INDEX ${name} ON ${tableSql(table, 'sqlserver')} REBUILD WITH (ONLINE = ON);`;
  return { steps: [{ kind: 'sql', sql }] };
}

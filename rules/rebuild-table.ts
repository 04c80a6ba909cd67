import { onlineEditions } from '../src/operations/facts/sqlserver-change.ts';
import type { Database } from '../src/operations/migration.ts';
import { code, sizeNote, type Rule } from '../src/rule.ts';
import { findMysqlRebuild } from './advice/mysql-rebuild.ts';
import { findMovedPartition } from './advice/moved-partition.ts';
import { alterationsOf, isMysql } from './advice/online-change.ts';
import { costOf } from './advice/severity.ts';

/** Every row of a table is written anew. */
export const rebuildTable: Rule = {
  id: 'rebuild-table',
  title: 'A table is rebuilt',
  severity: 'warning',
  concerns: 'locks',
  check: {
    migration: (migration, context) =>
      alterationsOf(migration, context).flatMap((alteration) => findMysqlRebuild(alteration, context) ?? []),
    alterObject: (operation, context) => findMovedPartition(operation, context),
    rebuildTable: ({ table, how, statement, online: clause }, context) => {
      const { database } = context.migration;
      if (context.isNew(table) || database === 'sqlite' || isMysql(database) || clause?.online) return undefined;
      // Several of one statement are one rebuild.
      if (
        context.before.some(
          (each) => each.kind === 'rebuildTable' && each.statement === statement && each.table === table,
        )
      )
        return undefined;
      const lock = locks[database] ?? ': writes wait';
      return {
        severity: costOf(context, table),
        message: `${code(how)} writes every row of ${code(table)} anew${lock} until it is done, and the space is needed twice. ${sizeNote(table, context.sizeOf(table))}`,
        advice: tools[database] ?? 'Outside migrations, in an announced pause.',
      };
    },
  },
};

const locks: Partial<Record<Database, string>> = {
  postgres: ' under ACCESS EXCLUSIVE: reads and writes wait',
  sqlserver: ' under Sch-M: reads and writes wait',
};

const tools: Partial<Record<Database, string>> = {
  postgres: 'Outside migrations, with a tool that copies online (pg_repack, pg_squeeze), or in an announced pause.',
  sqlserver: `\`WITH (ONLINE = ON)\`, where the edition has it (${onlineEditions}).`,
};

/** Names of keys and indexes that a Prisma schema leaves to Prisma. */
import type { Database } from '../../operations/migration.ts';

/** Bytes of the longest name; of SQLite there is no limit. https://www.prisma.io/docs/orm/prisma-schema/data-model/database-mapping#prisma-orms-default-naming-conventions-for-indexes-and-constraints */
const longest: Partial<Record<Database, number>> = { postgres: 63, mysql: 64, mariadb: 64, sqlserver: 128 };

/** `Table_column_key` and its like: what is too long is cut before the ending. */
export function keyName(table: string, columns: readonly string[], ending: Ending, database: Database): string {
  const whole = Buffer.from([table, ...columns].join('_'));
  const room = (longest[database] ?? Infinity) - ending.length - 1;
  return `${whole
    .subarray(0, room)
    .toString()
    .replace(/\uFFFD$/, '')}_${ending}`;
}

export type Ending = 'pkey' | 'key' | 'idx' | 'fkey' | 'index';

/** Indexes as SQL of PostgreSQL. */
import type { Index } from '../../src/operations/operation.ts';
import { columnSql, columnsSql, madeUpName, printable, tableSql } from './identifier.ts';

/** The statement that builds the index while writers go on. */
export function createIndexSql(table: string, index: Index): string {
  const name = columnSql(index.name ?? madeUpName(table, ...index.columns.map(wordsOf), 'idx'), 'postgres');
  const method = index.method && index.method !== 'btree' ? ` USING ${columnSql(index.method, 'postgres')}` : '';
  const where = index.where ? ` WHERE ${printable(index.where.sql)}` : '';
  const unique = index.unique ? 'UNIQUE ' : '';
  return `CREATE ${unique}INDEX CONCURRENTLY ${name} ON ${tableSql(table, 'postgres')}${method} ${columnsSql(index.columns, 'postgres')}${where};`;
}

function wordsOf(column: string): string {
  return column.match(/\w+/g)?.join('_') ?? 'expression';
}

/** Migrations of MikroORM, whose own idiom is SQL. */
import { javascriptWriter } from './javascript.ts';
import { quoted, quotedSql } from './lines.ts';

export const mikroOrmWriter = javascriptWriter({
  up: () => 'async up(): Promise<void> {',
  down: 'async down(): Promise<void> {',
  end: '}',
  outside: { file: ['isTransactional() {', '  return false;', '}'], direction: [] },
  send: (sql) => [`this.addSql(${quotedSql(sql)});`],
  // `execute` gives the rows that come back, and no number of rows.
  changedBy: (sql, database) =>
    database === 'postgres' ? `(await this.execute(${quoted(sql.replace(/;$/, ' RETURNING 1;'))})).length` : undefined,
});

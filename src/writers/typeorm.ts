/** Migrations of TypeORM, whose own idiom is SQL. */
import { javascriptWriter } from './javascript.ts';
import { quoted, quotedSql } from './lines.ts';

export const typeormWriter = javascriptWriter({
  up: () => 'async up(queryRunner: QueryRunner): Promise<void> {',
  down: 'async down(queryRunner: QueryRunner): Promise<void> {',
  end: '}',
  outside: { file: ['transaction = false'], direction: [] },
  send: (sql) => [`await queryRunner.query(${quotedSql(sql)});`],
  // https://github.com/typeorm/typeorm/blob/master/src/query-runner/QueryResult.ts: the structured result counts rows.
  changedBy: (sql, database) =>
    database === 'sqlserver' ? undefined : `(await queryRunner.query(${quoted(sql)}, [], true)).affected ?? 0`,
});

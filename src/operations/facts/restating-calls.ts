/** Which calls of frameworks send MODIFY or CHANGE to MySQL and MariaDB, with no more of the column than they are given. */

/** By framework: the call, as it is written, and how it says that the column takes NULL. What it is not told of the column is gone. */
export const restatingCalls: Partial<Record<string, { call: string; saysNull: string }>> = {
  // `MySQLImpl.alter_column`: https://github.com/sqlalchemy/alembic/blob/main/alembic/ddl/mysql.py, 1.13
  alembic: { call: '`alter_column`', saysNull: '`nullable=True`' },
  // `changeColumn`: https://github.com/db-migrate/mysql/blob/master/index.js, 3.0
  'db-migrate': { call: '`changeColumn`', saysNull: '`notNull: false`' },
  // `alterColumnsPrefix`: https://github.com/knex/knex/blob/master/lib/dialects/mysql/schema/mysql-tablecompiler.js, 3.1
  knex: { call: '`alter()`', saysNull: '`.nullable()`' },
  // `changeColumnQuery`: https://github.com/sequelize/sequelize/blob/v6/src/dialects/mysql/query-generator.js, 6.37
  sequelize: { call: '`changeColumn`', saysNull: '`allowNull: true`' },
  // `changeColumn`: https://github.com/typeorm/typeorm/blob/master/src/driver/mysql/MysqlQueryRunner.ts, 0.3
  typeorm: { call: '`changeColumn`', saysNull: '`isNullable: true`' },
};

import type { Column, DataType, Expression, Name } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { printable } from '../src/writers/identifier.ts';

/** MySQL takes no plain value as the default of a text, a blob, JSON or a geometry. */
export const refusedDefault: Rule = {
  id: 'refused-default',
  title: 'A default that the type of the column cannot have',
  severity: 'error',
  concerns: 'process',
  check: {
    createTable: ({ table, columns, from }, context) => {
      const column = columns.find((each) => isRefused(each, each.type));
      return from === undefined && column ? find(table, column, context) : undefined;
    },
    addColumn: ({ table, column }, context) =>
      isRefused(column, column.type) ? find(table, column, context) : undefined,
    alterColumn: ({ table, column: name, type, default: value }, context) => {
      if (value === undefined || value === 'none') return undefined;
      const column = { name, default: value };
      const own = type ?? findColumn(context.schema, table, name)?.type;
      return isRefused(column, own) ? find(table, column, context) : undefined;
    },
  },
};

type WithDefault = Pick<Column, 'name' | 'default'>;

/** An expression in parentheses is taken since 8.0.13: https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html */
function isRefused({ default: value }: WithDefault, type: DataType | undefined): boolean {
  return (
    value?.known === true && type !== undefined && refusing.has(type.name) && !value.sql.trimStart().startsWith('(')
  );
}

const refusing: ReadonlySet<string> = new Set(
  'tinytext text mediumtext longtext tinyblob blob mediumblob longblob json geometry point linestring polygon multipoint multilinestring multipolygon'.split(
    ' ',
  ),
);

function find(table: Name, column: WithDefault, { migration }: Context): Found | undefined {
  if (migration.database !== 'mysql' || leavesOut.has(migration.framework) || !column.default) return undefined;
  const value = printable(column.default.sql);
  return {
    message: `${code(`${table}.${column.name}`)} is given the default ${code(value)}: MySQL refuses a plain value for a column of this type in strict mode (1101), and the statement fails. MariaDB takes it.`,
    advice: `Since MySQL 8.0.13 an expression does, also one that is a value: ${code(defaultSql(column.default))}. Before that only the program can fill it.`,
  };
}

function defaultSql({ sql }: Expression): string {
  return `DEFAULT (${printable(sql)})`;
}

/**
 * Frameworks that send no default for such a column, or one in parentheses: https://github.com/django/django/blob/main/django/db/backends/mysql/schema.py (skip_default),
 * https://github.com/sequelize/sequelize/blob/v6/src/dialects/mysql/query-generator.js, https://github.com/knex/knex/blob/master/lib/dialects/mysql/schema/mysql-columncompiler.js
 */
const leavesOut: ReadonlySet<string> = new Set(['django', 'sequelize', 'knex']);

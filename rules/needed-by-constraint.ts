import { changedCollation } from './advice/changed-collation.ts';
import { findColumnReader } from './advice/column-readers.ts';
import { mayHaveMadeWay } from './advice/made-way.ts';
import { typeChange } from '../src/operations/facts/type-change.ts';
import { isNameOf } from '../src/operations/named-keys.ts';
import { freeColumn } from './advice/free-column.ts';
import { findHolder, type Holder } from './advice/holders.ts';
import { findLeanedOnIndex, findLeanedOnKey } from './advice/leaned-on-key.ts';
import { findNeededColumn, findNeededKey, findNeededType } from './advice/needed-key.ts';
import { findHeldOnPostgres } from './advice/held-on-postgres.ts';
import { findPartedColumn } from './advice/parted-columns.ts';
import { isMysql } from './advice/online-change.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** SQL Server and SQLite refuse to drop a column that an index or a constraint names, and SQL Server and MySQL to change its type; MySQL, SQL Server and PostgreSQL drop no key or index that a foreign key needs, and MySQL neither drops nor renames what a generated column, a check or an index reads. */
export const neededByConstraint: Rule = {
  id: 'needed-by-constraint',
  title: 'What an index or constraint needs goes or changes',
  severity: 'error',
  concerns: 'process',
  check: {
    dropIndex: (operation, context) => {
      const { table, name } = operation;
      if (context.migration.database === 'postgres') return findLeanedOnIndex(operation, context);
      return table === undefined ? undefined : findNeededKey({ table, name }, operation, context);
    },
    dropConstraint: (operation, context) => {
      const { table, name, constraint } = operation;
      if (context.migration.database === 'postgres') return findLeanedOnKey(operation, context);
      const known = context.schema.tables.get(table)?.constraints.find((each) => isNameOf(name, each, table));
      if ((known?.kind ?? constraint) === 'foreignKey') return undefined;
      const key = constraint === 'primaryKey' && isMysql(context.migration.database) ? 'primary key' : name;
      return key === undefined ? undefined : findNeededKey({ table, name: key }, operation, context);
    },
    dropColumn: (operation, context) => {
      const { table, column } = operation;
      if (isMysql(context.migration.database))
        return findNeededColumn(operation, context) ?? findColumnReader(operation, context);
      if (context.migration.database === 'postgres') return findHeldOnPostgres(operation, context);
      const holder = mayHaveMadeWay(context) ? undefined : findHolder(table, column, context);
      return holder && find(`Dropping ${code(`${table}.${column}`)}`, table, holder, context, true);
    },
    addColumn: (operation, context) =>
      context.migration.database === 'postgres' ? findPartedColumn(operation, context) : undefined,
    renameColumn: (operation, context) =>
      context.migration.database === 'postgres'
        ? findPartedColumn(operation, context)
        : findColumnReader(operation, context),
    alterColumn: (operation, context) => {
      const { table, column, type } = operation;
      const { schema, migration } = context;
      if (isMysql(migration.database)) return findNeededType(operation, context);
      if (migration.database === 'postgres') return findHeldOnPostgres(operation, context);
      const old = schema.tables.get(table)?.columns.get(column)?.type;
      if (!type || !old || migration.database !== 'sqlserver' || mayHaveMadeWay(context)) return undefined;
      const collation = changedCollation(old, type);
      if (typeChange(old, type, 'sqlserver', undefined).kind === 'free' && !collation) return undefined;
      const holder = findHolder(table, column, context);
      // A default goes on to serve where only the length is another.
      if (!holder || (holder.kind === 'default' && old.name === type.name)) return undefined;
      const what = collation ? 'collation' : 'type';
      const found = find(`Changing the ${what} of ${code(`${table}.${column}`)}`, table, holder, context);
      if (collation !== 'may be') return found;
      return {
        ...found,
        severity: 'warning',
        message: `${found.message} Unless the database has that collation already, and nothing changes.`,
      };
    },
  },
};

function find(what: string, table: string, holder: Holder, context: Context, goes = false): Found {
  const { migration, schema } = context;
  const isSqlite = migration.database === 'sqlite';
  const unless = schema.unread ? ', unless something that could not be read here has dropped it before' : '';
  return {
    severity: schema.unread ? 'warning' : 'error',
    message: `${what} fails (${isSqlite ? code(holder.error) : '5074'})${unless}: ${holder.what} of ${code(holder.table)} holds it.`,
    advice: freeColumn(table, holder, { database: migration.database, goes }),
  };
}

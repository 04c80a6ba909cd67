import { findColumnReader } from './advice/column-readers.ts';
import { isNameOf } from '../src/operations/named-keys.ts';
import { findHeldDrop, findHeldName, findHeldType } from './advice/held-column.ts';
import { findLeanedOnIndex, findLeanedOnKey } from './advice/leaned-on-key.ts';
import { findNeededColumn, findNeededKey, findNeededType } from './advice/needed-key.ts';
import { findHeldTexts } from './advice/held-texts.ts';
import { findHeldOnPostgres } from './advice/held-on-postgres.ts';
import { findPartedColumn } from './advice/parted-columns.ts';
import { findPartedIndex } from './advice/parted-index.ts';
import { isMysql } from './advice/online-change.ts';
import type { Rule } from '../src/rule.ts';

/** SQL Server and SQLite refuse to drop a column that an index or a constraint names, and SQL Server and MySQL to change its type; MySQL, SQL Server and PostgreSQL drop no key or index that a foreign key needs, and MySQL neither drops nor renames what a generated column, a check or an index reads. */
export const neededByConstraint: Rule = {
  id: 'needed-by-constraint',
  title: 'What an index or constraint needs goes or changes',
  severity: 'error',
  concerns: 'process',
  check: {
    dropIndex: (operation, context) => {
      const { table, name } = operation;
      if (context.migration.database === 'postgres')
        return findPartedIndex(operation, context) ?? findLeanedOnIndex(operation, context);
      return table === undefined ? undefined : findNeededKey({ table, name }, operation, context);
    },
    dropConstraint: (operation, context) => {
      const { table, name, constraint } = operation;
      if (context.migration.database === 'postgres')
        return findPartedIndex(operation, context) ?? findLeanedOnKey(operation, context);
      const known = context.schema.tables.get(table)?.constraints.find((each) => isNameOf(name, each, table));
      if ((known?.kind ?? constraint) === 'foreignKey') return undefined;
      const key = constraint === 'primaryKey' && isMysql(context.migration.database) ? 'primary key' : name;
      return key === undefined ? undefined : findNeededKey({ table, name: key }, operation, context);
    },
    dropColumn: (operation, context) => {
      if (isMysql(context.migration.database))
        return findNeededColumn(operation, context) ?? findColumnReader(operation, context);
      if (context.migration.database === 'postgres') return findHeldOnPostgres(operation, context);
      return findHeldDrop(operation, context, 'needed-by-constraint');
    },
    addColumn: (operation, context) =>
      context.migration.database === 'postgres' ? findPartedColumn(operation, context) : undefined,
    renameColumn: (operation, context) =>
      context.migration.database === 'postgres'
        ? findPartedColumn(operation, context)
        : (findColumnReader(operation, context) ?? findHeldName(operation, context)),
    rebuildTable: (operation, context) =>
      isMysql(context.migration.database) ? findHeldTexts(operation, context) : undefined,
    alterColumn: (operation, context) => {
      const { database } = context.migration;
      if (isMysql(database)) return findNeededType(operation, context);
      return database === 'postgres'
        ? findHeldOnPostgres(operation, context)
        : findHeldType(operation, context, 'needed-by-constraint');
    },
  },
};

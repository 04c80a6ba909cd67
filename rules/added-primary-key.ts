import { code, sizeNote, type Rule } from '../src/rule.ts';
import { migrationFence, outsideFence } from './advice/fence.ts';
import { columnSql, columnsSql, madeUpName, tableSql } from './advice/identifier.ts';
import { columnWithOneValue } from './advice/one-cause.ts';
import { costOf } from './advice/severity.ts';

/** A table with rows gets a primary key. */
export const addedPrimaryKey: Rule = {
  id: 'added-primary-key',
  title: 'A primary key on a table with rows',
  severity: 'warning',
  check: {
    addConstraint: ({ table, constraint }, context) => {
      if (constraint.kind !== 'primaryKey' || constraint.usingIndex !== undefined) return undefined;
      if (context.isNew(table) || columnWithOneValue(constraint.columns, table, context)) return undefined;
      const { migration } = context;
      const key = constraint.columns.map((column) => code(column)).join(', ');
      const isPostgres = migration.database === 'postgres';
      const happens = isPostgres
        ? `reads all of ${code(table)} for NULLs and builds its index under ACCESS EXCLUSIVE: reads and writes wait for both`
        : `orders all of ${code(table)} anew`;
      const size = sizeNote(table, context.sizeOf(table));
      const name = columnSql(constraint.name ?? madeUpName(table, 'pkey'), 'postgres');
      const target = tableSql(table, 'postgres');
      const build = `CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${target} ${columnsSql(constraint.columns, 'postgres')};`;
      const attach = `ALTER TABLE ${target} ADD CONSTRAINT ${name} PRIMARY KEY USING INDEX ${name};`;
      return {
        severity: costOf(context, table),
        message: `The primary key on ${key} ${happens}. It fails on a NULL or a duplicate. ${size}`,
        advice: isPostgres
          ? `Require the columns first, where they are nullable. ${outsideFence(migration, build)}\n\nThen, in the next migration:\n\n${migrationFence(migration, [attach])}`
          : 'In a quiet hour, or through a tool that copies online.',
      };
    },
  },
};

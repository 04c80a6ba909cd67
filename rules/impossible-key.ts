import type { Operation } from '../src/operations/operation.ts';
import { findColumn } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnSql, tableSql } from '../src/writers/identifier.ts';
import { led, paragraphs, phaseFence } from './advice/fence.ts';
import { findImpossibleKey, type ImpossibleKey } from './advice/impossible-key.ts';

/** MySQL and MariaDB refuse a key for what its columns are, whatever the rows hold. */
export const impossibleKey: Rule = {
  id: 'impossible-key',
  title: 'A key that its columns cannot have',
  severity: 'error',
  concerns: 'process',
  check: { createTable: find, addColumn: find, addConstraint: find, createIndex: find, alterColumn: find },
};

function find(operation: Operation, context: Context): Found | undefined {
  const found = findImpossibleKey(operation, context);
  if (!found) return undefined;
  return { message: `${describe(found, context)}.`, advice: advise(found, context) };
}

/** https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
function describe(found: ImpossibleKey, { migration }: Context): string {
  const table = code(found.table);
  switch (found.why) {
    case 'second primary key':
      return `${table} has a primary key already: a second one is refused (1068)`;
    case 'spatial over NULL':
      return `The spatial index on ${code(found.column)} of ${table} is refused (1252): the column may be NULL, and all columns of a spatial index are NOT NULL`;
    case 'counted without key':
      return `${code(found.column)} of ${table} is AUTO_INCREMENT, and no key begins with it: the statement fails (1075)`;
    case 'SET NULL of required': {
      const error = migration.database === 'mariadb' ? 'errno 150' : '1830, or 1215 before 8.0';
      return `The foreign key of ${table} to ${code(found.key.references.table)} is to put NULL into ${code(found.column)} at a DELETE, which is NOT NULL: the statement fails (${error})`;
    }
  }
}

function advise(found: ImpossibleKey, context: Context): string {
  const { table } = found;
  const { database } = context.migration;
  const on = `ALTER TABLE ${tableSql(table, database)}`;
  switch (found.why) {
    case 'second primary key':
      return `Where it is to be another one, both in one statement, which writes the table anew: ${code(`${on} DROP PRIMARY KEY, ADD PRIMARY KEY (…);`, 300)} Where the columns are only to be unique: ${code('ADD UNIQUE KEY (…)')}.`;
    case 'spatial over NULL':
      return paragraphs(
        'Require the column first, once every row has a value; in MySQL with an `SRID` as well, without which no query uses the index.',
        required(table, found.column, context),
      );
    case 'counted without key':
      return `In the same statement: ${code(`ADD PRIMARY KEY (${columnSql(found.column, database)})`)}, or, where the table has one, ${code(`ADD UNIQUE KEY (${columnSql(found.column, database)})`)}.`;
    case 'SET NULL of required':
      return 'Say what is meant: `ON DELETE RESTRICT` where a row always points to one, `ON DELETE CASCADE` where it goes with it, or a column that may be NULL.';
  }
}

function required(table: string, column: string, { migration, schema }: Context): string {
  const was = findColumn(schema, table, column);
  if (!was?.type) return '';
  const step = {
    kind: 'alterColumn' as const,
    table,
    column,
    type: was.type,
    nullable: false,
    restated: true as const,
  };
  const allow = { rules: ['set-not-null'], because: 'no row is NULL any more, and it runs in a quiet hour' };
  return led('Before the index:', phaseFence(migration, { steps: [{ ...step, was }], allow }));
}

import { isComputedName, type Name } from '../src/operations/name.ts';
import { withIndex } from '../src/operations/tables.ts';
import { isMysql } from './advice/online-change.ts';
import { findTakenForeignKey, findTakenKey } from './advice/taken-key.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** PostgreSQL, MySQL and MariaDB refuse a second index or constraint of one name; PostgreSQL keeps 63 bytes of it. */
export const indexNameTaken: Rule = {
  id: 'index-name-taken',
  title: 'An index or constraint whose name is taken',
  severity: 'error',
  concerns: 'process',
  check: {
    createIndex: (operation, context) => {
      const { table, index, ifNotExists, conditional } = operation;
      const { name = '' } = index;
      // `name-already-taken` speaks of IF NOT EXISTS.
      if (ifNotExists || conditional || !isKnown(name, context)) return undefined;
      if (isMysql(context.migration.database)) return findTakenKey(operation, table, name, context);
      const known = withIndex(context.schema.tables, name).find((each) => schemaOf(each.name) === schemaOf(table));
      return known && found('index', name, known.name, '42P07');
    },
    addConstraint: (operation, context) => {
      const { table, constraint, ifNotExists, conditional, statement } = operation;
      const { name = '' } = constraint;
      if (ifNotExists || conditional || !isKnown(name, context)) return undefined;
      if (isMysql(context.migration.database)) {
        if (constraint.kind === 'foreignKey') return findTakenForeignKey(operation, table, name, context);
        return constraint.kind === 'unique' ? findTakenKey(operation, table, name, context) : undefined;
      }
      // Of one statement what drops runs first.
      const isDropped = context.after.some(
        (each) => each.statement === statement && each.kind === 'dropConstraint' && each.name === name,
      );
      const known = context.schema.tables.get(table)?.constraints.some((each) => each.name === name);
      return known && !isDropped ? found('constraint', name, table, '42710') : undefined;
    },
  },
};

/** An index stands in the schema of its table. */
function schemaOf(table: Name): string {
  return table.slice(0, table.lastIndexOf('.') + 1);
}

/** A program may ask first, and frameworks shorten names or refuse them; what could not be read may have dropped it. */
function isKnown(name: Name, { migration, schema, before }: Context): boolean {
  const isAsked = migration.database === 'postgres' || isMysql(migration.database);
  if (!isAsked || !migration.path.endsWith('.sql')) return false;
  if (schema.unread || name === '' || isComputedName(name)) return false;
  return !before.some((each) => each.conditional);
}

/** https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS: names are cut at 63 bytes. */
function found(what: string, name: Name, table: Name, error: string): Found {
  const own = name.slice(name.lastIndexOf('.') + 1);
  const cut =
    Buffer.byteLength(own) < 63
      ? ''
      : ' PostgreSQL keeps 63 bytes of a name: two that differ behind them are one to it.';
  return {
    message: `${code(table)} has ${what === 'index' ? 'an' : 'a'} ${what} ${code(name)} already: this fails (${error}).${cut}`,
    advice: `Give it a name of its own${cut === '' ? '' : ' within 63 bytes'}; where it takes the place of the other one, drop that first.`,
  };
}

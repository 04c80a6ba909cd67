import { isSameType } from '../src/operations/facts/type-change.ts';
import type { Database } from '../src/operations/migration.ts';
import type { Column, Index, Name, OperationOf } from '../src/operations/operation.ts';
import { findIndex, type Table } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { isComputedName } from '../src/operations/operation.ts';

/** A table, column or index is made that earlier migrations have made: the statement fails, or does nothing. */
export const nameAlreadyTaken: Rule = {
  id: 'name-already-taken',
  title: 'A table, column or index that is there already',
  severity: 'error',
  concerns: 'process',
  check: {
    createTable: (operation, context) => {
      const known = context.schema.tables.get(operation.table);
      if (!known || operation.replaces || operation.temporary || operation.conditional) return undefined;
      if (isComputedName(operation.table)) return undefined;
      return operation.ifNotExists ? findNothing(operation, known) : findTaken(operation.table, context);
    },
    createIndex: (operation, context) => {
      const { index, table, ifNotExists, conditional } = operation;
      if (!ifNotExists || conditional || index.name === undefined) return undefined;
      const known = findIndex(context.schema, index.name);
      // MariaDB tells names apart by table.
      if (!known || (known.table !== table && context.migration.database === 'mariadb')) return undefined;
      return findOther(index, table, known);
    },
    addColumn: (operation, context) => {
      const { table, column } = operation;
      const known = context.schema.tables.get(table)?.columns.get(column.name);
      if (!known || operation.conditional || isComputedName(table) || isComputedName(column.name)) return undefined;
      if (operation.ifNotExists) return findKept(operation, known);
      return {
        ...howSure(context),
        message: `${code(table)} has a column ${code(column.name)} already, by an earlier migration: this fails${error(columnErrors, context)}${unless(context)}.`,
        advice: `If it is meant to be another column, give it another name; if it is to change, alter it; if it is made twice, leave this out.`,
      };
    },
  },
};

/** A program may ask for the table first, or stand for the migrations that made it. */
function isProgram({ migration }: Context): boolean {
  return !migration.path.endsWith('.sql');
}

function howSure(context: Context): { severity?: 'warning' } {
  return isProgram(context) ? { severity: 'warning' } : {};
}

function unless(context: Context): string {
  return isProgram(context) ? ', unless the migration asks first, or replaces the one that made it' : '';
}

function findTaken(table: string, context: Context): Found {
  return {
    ...howSure(context),
    message: `${code(table)} is there already, by an earlier migration: this fails${error(tableErrors, context)}${unless(context)}.`,
    advice: 'If it is meant to be another table, give it another name; if it is to change, alter it.',
  };
}

/** The statement does nothing without a word; that matters where it says more than is there. */
function findNothing(operation: OperationOf<'createTable'>, known: Table): Found | undefined {
  const missing = operation.columns.filter((column) => !known.columns.has(column.name)).map(({ name }) => code(name));
  // Where it was not seen to be made, what it has is not known.
  if (missing.length === 0 || !known.whole) return undefined;
  return {
    message: `${code(operation.table)} is there already, by an earlier migration: \`IF NOT EXISTS\` does nothing then, and ${missing.join(', ')} will be missing, without an error.`,
    advice: `Add what is missing with \`ALTER TABLE\`.`,
  };
}

function findKept({ table, column }: OperationOf<'addColumn'>, known: Column): Found | undefined {
  if (!column.type || !known.type || isSameType(column.type, known.type)) return undefined;
  return {
    severity: 'warning',
    message: `${code(`${table}.${column.name}`)} is there already, by an earlier migration and with another type: \`IF NOT EXISTS\` does nothing then, and the type stays ${code(known.type.name)}, without an error.`,
    advice: 'If the type is to change, alter it.',
  };
}

/** What is there under the name is taken for what is wanted, whatever it is. */
function findOther(index: Index, table: Name, known: { table: Name; index: Index }): Found | undefined {
  const isOver = known.table === table && known.index.columns.join() === index.columns.join();
  const loses = index.unique && !known.index.unique;
  if (isOver && !loses) return undefined;
  const name = code(index.name ?? '');
  const there = `${known.index.unique ? 'unique' : 'not unique'}, over ${known.index.columns.map((each) => code(each)).join(', ')} of ${code(known.table)}`;
  return {
    severity: loses ? 'error' : 'warning',
    message: `An index ${name} is there already, by an earlier migration: ${there}. \`IF NOT EXISTS\` asks for the name alone and does nothing then, so that the index of ${code(table)} is missing, without an error.`,
    advice: 'Give it another name; where it takes the place of the other one, drop that when this is built.',
  };
}

type Errors = Partial<Record<Database, string>>;

const tableErrors: Errors = { postgres: '42P07', mysql: '1050', mariadb: '1050', sqlserver: '2714' };
const columnErrors: Errors = { postgres: '42701', mysql: '1060', mariadb: '1060', sqlserver: '2705' };

function error(errors: Errors, { migration }: Context): string {
  const known = errors[migration.database];
  return known === undefined ? '' : ` (${known})`;
}

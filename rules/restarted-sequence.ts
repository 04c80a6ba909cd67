import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import type { Table } from '../src/operations/schema.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnSql, tableSql } from '../src/writers/identifier.ts';

/** A sequence begins anew while the rows that it has numbered are there. */
export const restartedSequence: Rule = {
  id: 'restarted-sequence',
  title: 'Numbers are given out that rows have already',
  severity: 'warning',
  concerns: 'code',
  check: {
    alterObject: ({ object, name, change }, context) => {
      const number = /^(?:setval|.*\brestart)(?: (\d+))?$/.exec(change);
      if (object !== 'sequence' || !number || (change.startsWith('setval') && number[1] === undefined))
        return undefined;
      return isFirst(number[1]) ? find(name, ownerOf(name, context), context) : undefined;
    },
    alterTable: ({ table, change }, context) => {
      const [, column, number] =
        /^ALTER (?:COLUMN )?("[^"]+"|\w+) (?:SET GENERATED [A-Z ]+)?RESTART(?: (?:WITH )?(\d+))?$/i.exec(change) ?? [];
      if (column === undefined || !isFirst(number)) return undefined;
      return find(`${table}.${column}`, { table, column: column.replaceAll('"', '') }, context);
    },
  },
};

/** Without a number it begins where it was made to begin, which nearly always is 1. */
function isFirst(number: string | undefined): boolean {
  return number === undefined || Number(number) <= 1;
}

type Owner = { table: Name; column: string };

/** The column whose numbers come from the sequence, by the name that PostgreSQL gives it. */
function ownerOf(sequence: Name, { schema, migration }: Context): Owner | undefined {
  if (migration.database !== 'postgres') return undefined;
  for (const table of schema.tables.values()) {
    const column = [...table.columns.keys()].find((name) => nameOf(table, name) === sequence);
    if (column !== undefined) return { table: table.name, column };
  }
  return undefined;
}

function nameOf({ name }: Table, column: string): Name {
  return `${name}_${column}_seq`;
}

function find(name: Name, owner: Owner | undefined, context: Context): Found | undefined {
  if (context.migration.database !== 'postgres' || (owner && context.isNew(owner.table))) return undefined;
  if ([...context.before, ...context.after].some((each) => isEmptied(each, name, owner))) return undefined;
  const rows = owner ? `rows of ${code(owner.table)}` : 'rows';
  return {
    ...(owner ? {} : { severity: 'notice' }),
    message: `${code(name)} goes back to its beginning: it gives out numbers that ${rows} have already, and INSERTs fail with 23505 until it is past the highest one; without a key, they are given out twice.`,
    advice: owner ? pastTheHighest(owner) : 'Set it behind the highest number that is taken, or leave it as it is.',
  };
}

/** https://www.postgresql.org/docs/current/functions-sequence.html */
function pastTheHighest({ table, column }: Owner): string {
  const [on, of] = [tableSql(table, 'postgres'), columnSql(column, 'postgres')];
  const sequence = `pg_get_serial_sequence('${on.replaceAll("'", "''")}', '${column.replaceAll("'", "''")}')`;
  return `Leave it as it is; or, where it has fallen behind: ${code(`SELECT setval(${sequence}, (SELECT max(${of}) FROM ${on}));`, 400)}`;
}

/** No row is left that has a number, the sequence is new, or it is set once more. */
function isEmptied(each: Operation, name: Name, owner: Owner | undefined): boolean {
  if (each.kind === 'createObject' && each.object === 'sequence') return each.name === name;
  if (each.kind === 'alterObject' && each.object === 'sequence') return each.name === name && each.change === 'setval';
  if (!owner) return each.kind === 'truncateTable' || (each.kind === 'deleteRows' && !each.filtered);
  if (!('table' in each) || each.table !== owner.table) return false;
  if (each.kind === 'addColumn') return each.column.name === owner.column;
  return each.kind === 'truncateTable' || (each.kind === 'deleteRows' && !each.filtered) || each.kind === 'dropTable';
}

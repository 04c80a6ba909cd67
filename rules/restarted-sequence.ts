import type { Name } from '../src/operations/name.ts';
import type { Operation } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnSql, tableSql } from '../src/writers/identifier.ts';
import { countedBy, mayBeSet, sequenceOf, type Counted } from './advice/counted-column.ts';
import { isIdentityRefused } from './advice/one-cause.ts';

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
      return isFirst(number[1]) ? find(name, countedBy(name, context), context) : undefined;
    },
    alterTable: (operation, context) => {
      const { table, change } = operation;
      const [, column, number] =
        /^ALTER (?:COLUMN )?("[^"]+"|\w+) (?:SET GENERATED [A-Z ]+)?RESTART(?: (?:WITH )?(\d+))?$/i.exec(change) ?? [];
      if (column === undefined || !isFirst(number) || isIdentityRefused(operation, context)) return undefined;
      return find(`${table}.${column}`, { table, column: column.replaceAll('"', '') }, context);
    },
    alterColumn: (operation, context) => {
      const { table, column, fromOne, conditional } = operation;
      if (!fromOne || conditional || context.after.some(mayBeSet)) return undefined;
      if (isIdentityRefused(operation, context)) return undefined;
      const found = find(`${table}.${column}`, { table, column }, context);
      return (
        found && {
          ...found,
          message: `The identity of ${code(`${table}.${column}`)} begins with 1, whatever numbers were given out before: ${taken(table)}`,
        }
      );
    },
  },
};

/** Without a number it begins where it was made to begin, which nearly always is 1. */
function isFirst(number: string | undefined): boolean {
  return number === undefined || Number(number) <= 1;
}

function find(name: Name, owner: Counted | undefined, context: Context): Found | undefined {
  if (context.migration.database !== 'postgres' || (owner && context.isNew(owner.table))) return undefined;
  if ([...context.before, ...context.after].some((each) => isEmptied(each, name, owner))) return undefined;
  return {
    ...(owner ? {} : { severity: 'notice' }),
    message: `${code(name)} goes back to its beginning: ${taken(owner?.table)}`,
    advice: owner ? pastTheHighest(owner) : 'Set it behind the highest number that is taken, or leave it as it is.',
  };
}

function taken(table: Name | undefined): string {
  return `it gives out numbers that rows${table === undefined ? '' : ` of ${code(table)}`} have already, and INSERTs fail with 23505 until it is past the highest one; without a key, they are given out twice.`;
}

/** https://www.postgresql.org/docs/current/functions-sequence.html */
function pastTheHighest({ table, column }: Counted): string {
  const [on, of] = [tableSql(table, 'postgres'), columnSql(column, 'postgres')];
  const sequence = `pg_get_serial_sequence('${on.replaceAll("'", "''")}', '${column.replaceAll("'", "''")}')`;
  return `Leave it as it is; or, where it has fallen behind: ${code(`SELECT setval(${sequence}, (SELECT max(${of}) FROM ${on}));`, 400)}`;
}

/** No row is left that has a number, the sequence is new, or it is set once more. */
function isEmptied(each: Operation, name: Name, owner: Counted | undefined): boolean {
  if (each.kind === 'createObject' && each.object === 'sequence') return each.name === name;
  const names = owner ? [name, sequenceOf(owner)] : [name];
  if (each.kind === 'alterObject') return each.change === 'setval' && names.includes(each.name);
  if (!owner) return each.kind === 'truncateTable' || (each.kind === 'deleteRows' && !each.filtered);
  if (!('table' in each) || each.table !== owner.table) return false;
  if (each.kind === 'addColumn') return each.column.name === owner.column;
  return each.kind === 'truncateTable' || (each.kind === 'deleteRows' && !each.filtered) || each.kind === 'dropTable';
}

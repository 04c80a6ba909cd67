/** A key or a column goes that a foreign key needs: what is said of it. */
import { mayHaveMadeWay } from './made-way.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { findKeyFamily } from '../../src/operations/key-family.ts';
import type { Schema } from '../../src/operations/schema.ts';
import { code, codes, sizeNote, type Context, type Found } from '../../src/rule.ts';
import { columnSql, tableSql, typeSql } from '../../src/writers/identifier.ts';
import {
  findCountedInNeed,
  findKeyInNeed,
  findKeyOver,
  findReference,
  type InNeed,
  type KeyName,
} from './foreign-key-holders.ts';
import { changesOf, checksForeignKeys, isMysql } from './online-change.ts';

/** MySQL (1553) and SQL Server (3725, 3723) refuse it. */
export function findNeededKey(dropped: KeyName, operation: Operation, context: Context): Found | undefined {
  const { database, framework } = context.migration;
  // Django makes another index before: https://github.com/django/django/blob/main/django/db/backends/mysql/schema.py, _create_missing_fk_index
  if (context.isNew(dropped.table) || mayHaveMadeWay(context) || framework === 'django' || operation.conditional)
    return undefined;
  const what = `${dropped.name === 'primary key' ? 'the primary key' : code(dropped.name)} of ${code(dropped.table)}`;
  if (database === 'sqlserver') {
    const held = findReference(dropped, context);
    const error = operation.kind === 'dropIndex' ? '3723' : '3725';
    return held && say(`Dropping ${what} fails (${error})`, held, 'is checked by it', context);
  }
  const counted = isMysql(database) ? findCountedInNeed(dropped, operation, context) : undefined;
  if (counted !== undefined)
    return {
      message: `Dropping ${what} fails (1075): ${code(counted)} is AUTO_INCREMENT, and has to be the first column of a key.`,
      advice: `Make another key that begins with ${code(counted)} in the same statement, or let \`MODIFY\` take its AUTO_INCREMENT there.`,
    };
  const held = isMysql(database) ? findKeyInNeed(dropped, operation, context) : undefined;
  if (!held || checksForeignKeys(context)) return held && say(`Dropping ${what} fails (1553)`, held, needs, context);
  return {
    ...say(
      `Dropping ${what} while \`foreign_key_checks\` is off is refused (1553) or leaves the table inconsistent, by version`,
      held,
      needs,
      context,
    ),
    severity: 'warning',
  };
}

const needs = 'needs an index that begins with its columns, and no other one is known';

/** MySQL refuses it: 1828 for a key of its own table, 1829 for one of another. */
export function findNeededColumn(
  operation: Operation & OperationOf<'dropColumn'>,
  context: Context,
): Found | undefined {
  const { table, column } = operation;
  if (operation.conditional || context.isNew(table) || mayHaveMadeWay(context) || !checksForeignKeys(context))
    return undefined;
  const held = findKeyOver(table, column, operation, context);
  if (held?.table === table && dropsOwnKeys.has(context.migration.framework)) return undefined;
  const error = held?.table === table ? '1828' : '1829';
  return held && say(`Dropping ${code(`${table}.${column}`)} fails (${error})`, held, 'names it', context);
}

/**
 * MySQL refuses another type for a column of a foreign key, on either side; a longer varchar goes, as long as its length takes as many bytes:
 * https://dev.mysql.com/doc/refman/8.4/en/alter-table.html#alter-table-foreign-key
 */
export function findNeededType(operation: Operation & OperationOf<'alterColumn'>, context: Context): Found | undefined {
  const { table, column } = operation;
  const { framework } = context.migration;
  // Django drops the keys and makes them again: https://github.com/django/django/blob/main/django/db/backends/base/schema.py, _alter_field
  if (framework === 'django' || operation.conditional || context.isNew(table) || mayHaveMadeWay(context))
    return undefined;
  const isAnother = changesOf(operation, context).some((each) => each.change === 'type changed' && !each.unless);
  if (!isAnother) return undefined;
  const held = findKeyOver(table, column, operation, context);
  if (!held) return undefined;
  const copies = ` Where it goes through, the whole of ${code(table)} is copied while writes wait. ${sizeNote(table, context.sizeOf(table))}`;
  if (!checksForeignKeys(context))
    return {
      ...say(
        `Changing the type of ${code(`${table}.${column}`)} while \`foreign_key_checks\` is off is refused (3780), or leaves a key with two types on its sides, by version`,
        held,
        'names it',
        context,
      ),
      severity: 'warning',
      advice: changeBothSides(operation, held, context),
    };
  const error = held.table === table ? '1832 or 3780' : '1833 or 3780';
  const found = say(
    `Changing the type of ${code(`${table}.${column}`)} fails (${error}, by version)`,
    held,
    'names it',
    context,
  );
  return { ...found, message: `${found.message}${copies}`, advice: changeBothSides(operation, held, context) };
}

/** All that holds the column goes before it, and all of the other side changes with it. */
function changeBothSides(
  { table, column, type }: OperationOf<'alterColumn'>,
  held: InNeed,
  { migration, schema }: Context,
): string {
  const { database } = migration;
  const [to] = held.key.references.columns;
  const first = held.key.columns.length === 1 && held.table === table && to !== undefined;
  const family = type && findKeyFamily(schema, first ? held.key.references.table : table, first ? to : column, type);
  const columns = family?.columns.map((each) => `${each.table}.${each.column}`) ?? [];
  const sides = [...new Set([`${table}.${column}`, ...columns])];
  // The names that PostgreSQL would give are not those of MySQL.
  const asMade = (on: string, key: InNeed['key']): InNeed['key'] =>
    foreignKeysOf(schema, on).find(({ columns: own }) => own.join() === key.columns.join()) ?? key;
  const keys = [
    held,
    ...(family?.columns.flatMap((each) =>
      each.foreignKeys.map(({ key }) => ({ table: each.table, key: asMade(each.table, key) })),
    ) ?? []),
  ];
  const drops = [
    ...new Set(
      keys.map(({ table: on, key }) =>
        key.name === undefined || key.name === ''
          ? `the foreign key of ${code(on)} on ${codes(key.columns)}`
          : code(`ALTER TABLE ${tableSql(on, database)} DROP FOREIGN KEY ${columnSql(key.name, database)};`, 300),
      ),
    ),
  ];
  return `In an announced pause, each a statement of its own: first ${drops.join(' ')}, then ${type ? `${code(typeSql(type))} for ` : ''}${codes(sides)}, each of which copies its table while writes wait, then the ${drops.length > 1 ? 'keys' : 'key'} again. Rows that point nowhere, written meanwhile, fail the last step: look for them before it.`;
}

/** Frameworks that drop the foreign keys of a column before it: https://github.com/rails/rails/blob/main/activerecord/lib/active_record/connection_adapters/mysql/schema_statements.rb, https://github.com/sequelize/sequelize/blob/v6/src/dialects/mysql/query-interface.js */
const dropsOwnKeys: ReadonlySet<string> = new Set(['django', 'rails', 'sequelize']);

/** What stands in the way, and who needs it. */
export function say(what: string, { table, key }: InNeed, why: string, { schema, migration }: Context): Found {
  const { name, columns } = key;
  const foreignKey = name === undefined ? `on ${codes(columns)}` : code(name);
  const isUnsure = schema.unread === true || !schema.tables.get(table)?.whole;
  return {
    severity: isUnsure ? 'warning' : 'error',
    message: `${what}${isUnsure ? ', unless something that could not be read here has changed them before' : ''}: the foreign key ${foreignKey} of ${code(table)} ${why}.`,
    advice: advise(table, name, migration.database),
  };
}

function advise(table: string, name: string | undefined, database: Context['migration']['database']): string {
  const on = tableSql(table, database);
  const drop = database === 'sqlserver' ? 'CONSTRAINT' : 'FOREIGN KEY';
  const sql =
    name === undefined ? undefined : code(`ALTER TABLE ${on} DROP ${drop} ${columnSql(name, database)};`, 300);
  const first = sql === undefined ? 'First drop the foreign key.' : `First ${sql}`;
  return database === 'sqlserver'
    ? `${first} Make it again behind this where it is still wanted.`
    : `${first} Or, where it is to stay, first make another index that begins with its columns.`;
}

function foreignKeysOf(schema: Schema, table: string): InNeed['key'][] {
  return (schema.tables.get(table)?.constraints ?? []).filter((each) => each.kind === 'foreignKey');
}

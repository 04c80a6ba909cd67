/** What each method of TypeORM's query runner sends to the database. */
import type { Effect } from '../sql/effect.ts';
import { columnsOf, effectOfBuilder } from '../syntax/query-chain.ts';
import { callValue } from '../syntax/script-call.ts';
import { perform } from '../syntax/script-perform.ts';
import {
  nameIn,
  placeOfCall,
  plainTable,
  quoted,
  quotedTable,
  sayCall,
  saySqlOf,
  tableIn,
  sayNote,
} from '../syntax/generated-sql.ts';
import { restate, say, sayOpaque, type Machine } from '../syntax/script-machine.ts';
import {
  chainAt,
  fieldOf,
  findText,
  isConstantValue,
  itemsOf,
  unknownAt,
  type Chain,
  type Root,
  type Value,
} from '../syntax/script-value.ts';
import { columnSql, enumTypeSql, isTrue } from './column.ts';
import { addUnique, constraintMethods, type Method } from './constraint.ts';
import { createTableSql, indexSql, partOf } from './table.ts';
import { callTransaction, type Transactions } from './transaction.ts';

/** The handle that a direction is given. `open`: how many transactions TypeORM has begun around it. */
export function queryRunnerIn(open: number): Root {
  const state: Transactions = { open };
  return {
    name: 'queryRunner',
    handle: true,
    call: (chain, machine) => callTransaction(state, chain, machine) ?? call(chain, machine),
    read,
    perform: performChain,
  };
}

/** `queryRunner.connection.options.type` and its kin tell the database. */
function read(chain: Chain, machine: Machine): Value | undefined {
  const names = chain.steps.map((step) => step.name).join('.');
  if (!/^(connection|dataSource|manager\.connection)\.(options|driver\.options)\.type$/.test(names)) return undefined;
  const { database } = machine;
  if (database === 'unknown' || database === 'sqlserver') return undefined;
  return {
    kind: 'text',
    pieces: [{ text: database, exact: false, start: chain.start, end: chain.end }],
    start: chain.start,
    end: chain.end,
  };
}

function call(chain: Chain, machine: Machine): Value | undefined {
  const step = chain.steps.at(-1);
  const values = step?.arguments ?? [];
  if (step?.name === 'query') {
    saySqlOf(machine, values[0], placeOfCall(chain), chain.when);
    return unknownAt(chain);
  }
  if (step?.name === 'transaction') return inTransaction(chain, machine);
  if (chain.steps.length > 1 || !step) return undefined;
  if (reads.has(step.name)) return unknownAt(chain);
  const method = Object.hasOwn(methods, step.name) ? methods[step.name] : undefined;
  if (!method) {
    sayOpaque(machine, chain, chain.when, `\`queryRunner.${step.name}\` is not known here`);
    return unknownAt(chain);
  }
  return method(values, chain, machine) ?? unknownAt(chain);
}

/** The entity manager: its query builder is read, and what it does with entities is the application's code. */
function performChain(chain: Chain, machine: Machine): void {
  if (chain.steps.length < 2) return;
  const effect = effectOfManager(chain) ?? effectOfBuilder(chain, machine.database);
  if (effect) say(machine, chain, chain.when, [effect]);
}

/** `manager.transaction(async (inner) => …)`: the function is given a manager that works as the first one does. */
function inTransaction(chain: Chain, machine: Machine): Value {
  const callback = chain.steps.at(-1)?.arguments?.findLast((value) => value.kind === 'function');
  if (callback) perform(callValue(callback, [chainAt(chain, chain.root, chain.when)], chain, machine), machine);
  return unknownAt(chain);
}

/** `manager.insert('table', …)` and its kin, where the table is named and not an entity. */
function effectOfManager({ steps }: Chain): Effect | undefined {
  const [manager, step, ...others] = steps;
  const named = findText(step?.arguments?.[0]);
  if (manager?.name !== 'manager' || named === undefined || others.length > 0) return undefined;
  const table = plainTable(named);
  const [, criteria, values] = step?.arguments ?? [];
  const filtered = !(criteria?.kind === 'record' && criteria.whole && criteria.fields.size === 0);
  if (step?.name === 'insert') return { kind: 'insertRows', table, source: 'values' };
  if (step?.name === 'update') return { kind: 'updateRows', table, columns: columnsOf(values), filtered };
  if (step?.name === 'delete') return { kind: 'deleteRows', table, filtered };
  return step?.name === 'clear' ? { kind: 'truncateTable', table } : undefined;
}

/** They ask the database, or look after the connection. */
const reads = new Set(
  (
    'beforeMigration afterMigration clearSqlMemory connect enableSqlMemory disableSqlMemory getCurrentDatabase ' +
    'getCurrentSchema getDatabases getReplicationMode getSchemas getTables getView getViews hasColumn hasDatabase ' +
    'hasSchema hasTable release'
  ).split(' '),
);

const methods: Record<string, Method> = {
  getTable: ([table], chain) => ({
    kind: 'made',
    type: 'Table',
    arguments: table ? [table] : [],
    start: chain.start,
    end: chain.end,
  }),
  createTable: ([table, ifNotExists, foreignKeys, indices], chain, machine) => {
    const { columns } = partOf(table);
    const name = tableIn(table);
    for (const column of columns) sayEach(machine, chain, enumTypeSql(column, name, machine.database));
    const guard = isConstantValue(ifNotExists, true);
    const withKeys = !isConstantValue(foreignKeys, false);
    sayCall(machine, chain, createTableSql(table, guard, withKeys, machine.database));
    if (machine.database === 'mysql' || machine.database === 'mariadb' || isConstantValue(indices, false)) return;
    for (const index of partOf(table).indices) sayCall(machine, chain, indexSql(name, index, machine.database));
  },
  dropTable: ([table, ifExists], chain, machine) => {
    sayCall(
      machine,
      chain,
      `DROP TABLE ${isConstantValue(ifExists, true) ? 'IF EXISTS ' : ''}${quotedTable(tableIn(table), machine.database)}`,
    );
  },
  renameTable: ([table, to], chain, machine) =>
    say(machine, chain, chain.when, [
      { kind: 'renameTable', table: plainTable(tableIn(table)), to: plainTable(nameIn(to)) },
    ]),
  clearTable: ([table], chain, machine) =>
    sayCall(machine, chain, `TRUNCATE TABLE ${quotedTable(tableIn(table), machine.database)}`),
  addColumn: ([table, column], chain, machine) => addColumn(table, column, chain, machine),
  addColumns: ([table, columns], chain, machine) => {
    for (const column of itemsOf(columns)) addColumn(table, column, chain, machine);
  },
  changeColumn: ([table, old, column], chain, machine) => changeColumn(table, old, column, chain, machine),
  changeColumns: ([table, changes], chain, machine) => {
    for (const change of itemsOf(changes))
      changeColumn(table, fieldOf(change, 'oldColumn'), fieldOf(change, 'newColumn'), chain, machine);
  },
  renameColumn: ([table, column, to], chain, machine) =>
    say(machine, chain, chain.when, [
      { kind: 'renameColumn', table: plainTable(tableIn(table)), column: tableIn(column), to: tableIn(to) },
    ]),
  dropColumn: ([table, column], chain, machine) => dropColumns(table, [column], chain, machine),
  dropColumns: ([table, columns], chain, machine) => dropColumns(table, itemsOf(columns), chain, machine),
  createIndex: ([table, index], chain, machine) =>
    sayCall(machine, chain, indexSql(tableIn(table), index, machine.database)),
  createIndices: ([table, indices], chain, machine) => {
    for (const index of itemsOf(indices)) sayCall(machine, chain, indexSql(tableIn(table), index, machine.database));
  },
  dropIndex: ([table, index, ifExists], chain, machine) => dropIndexes(table, [index], ifExists, chain, machine),
  dropIndices: ([table, indices, ifExists], chain, machine) =>
    dropIndexes(table, itemsOf(indices), ifExists, chain, machine),
  ...constraintMethods,
  createDatabase: ([database, ifNotExists], chain, machine) => {
    const guard = isConstantValue(ifNotExists, true) ? 'IF NOT EXISTS ' : '';
    sayCall(machine, chain, `CREATE DATABASE ${guard}${quoted(nameIn(database), machine.database)}`);
  },
  dropDatabase: ([database, ifExists], chain, machine) =>
    say(machine, chain, chain.when, [
      {
        kind: 'dropDatabase',
        database: nameIn(database),
        ...(isConstantValue(ifExists, true) ? { ifExists: true } : {}),
      },
    ]),
  createView: ([view], chain, machine) =>
    say(machine, chain, chain.when, [{ kind: 'createObject', object: 'view', name: plainTable(tableIn(view)) }]),
  dropView: ([view], chain, machine) =>
    say(machine, chain, chain.when, [{ kind: 'dropObject', object: 'view', name: plainTable(tableIn(view)) }]),
  changeTableComment: ([table], chain, machine) =>
    say(machine, chain, chain.when, [{ kind: 'alterTable', table: plainTable(tableIn(table)), change: 'comment' }]),
  createSchema: ([schema, ifNotExists], chain, machine) => {
    const guard = isConstantValue(ifNotExists, true) ? 'IF NOT EXISTS ' : '';
    sayCall(machine, chain, `CREATE SCHEMA ${guard}${quoted(nameIn(schema), machine.database)}`);
  },
  dropSchema: ([schema, ifExists, cascade], chain, machine) =>
    say(machine, chain, chain.when, [
      {
        kind: 'dropSchema',
        schema: nameIn(schema),
        ...(isConstantValue(ifExists, true) ? { ifExists: true } : {}),
        ...(isConstantValue(cascade, true) ? { cascade: true } : {}),
      },
    ]),
};

function sayEach(machine: Machine, chain: Chain, sql: string | undefined): void {
  if (sql !== undefined) sayCall(machine, chain, sql);
}

function addColumn(table: Value | undefined, column: Value | undefined, chain: Chain, machine: Machine): void {
  const { database } = machine;
  const { record } = partOf(column);
  const name = tableIn(table);
  if (!record) {
    sayOpaque(machine, chain, chain.when, 'the column that is added is put together when it runs');
    return;
  }
  sayEach(machine, chain, enumTypeSql(record, name, database));
  const add = database === 'sqlserver' ? 'ADD' : 'ADD COLUMN';
  sayCall(machine, chain, `ALTER TABLE ${quotedTable(name, database)} ${add} ${columnSql(record, name, database)}`);
  sayNote(machine, chain, name, nameIn(fieldOf(record, 'name')), fieldOf(record, 'comment'));
  if (isConstantValue(fieldOf(record, 'isUnique'), true))
    addUnique(name, [nameIn(fieldOf(record, 'name'))], chain, machine);
}

/** TypeORM drops a column and makes it anew when its type or length changes; otherwise only what is different changes. */
function changeColumn(
  table: Value | undefined,
  old: Value | undefined,
  column: Value | undefined,
  chain: Chain,
  machine: Machine,
): void {
  const before = partOf(old).record;
  const after = partOf(column).record;
  const name = tableIn(table);
  if (!after) {
    sayOpaque(machine, chain, chain.when, 'what the column becomes is put together when it runs');
    return;
  }
  const differs = ['type', 'length', 'isArray'].some(
    (field) => before && findText(fieldOf(before, field)) !== findText(fieldOf(after, field)),
  );
  if (differs) {
    dropColumns(table, [old], chain, machine);
    addColumn(table, column, chain, machine);
    return;
  }
  const [from, to] = [tableIn(old), nameIn(fieldOf(after, 'name'))];
  if (from !== to)
    say(machine, chain, chain.when, [{ kind: 'renameColumn', table: plainTable(name), column: from, to }]);
  restate(
    machine,
    `ALTER TABLE ${quotedTable(name, machine.database)} ADD ${columnSql(after, name, machine.database)}`,
    chain,
    { saysNull: isTrue(after, 'isNullable'), isWhole: after.kind === 'record' && after.whole },
  );
  const last = machine.operations.at(-1);
  // Whether type or length change is known where the old column is written beside the new one.
  if (!before && !machine.muted && last?.kind === 'alterColumn') last.anewIfOther = true;
}

function dropColumns(table: Value | undefined, columns: (Value | undefined)[], chain: Chain, machine: Machine): void {
  for (const column of columns)
    say(machine, chain, chain.when, [
      { kind: 'dropColumn', table: plainTable(tableIn(table)), column: tableIn(column) },
    ]);
}

function dropIndexes(
  table: Value | undefined,
  indexes: readonly (Value | undefined)[],
  ifExists: Value | undefined,
  chain: Chain,
  machine: Machine,
): void {
  const guard = isConstantValue(ifExists, true) ? { ifExists: true as const } : {};
  for (const index of indexes)
    say(machine, chain, chain.when, [
      { kind: 'dropIndex', table: plainTable(tableIn(table)), name: tableIn(index), ...guard },
    ]);
}

/** What each method of TypeORM's query runner sends to the database. */
import { effectOfBuilder } from '../syntax/query-chain.ts';
import {
  nameIn,
  placeOfCall,
  plainTable,
  quoted,
  quotedTable,
  sayCall,
  saySqlOf,
  tableIn,
} from '../syntax/generated-sql.ts';
import { restate, say, sayOpaque, type Machine } from '../syntax/script-machine.ts';
import {
  fieldOf,
  findText,
  isConstantValue,
  itemsOf,
  unknownAt,
  type Chain,
  type Root,
  type Value,
} from '../syntax/script-value.ts';
import { columnSql, enumTypeSql } from './column.ts';
import { createTableSql, foreignKeySql, indexSql, partOf, textsOf } from './table.ts';

/** The handle that both directions are given. */
export const queryRunner: Root = { name: 'queryRunner', handle: true, call, read, perform };

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
  if (chain.steps.length > 1 || !step) return undefined;
  const method = Object.hasOwn(methods, step.name) ? methods[step.name] : undefined;
  if (!method) {
    sayOpaque(machine, chain, chain.when, `\`queryRunner.${step.name}\` is not known here`);
    return unknownAt(chain);
  }
  return method(values, chain, machine) ?? unknownAt(chain);
}

/** The entity manager: its query builder is read, and what it does with entities is the application's code. */
function perform(chain: Chain, machine: Machine): void {
  if (chain.steps.length < 2) return;
  const effect = effectOfBuilder(chain);
  if (effect) say(machine, chain, chain.when, [effect]);
}

type Method = (values: Value[], chain: Chain, machine: Machine) => Value | undefined | void;

const methods: Record<string, Method> = {
  getTable: ([table], chain) => ({
    kind: 'made',
    type: 'Table',
    arguments: table ? [table] : [],
    start: chain.start,
    end: chain.end,
  }),
  getTables: (_, chain) => unknownAt(chain),
  hasTable: (_, chain) => unknownAt(chain),
  hasColumn: (_, chain) => unknownAt(chain),
  hasSchema: (_, chain) => unknownAt(chain),
  hasDatabase: (_, chain) => unknownAt(chain),
  getCurrentSchema: (_, chain) => unknownAt(chain),
  getCurrentDatabase: (_, chain) => unknownAt(chain),
  clearSqlMemory: (_, chain) => unknownAt(chain),
  release: (_, chain) => unknownAt(chain),
  connect: (_, chain) => unknownAt(chain),
  startTransaction: (_, chain, machine) => say(machine, chain, chain.when, [{ kind: 'begin' }]),
  commitTransaction: (_, chain, machine) => say(machine, chain, chain.when, [{ kind: 'commit' }]),
  rollbackTransaction: (_, chain, machine) => say(machine, chain, chain.when, [{ kind: 'rollback' }]),
  createTable: ([table, ifNotExists], chain, machine) => {
    const { columns } = partOf(table);
    const name = tableIn(table);
    for (const column of columns) sayEach(machine, chain, enumTypeSql(column, name, machine.database));
    sayCall(machine, chain, createTableSql(table, isConstantValue(ifNotExists, true), machine.database));
    if (machine.database === 'mysql' || machine.database === 'mariadb') return;
    for (const index of partOf(table).indices) sayCall(machine, chain, indexSql(name, index, machine.database));
  },
  dropTable: ([table, ifExists], chain, machine) => {
    const guard = isConstantValue(ifExists, true) ? 'IF EXISTS ' : '';
    sayCall(machine, chain, `DROP TABLE ${guard}${quotedTable(tableIn(table), machine.database)}`);
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
  dropIndex: ([table, index], chain, machine) =>
    say(machine, chain, chain.when, [{ kind: 'dropIndex', table: plainTable(tableIn(table)), name: tableIn(index) }]),
  dropIndices: ([table, indices], chain, machine) => {
    for (const index of itemsOf(indices))
      say(machine, chain, chain.when, [{ kind: 'dropIndex', table: plainTable(tableIn(table)), name: tableIn(index) }]);
  },
  createForeignKey: ([table, key], chain, machine) =>
    addConstraint(table, foreignKeySql(key, machine.database), chain, machine),
  createForeignKeys: ([table, keys], chain, machine) => {
    for (const key of itemsOf(keys)) addConstraint(table, foreignKeySql(key, machine.database), chain, machine);
  },
  dropForeignKey: ([table, key], chain, machine) => dropConstraint('foreignKey', table, key, chain, machine),
  dropForeignKeys: ([table, keys], chain, machine) => {
    for (const key of itemsOf(keys)) dropConstraint('foreignKey', table, key, chain, machine);
  },
  createPrimaryKey: ([table, columns], chain, machine) =>
    say(machine, chain, chain.when, [
      {
        kind: 'addConstraint',
        table: plainTable(tableIn(table)),
        constraint: { kind: 'primaryKey', columns: textsOf(columns) },
      },
    ]),
  dropPrimaryKey: ([table], chain, machine) => dropConstraint('primaryKey', table, undefined, chain, machine),
  createUniqueConstraint: ([table, unique], chain, machine) => addUnique(table, unique, chain, machine),
  createUniqueConstraints: ([table, uniques], chain, machine) => {
    for (const unique of itemsOf(uniques)) addUnique(table, unique, chain, machine);
  },
  dropUniqueConstraint: ([table, unique], chain, machine) => dropConstraint('unique', table, unique, chain, machine),
  dropUniqueConstraints: ([table, uniques], chain, machine) => {
    for (const unique of itemsOf(uniques)) dropConstraint('unique', table, unique, chain, machine);
  },
  createCheckConstraint: ([table, check], chain, machine) => {
    const expression = fieldOf(partOf(check).record, 'expression');
    const name = fieldOf(partOf(check).record, 'name');
    const named = name ? `CONSTRAINT ${quoted(nameIn(name), machine.database)} ` : '';
    addConstraint(table, `${named}CHECK (${nameIn(expression)})`, chain, machine);
  },
  dropCheckConstraint: ([table, check], chain, machine) => dropConstraint('check', table, check, chain, machine),
  createSchema: ([schema], chain, machine) =>
    sayCall(machine, chain, `CREATE SCHEMA ${quoted(nameIn(schema), machine.database)}`),
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
  if (isConstantValue(fieldOf(record, 'isUnique'), true))
    addUniqueOf(name, [nameIn(fieldOf(record, 'name'))], chain, machine);
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
  );
}

function dropColumns(table: Value | undefined, columns: (Value | undefined)[], chain: Chain, machine: Machine): void {
  for (const column of columns)
    say(machine, chain, chain.when, [
      { kind: 'dropColumn', table: plainTable(tableIn(table)), column: tableIn(column) },
    ]);
}

function addConstraint(table: Value | undefined, sql: string, chain: Chain, machine: Machine): void {
  sayCall(machine, chain, `ALTER TABLE ${quotedTable(tableIn(table), machine.database)} ADD ${sql}`);
}

function addUnique(table: Value | undefined, unique: Value | undefined, chain: Chain, machine: Machine): void {
  const { record } = partOf(unique);
  const name = fieldOf(record, 'name');
  addUniqueOf(tableIn(table), textsOf(fieldOf(record, 'columnNames')), chain, machine, name && nameIn(name));
}

function addUniqueOf(table: string, columns: string[], chain: Chain, machine: Machine, name?: string): void {
  const constraint = { kind: 'unique' as const, columns, ...(name === undefined ? {} : { name }) };
  say(machine, chain, chain.when, [{ kind: 'addConstraint', table: plainTable(table), constraint }]);
}

function dropConstraint(
  constraint: 'foreignKey' | 'primaryKey' | 'unique' | 'check',
  table: Value | undefined,
  named: Value | undefined,
  chain: Chain,
  machine: Machine,
): void {
  const name = named && (findText(named) ?? findText(fieldOf(partOf(named).record, 'name')));
  const known = name === undefined ? {} : { name };
  say(machine, chain, chain.when, [
    { kind: 'dropConstraint', table: plainTable(tableIn(table)), constraint, ...known },
  ]);
}

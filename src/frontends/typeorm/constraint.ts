/** Keys and other constraints of TypeORM's query runner. */
import { nameIn, plainTable, quotedTable, sayCall, tableIn } from '../syntax/generated-sql.ts';
import { say, type Machine } from '../syntax/script-machine.ts';
import { fieldOf, findText, itemsOf, type Chain, type Value } from '../syntax/script-value.ts';
import { checkSql, exclusionSql, foreignKeySql, partOf, textsOf } from './table.ts';

/** What one method of the query runner does. */
export type Method = (values: Value[], chain: Chain, machine: Machine) => Value | undefined | void;

/** The methods that make and drop constraints. */
export const constraintMethods: Record<string, Method> = {
  createForeignKey: ([table, key], chain, machine) =>
    addConstraint(table, foreignKeySql(key, machine.database), chain, machine),
  createForeignKeys: ([table, keys], chain, machine) => {
    for (const key of itemsOf(keys)) addConstraint(table, foreignKeySql(key, machine.database), chain, machine);
  },
  dropForeignKey: ([table, key], chain, machine) => dropConstraint('foreignKey', table, key, chain, machine),
  dropForeignKeys: ([table, keys], chain, machine) => {
    for (const key of itemsOf(keys)) dropConstraint('foreignKey', table, key, chain, machine);
  },
  createPrimaryKey: ([table, columns, name], chain, machine) =>
    addPrimaryKey(table, textsOf(columns), chain, machine, name),
  // It drops the key that there is, if there is one, and makes the new one.
  updatePrimaryKeys: ([table, columns], chain, machine) => {
    dropConstraint('primaryKey', table, undefined, chain, machine);
    addPrimaryKey(table, itemsOf(columns).map(tableIn), chain, machine);
  },
  dropPrimaryKey: ([table, name], chain, machine) => dropConstraint('primaryKey', table, name, chain, machine),
  createUniqueConstraint: ([table, unique], chain, machine) => addUniqueIn(table, unique, chain, machine),
  createUniqueConstraints: ([table, uniques], chain, machine) => {
    for (const unique of itemsOf(uniques)) addUniqueIn(table, unique, chain, machine);
  },
  dropUniqueConstraint: ([table, unique], chain, machine) => dropConstraint('unique', table, unique, chain, machine),
  dropUniqueConstraints: ([table, uniques], chain, machine) => {
    for (const unique of itemsOf(uniques)) dropConstraint('unique', table, unique, chain, machine);
  },
  createCheckConstraint: ([table, check], chain, machine) =>
    addConstraint(table, checkSql(check, machine.database), chain, machine),
  createCheckConstraints: ([table, checks], chain, machine) => {
    for (const check of itemsOf(checks)) addConstraint(table, checkSql(check, machine.database), chain, machine);
  },
  dropCheckConstraint: ([table, check], chain, machine) => dropConstraint('check', table, check, chain, machine),
  dropCheckConstraints: ([table, checks], chain, machine) => {
    for (const check of itemsOf(checks)) dropConstraint('check', table, check, chain, machine);
  },
  createExclusionConstraint: ([table, exclusion], chain, machine) =>
    addConstraint(table, exclusionSql(exclusion, machine.database), chain, machine),
  createExclusionConstraints: ([table, exclusions], chain, machine) => {
    for (const each of itemsOf(exclusions)) addConstraint(table, exclusionSql(each, machine.database), chain, machine);
  },
  dropExclusionConstraint: ([table, exclusion], chain, machine) =>
    dropConstraint('exclusion', table, exclusion, chain, machine),
  dropExclusionConstraints: ([table, exclusions], chain, machine) => {
    for (const each of itemsOf(exclusions)) dropConstraint('exclusion', table, each, chain, machine);
  },
};

/** Makes a unique constraint. */
export function addUnique(table: string, columns: string[], chain: Chain, machine: Machine, name?: string): void {
  const constraint = { kind: 'unique' as const, columns, ...(name === undefined ? {} : { name }) };
  say(machine, chain, chain.when, [{ kind: 'addConstraint', table: plainTable(table), constraint }]);
}

function addConstraint(table: Value | undefined, sql: string, chain: Chain, machine: Machine): void {
  sayCall(machine, chain, `ALTER TABLE ${quotedTable(tableIn(table), machine.database)} ADD ${sql}`);
}

function addUniqueIn(table: Value | undefined, unique: Value | undefined, chain: Chain, machine: Machine): void {
  const { record } = partOf(unique);
  const name = fieldOf(record, 'name');
  addUnique(tableIn(table), textsOf(fieldOf(record, 'columnNames')), chain, machine, name && nameIn(name));
}

function addPrimaryKey(
  table: Value | undefined,
  columns: string[],
  chain: Chain,
  machine: Machine,
  named?: Value,
): void {
  const name = findText(named);
  const constraint = { kind: 'primaryKey' as const, columns, ...(name === undefined ? {} : { name }) };
  say(machine, chain, chain.when, [{ kind: 'addConstraint', table: plainTable(tableIn(table)), constraint }]);
}

function dropConstraint(
  constraint: 'foreignKey' | 'primaryKey' | 'unique' | 'check' | 'exclusion',
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

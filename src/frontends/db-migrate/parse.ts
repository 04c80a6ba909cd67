/** What each method of db-migrate's driver sends. */
import type { Effect } from '../sql/effect.ts';
import { nameIn, plainTable, quoted, quotedList, quotedTable, sayCall, saySqlOf } from '../syntax/generated-sql.ts';
import { callValue } from '../syntax/script-call.ts';
import { perform } from '../syntax/script-perform.ts';
import { restate, say, sayOpaque, type Machine } from '../syntax/script-machine.ts';
import {
  constantAt,
  fieldOf,
  findText,
  isConstantValue,
  itemsOf,
  unknownAt,
  type Chain,
  type Root,
  type Value,
} from '../syntax/script-value.ts';
import { columnSql, foreignKeySql } from './column.ts';

/** The handle that a direction is given. */
export const databaseHandle: Root = { name: 'db', handle: true, call };

function call(chain: Chain, machine: Machine): Value | undefined {
  const [step, inner] = chain.steps;
  if (!step?.arguments || inner) return undefined;
  const values = step.arguments;
  const [sql, parameters] = values;
  const method = Object.hasOwn(methods, step.name) ? methods[step.name] : undefined;
  if (/^(runSql|all|_runSql)$/.test(step.name))
    saySqlOf(machine, sql, chain, chain.when, parameters?.kind === 'list' ? parameters : undefined);
  else if (method) method(values, chain, machine);
  else sayOpaque(machine, chain, chain.when, `\`db.${step.name}\` is not known here`);
  follow(values, machine);
  return unknownAt(chain);
}

/** The callback at the end of a call goes on with the migration, without an error. */
function follow(values: Value[], machine: Machine): void {
  const callback = values.at(-1);
  if (callback?.kind !== 'function') return;
  perform(callValue(callback, [constantAt(callback, null)], callback, machine), machine);
}

type Method = (values: Value[], chain: Chain, machine: Machine) => void;

const methods: Record<string, Method> = {
  createTable: ([table, options], chain, machine) => {
    const { database } = machine;
    const columns = fieldOf(options, 'columns') ?? options;
    const specs = columns?.kind === 'record' ? [...columns.fields] : [];
    const keys = specs.filter(([, spec]) => isConstantValue(fieldOf(spec, 'primaryKey'), true)).map(([name]) => name);
    const lines = [
      ...specs.map(([name, spec]) => columnSql(name, spec, database)),
      ...(keys.length > 0 ? [`PRIMARY KEY (${quotedList(keys, database)})`] : []),
    ];
    const guard = isConstantValue(fieldOf(options, 'ifNotExists'), false) ? '' : 'IF NOT EXISTS ';
    sayCall(machine, chain, `CREATE TABLE ${guard}${to(table, machine)} (${lines.join(', ')})`);
    for (const [name, spec] of specs) sayForeignKey(table, name, fieldOf(spec, 'foreignKey'), chain, machine);
  },
  dropTable: ([table, options], chain, machine) => {
    const guard = isConstantValue(fieldOf(options, 'ifExists'), true) ? 'IF EXISTS ' : '';
    sayCall(machine, chain, `DROP TABLE ${guard}${to(table, machine)}`);
  },
  renameTable: ([table, name], chain, machine) =>
    effect(machine, chain, { kind: 'renameTable', table: tableName(table), to: nameIn(name) }),
  addColumn: ([table, name, spec], chain, machine) => {
    const { database } = machine;
    sayCall(machine, chain, `ALTER TABLE ${to(table, machine)} ADD ${columnSql(nameIn(name), spec, database)}`);
    sayForeignKey(table, nameIn(name), fieldOf(spec, 'foreignKey'), chain, machine);
  },
  removeColumn: ([table, name], chain, machine) =>
    effect(machine, chain, { kind: 'dropColumn', table: tableName(table), column: nameIn(name) }),
  renameColumn: ([table, name, other], chain, machine) =>
    effect(machine, chain, { kind: 'renameColumn', table: tableName(table), column: nameIn(name), to: nameIn(other) }),
  changeColumn: ([table, name, spec], chain, machine) => {
    const { database, operations } = machine;
    restate(machine, `ALTER TABLE ${to(table, machine)} ADD ${columnSql(nameIn(name), spec, database)}`, chain, {
      saysNull: isConstantValue(fieldOf(spec, 'notNull'), false),
      isWhole: spec?.kind !== 'record' || spec.whole,
    });
    const last = operations.at(-1);
    if (database !== 'postgres' || last?.kind !== 'alterColumn') return;
    // db-migrate-pg leaves a default alone that is not named, and adds a constraint for `unique`.
    if (!fieldOf(spec, 'defaultValue')) delete last.default;
    if (!isConstantValue(fieldOf(spec, 'unique'), true)) return;
    effect(machine, chain, {
      kind: 'addConstraint',
      table: tableName(table),
      constraint: { kind: 'unique', name: `${nameIn(table)}_${nameIn(name)}_key`, columns: [nameIn(name)] },
    });
  },
  addIndex: ([table, name, columns, unique], chain, machine) => {
    const { database } = machine;
    const kind = isConstantValue(unique, true) ? 'UNIQUE INDEX' : 'INDEX';
    const list = quotedList(itemsOf(columns).map(nameIn), database);
    sayCall(machine, chain, `CREATE ${kind} ${quoted(nameIn(name), database)} ON ${to(table, machine)} (${list})`);
  },
  removeIndex: ([table, name], chain, machine) => {
    const named = findText(name);
    const known = named === undefined ? { name: nameIn(table) } : { name: named, table: tableName(table) };
    effect(machine, chain, { kind: 'dropIndex', ...known });
  },
  addForeignKey: ([table, other, name, mapping, rules], chain, machine) =>
    sayCall(
      machine,
      chain,
      `ALTER TABLE ${to(table, machine)} ADD ${foreignKeySql(nameIn(name), nameIn(other), mapping, rules, machine.database)}`,
    ),
  removeForeignKey: ([table, name], chain, machine) =>
    effect(machine, chain, {
      kind: 'dropConstraint',
      table: tableName(table),
      name: nameIn(name),
      constraint: 'foreignKey',
    }),
  insert: ([table], chain, machine) =>
    effect(machine, chain, { kind: 'insertRows', table: tableName(table), source: 'values' }),
};

function sayForeignKey(
  table: Value | undefined,
  column: string,
  key: Value | undefined,
  chain: Chain,
  machine: Machine,
): void {
  if (!key) return;
  const mapping = fieldOf(key, 'mapping');
  const constraint = foreignKeySql(
    nameIn(fieldOf(key, 'name')),
    nameIn(fieldOf(key, 'table')),
    mapping,
    fieldOf(key, 'rules'),
    machine.database,
    column,
  );
  sayCall(machine, chain, `ALTER TABLE ${to(table, machine)} ADD ${constraint}`);
}

function tableName(table: Value | undefined): string {
  return plainTable(nameIn(table));
}

function to(table: Value | undefined, { database }: Machine): string {
  return quotedTable(nameIn(table), database);
}

function effect(machine: Machine, chain: Chain, one: Effect): void {
  say(machine, chain, chain.when, [one]);
}

/** What each method of Sequelize's query interface sends, and which of it stands inside a transaction. */
import type { Effect } from '../sql/effect.ts';
import { nameIn, placeOfCall, plainTable, quoted, sayCall, saySqlOf, tableIn } from '../syntax/generated-sql.ts';
import { callValue } from '../syntax/script-call.ts';
import { say, sayOpaque, type Machine } from '../syntax/script-machine.ts';
import { perform } from '../syntax/script-perform.ts';
import { assignedValues, conditionsOfRecord } from '../syntax/assigned-values.ts';
import { columnsOf, effectOfBuilder } from '../syntax/query-chain.ts';
import {
  chainAt,
  fieldOf,
  findText,
  isConstantValue,
  textAt,
  unknownAt,
  type Chain,
  type Root,
  type Value,
} from '../syntax/script-value.ts';
import { addConstraintSql, addIndexSql, indexNameOf } from './index-sql.ts';
import { addColumn, changeColumn, createTable, isWhere } from './table.ts';

/** The handle that a direction is given. It remembers whether the last statement stood in a transaction. */
export function createQueryInterface(): Root {
  let isOpen = false;
  const transaction: Root = { name: 'transaction', handle: true, call: callTransaction };
  const root: Root = { name: 'queryInterface', handle: true, call, read, perform: performBuilder };
  return root;

  /** Umzug gives the handle as `context`; `queryInterface.sequelize` and what it leads to are read as one. */
  function read(chain: Chain, machine: Machine): Value | undefined {
    const names = chain.steps.map((step) => step.name);
    const last = names.at(-1);
    if (last === 'context' || last === 'queryInterface') return chainAt(chain, root, machine.when);
    if (last === 'transaction' && names.length === 1)
      return { ...chain, kind: 'record', fields: new Map(), whole: false, rest: transaction };
    if (last === 'dialect' || names.slice(-2).join('.') === 'options.dialect') return dialectOf(chain, machine);
    return undefined;
  }

  function call(chain: Chain, machine: Machine): Value | undefined {
    const step = chain.steps.at(-1);
    const values = step?.arguments ?? [];
    const isSequelize = chain.steps[0]?.name === 'sequelize';
    if (step?.name === 'getQueryInterface') return chainAt(chain, root, machine.when);
    if (step?.name === 'getDialect') return dialectOf(chain, machine);
    if (step?.name === 'transaction') return openTransaction(values, chain, machine);
    if (step?.name === 'query' || step?.name === 'authenticate') {
      enter(chain, values, machine);
      if (step.name === 'query')
        saySqlOf(machine, values[0], placeOfCall(chain), chain.when, fieldOf(values[1], 'replacements'));
      return unknownAt(chain);
    }
    if (isSequelize || chain.steps.length > 1 || !step) return undefined;
    const method = Object.hasOwn(methods, step.name) ? methods[step.name] : undefined;
    if (method) {
      enter(chain, values, machine);
      method(values, chain, machine);
    } else if (!silent.has(step.name))
      sayOpaque(machine, chain, chain.when, `\`queryInterface.${step.name}\` is not known here`);
    return unknownAt(chain);
  }

  function enter(chain: Chain, values: readonly Value[], machine: Machine): void {
    const given = values.map((value) =>
      value.kind === 'record' && value.rest === transaction ? value : fieldOf(value, 'transaction'),
    );
    const isInside = given.some((value) => value !== undefined && !isConstantValue(value, null));
    if (isInside === isOpen) return;
    isOpen = isInside;
    say(machine, chain, { conditional: false, looped: false }, [{ kind: isInside ? 'begin' : 'commit' }]);
  }

  /** A function given to it runs inside, and is committed when it is through; without one the program commits. */
  function openTransaction(values: Value[], chain: Chain, machine: Machine): Value {
    const handle: Value = {
      kind: 'record',
      fields: new Map(),
      whole: false,
      rest: transaction,
      start: chain.start,
      end: chain.end,
    };
    const callback = values.findLast((value) => value.kind === 'function');
    if (!callback) return handle;
    perform(callValue(callback, [handle], callback, machine), machine);
    leave(chain, machine);
    return unknownAt(chain);
  }

  function callTransaction(chain: Chain, machine: Machine): Value {
    if (chain.steps.at(-1)?.name === 'commit') leave(chain, machine);
    return unknownAt(chain);
  }

  function leave(chain: Chain, machine: Machine): void {
    if (isOpen) say(machine, chain, { conditional: false, looped: false }, [{ kind: 'commit' }]);
    isOpen = false;
  }
}

function dialectOf(chain: Chain, machine: Machine): Value {
  const { database } = machine;
  return database === 'unknown' ? unknownAt(chain) : textAt(chain, database === 'sqlserver' ? 'mssql' : database);
}

/** Models reached through the handle: what they do to rows is the application's code. */
function performBuilder(chain: Chain, machine: Machine): void {
  const effect = chain.steps.length > 1 ? effectOfBuilder(chain, machine.database) : undefined;
  if (effect) say(machine, chain, chain.when, [effect]);
}

/** They read, or write SQL for the program to use. */
const silent = new Set(
  (
    'describeTable showAllTables tableExists showIndex showIndexes getForeignKeyReferencesForTable nameIndexes ' +
    'getForeignKeysForTables showAllSchemas showConstraint databaseVersion quoteIdentifier quoteIdentifiers quoteTable escape ' +
    'rawSelect select'
  ).split(' '),
);

type Method = (values: Value[], chain: Chain, machine: Machine) => void;

const methods: Record<string, Method> = {
  createTable: ([table, attributes, options], chain, machine) =>
    createTable(table, attributes, options, chain, machine),
  dropTable: ([table, options], chain, machine) =>
    effect(machine, chain, {
      kind: 'dropTable',
      table: plainTable(tableIn(table)),
      ifExists: true,
      ...(isConstantValue(fieldOf(options, 'cascade'), true) && machine.database === 'postgres'
        ? { cascade: true }
        : {}),
    }),
  dropAllTables: (_, chain, machine) =>
    sayOpaque(machine, chain, chain.when, 'it drops every table, whichever there are'),
  dropAllEnums: (_, chain, machine) =>
    sayOpaque(machine, chain, chain.when, 'it drops every enum type, whichever there are'),
  renameTable: ([table, to], chain, machine) =>
    effect(machine, chain, { kind: 'renameTable', table: plainTable(tableIn(table)), to: plainTable(tableIn(to)) }),
  addColumn: ([table, name, attribute], chain, machine) => addColumn(table, name, attribute, chain, machine),
  changeColumn: ([table, name, attribute], chain, machine) => changeColumn(table, name, attribute, chain, machine),
  removeColumn: ([table, name], chain, machine) =>
    effect(machine, chain, { kind: 'dropColumn', table: plainTable(tableIn(table)), column: nameIn(name) }),
  renameColumn: ([table, name, to], chain, machine) =>
    effect(machine, chain, {
      kind: 'renameColumn',
      table: plainTable(tableIn(table)),
      column: nameIn(name),
      to: nameIn(to),
    }),
  addIndex: ([table, fields, options], chain, machine) =>
    sayCall(machine, chain, addIndexSql(table, fields, options, machine.database)),
  removeIndex: ([table, named, options], chain, machine) =>
    effect(machine, chain, {
      kind: 'dropIndex',
      table: plainTable(tableIn(table)),
      name: findText(named) ?? indexNameOf(tableIn(table), named),
      ...(machine.database === 'postgres' ? { ifExists: true } : {}),
      ...(isConstantValue(fieldOf(options, 'concurrently'), true) && machine.database === 'postgres'
        ? { concurrently: true }
        : {}),
    }),
  addConstraint: ([table, first, second], chain, machine) => {
    const sql = addConstraintSql(table, first, second, machine.database);
    if (sql === undefined) sayOpaque(machine, chain, chain.when, 'the type of the constraint is not known here');
    else sayCall(machine, chain, sql);
  },
  removeConstraint: ([table, name], chain, machine) =>
    effect(machine, chain, { kind: 'dropConstraint', table: plainTable(tableIn(table)), name: nameIn(name) }),
  bulkInsert: ([table], chain, machine) => insert(table, chain, machine),
  insert: ([, table], chain, machine) => insert(table, chain, machine),
  upsert: ([table], chain, machine) => insert(table, chain, machine),
  bulkUpdate: ([table, values, where], chain, machine) =>
    effect(machine, chain, {
      kind: 'updateRows',
      table: plainTable(tableIn(table)),
      columns: columnsOf(values),
      filtered: isWhere(where),
      ...assignedValues(
        values ? [values] : [],
        isWhere(where) ? conditionsOfRecord(where, machine.database) : [],
        machine.database,
      ),
    }),
  update: ([, table, values, where], chain, machine) =>
    effect(machine, chain, {
      kind: 'updateRows',
      table: plainTable(tableIn(table)),
      columns: columnsOf(values),
      filtered: isWhere(where),
      ...assignedValues(
        values ? [values] : [],
        isWhere(where) ? conditionsOfRecord(where, machine.database) : [],
        machine.database,
      ),
    }),
  bulkDelete: ([table, where, options], chain, machine) =>
    effect(
      machine,
      chain,
      isConstantValue(fieldOf(options, 'truncate'), true)
        ? { kind: 'truncateTable', table: plainTable(tableIn(table)) }
        : { kind: 'deleteRows', table: plainTable(tableIn(table)), filtered: isWhere(where) },
    ),
  delete: ([, table, where], chain, machine) =>
    effect(machine, chain, { kind: 'deleteRows', table: plainTable(tableIn(table)), filtered: isWhere(where) }),
  createSchema: ([schema], chain, machine) =>
    sayCall(machine, chain, `CREATE SCHEMA ${quoted(nameIn(schema), machine.database)}`),
  dropSchema: ([schema], chain, machine) =>
    effect(machine, chain, { kind: 'dropSchema', schema: nameIn(schema), cascade: true, ifExists: true }),
  createFunction: ([name], chain, machine) =>
    effect(machine, chain, { kind: 'createObject', object: 'function', name: nameIn(name) }),
  dropFunction: ([name], chain, machine) =>
    effect(machine, chain, { kind: 'dropObject', object: 'function', name: nameIn(name) }),
  createTrigger: ([table, name], chain, machine) =>
    effect(machine, chain, {
      kind: 'createObject',
      object: 'trigger',
      name: nameIn(name),
      table: plainTable(tableIn(table)),
    }),
  dropTrigger: ([table, name], chain, machine) =>
    effect(machine, chain, {
      kind: 'dropObject',
      object: 'trigger',
      name: nameIn(name),
      table: plainTable(tableIn(table)),
    }),
};

function effect(machine: Machine, chain: Chain, one: Effect): void {
  say(machine, chain, chain.when, [one]);
}

function insert(table: Value | undefined, chain: Chain, machine: Machine): void {
  effect(machine, chain, { kind: 'insertRows', table: plainTable(tableIn(table)), source: 'values' });
}

/** node-pg-migrate in JavaScript: what each method of `pgm` sends. */
import type { Down } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Effect } from '../sql/effect.ts';
import {
  nameIn,
  quoted,
  quotedTable,
  sayCall,
  saySqlOf,
  sqlIn,
  tableIn,
  plainTable,
  sayNote,
} from '../syntax/generated-sql.ts';
import { exportedFunction } from '../syntax/script-entry.ts';
import { say, sayOpaque, type Machine } from '../syntax/script-machine.ts';
import type { ScriptFramework } from '../syntax/script-reading.ts';
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
import { columnsIn, columnDefinition, constraintsIn, defaultSql, typeName, withShorthands } from './column.ts';
import { indexSql } from './index-sql.ts';
import { effectsOfObject } from './object.ts';
import { tableTail } from './table-tail.ts';

/** How its scripts are read; made for one file, because a migration may step out of the transaction as it runs. */
export function createScriptFramework(): ScriptFramework {
  let isWrapped = true;
  let shorthands: Value | undefined;
  const run: Root = { name: 'run', handle: true, call: unknownAt };
  const pgm: Root = { name: 'pgm', handle: true, call, perform: () => undefined };
  return {
    knowledge: () => ({}),
    entry: (module, direction, machine) => {
      const entry = exportedFunction(module, direction);
      shorthands = module.exports.fields.get('shorthands');
      return (
        entry && {
          call: entry,
          values: [chainAt(entry, pgm, machine.when), chainAt(entry, run, machine.when)],
        }
      );
    },
    // https://salsita.github.io/node-pg-migrate/transactions
    transaction: () => (isWrapped ? 'wrapped' : 'none'),
    absentDown: (up, module) => {
      if (isConstantValue(module.exports.fields.get('down'), false))
        return { kind: 'irreversible', reason: 'it says `down = false`' };
      return derivedDown(up.operations);
    },
  };

  function call(chain: Chain, machine: Machine): Value | undefined {
    const [step, inner] = chain.steps;
    const last = chain.steps.at(-1);
    if (step?.name === 'db' && inner && last?.arguments) {
      saySqlOf(machine, last.arguments[0], chain, chain.when);
      return unknownAt(chain);
    }
    if (!step?.arguments || inner) return undefined;
    if (step.name === 'noTransaction') {
      isWrapped = false;
      return unknownAt(chain);
    }
    if (step.name === 'func') return chain;
    const method = Object.hasOwn(methods, step.name) ? methods[step.name] : undefined;
    const values = step.arguments.map((value, index) => (index === 1 ? withShorthands(value, shorthands) : value));
    const change = method ? undefined : effectsOfObject(step.name, values);
    if (method) method(values, chain, machine);
    else if (change) say(machine, chain, chain.when, change);
    else sayOpaque(machine, chain, chain.when, `\`pgm.${step.name}\` is not known here`);
    return unknownAt(chain);
  }
}

/** Without a down function the tool turns the up direction around, where every step of it can be. */
function derivedDown(operations: readonly Operation[]): Down {
  const final = operations.find((operation) => !reversible.has(operation.kind));
  return final
    ? { kind: 'irreversible', reason: 'node-pg-migrate cannot turn every step of it around' }
    : { kind: 'derived' };
}

const reversible = new Set<Operation['kind']>(
  'createTable addColumn createIndex addConstraint createType createObject renameTable renameColumn renameObject noEffect'.split(
    ' ',
  ) as Operation['kind'][], // the words are kinds, which split cannot tell
);

type Method = (values: Value[], chain: Chain, machine: Machine) => void;

const addColumns: Method = ([table, columns, options], chain, machine) => {
  for (const [name, column] of columnsIn(columns)) {
    const guard = isTrue(options, 'ifNotExists') ? 'IF NOT EXISTS ' : '';
    sayCall(machine, chain, `ALTER TABLE ${to(table)} ADD ${guard}${columnDefinition(name, column)}`);
    sayNote(machine, chain, tableIn(table), name, fieldOf(column, 'comment'));
  }
};

const dropColumns: Method = ([table, columns, options], chain, machine) => {
  const names = columns?.kind === 'record' ? [...columns.fields.keys()] : itemsOf(columns).map(nameIn);
  for (const column of names)
    effect(machine, chain, { kind: 'dropColumn', table: plainTable(tableIn(table)), column, ...guards(options) });
};

const createIndex: Method = ([table, columns, options], chain, machine) =>
  sayCall(machine, chain, indexSql(table, columns, options));

const dropIndex: Method = ([table, columns, options], chain, machine) => {
  const derived = `${unqualified(table)}_${itemsOf(columns).map(nameIn).join('_')}${isTrue(options, 'unique') ? '_unique' : ''}_index`;
  effect(machine, chain, {
    kind: 'dropIndex',
    table: plainTable(tableIn(table)),
    name: findText(fieldOf(options, 'name')) ?? derived,
    ...(isTrue(options, 'concurrently') ? { concurrently: true } : {}),
    ...(isTrue(options, 'ifExists') ? { ifExists: true } : {}),
  });
};

const createType: Method = ([type, values], chain, machine) => {
  const known = values?.kind === 'list' ? { values: values.items.map(nameIn) } : {};
  effect(machine, chain, { kind: 'createType', type: plainTable(tableIn(type)), ...known });
};

const addConstraint: Method = ([table, name, expression], chain, machine) => {
  const named = findText(name);
  const prefix = named === undefined ? '' : `CONSTRAINT ${quoted(named, 'postgres')} `;
  const lines =
    expression?.kind === 'record'
      ? constraintsIn(unqualified(table), expression, named)
      : [`${prefix}${sqlIn(expression)}`];
  for (const line of lines) sayCall(machine, chain, `ALTER TABLE ${to(table)} ADD ${line}`);
};

const alterColumn: Method = ([table, column, options], chain, machine) => {
  const change = `ALTER TABLE ${to(table)} ALTER COLUMN ${quoted(nameIn(column), 'postgres')}`;
  const initial = fieldOf(options, 'default');
  if (initial && isConstantValue(initial, null)) sayCall(machine, chain, `${change} DROP DEFAULT`);
  else if (initial) sayCall(machine, chain, `${change} SET DEFAULT ${defaultSql(initial)}`);
  const type = fieldOf(options, 'type');
  const using = fieldOf(options, 'using');
  if (type)
    sayCall(machine, chain, `${change} SET DATA TYPE ${typeName(type)}${using ? ` USING ${sqlIn(using)}` : ''}`);
  if (fieldOf(options, 'sequenceGenerated')?.kind === 'record')
    sayCall(machine, chain, `${change} ADD GENERATED BY DEFAULT AS IDENTITY`);
  const notNull = fieldOf(options, 'notNull');
  if (isConstantValue(notNull, true)) sayCall(machine, chain, `${change} SET NOT NULL`);
  else if (notNull || isTrue(options, 'allowNull')) sayCall(machine, chain, `${change} DROP NOT NULL`);
};

const methods: Record<string, Method> = {
  createTable: ([table, columns, options], chain, machine) => {
    const definitions = columnsIn(columns);
    const lines = definitions.map(([name, column]) => columnDefinition(name, column));
    const constraints = fieldOf(options, 'constraints');
    const guard = isTrue(options, 'ifNotExists') ? 'IF NOT EXISTS ' : '';
    const kind = isTrue(options, 'temporary') ? 'TEMPORARY ' : isTrue(options, 'unlogged') ? 'UNLOGGED ' : '';
    const like = fieldOf(fieldOf(options, 'like') ?? options, 'table') ?? fieldOf(options, 'like');
    const all = [
      ...lines,
      ...(like ? [`LIKE ${to(like)}`] : []),
      ...(constraints ? constraintsIn(unqualified(table), constraints, undefined) : []),
    ];
    sayCall(machine, chain, `CREATE ${kind}TABLE ${guard}${to(table)} (${all.join(', ')})${tableTail(options)}`);
    for (const [name, column] of definitions) sayNote(machine, chain, tableIn(table), name, fieldOf(column, 'comment'));
  },
  dropTable: ([table, options], chain, machine) =>
    effect(machine, chain, { kind: 'dropTable', table: plainTable(tableIn(table)), ...guards(options) }),
  renameTable: ([table, name], chain, machine) =>
    effect(machine, chain, { kind: 'renameTable', table: plainTable(tableIn(table)), to: plainTable(tableIn(name)) }),
  alterTable: ([table], chain, machine) =>
    effect(machine, chain, { kind: 'alterTable', table: plainTable(tableIn(table)), change: 'row level security' }),
  addColumns,
  addColumn: addColumns,
  dropColumns,
  dropColumn: dropColumns,
  renameColumn: ([table, column, name], chain, machine) =>
    effect(machine, chain, {
      kind: 'renameColumn',
      table: plainTable(tableIn(table)),
      column: nameIn(column),
      to: nameIn(name),
    }),
  alterColumn,
  addConstraint,
  createConstraint: addConstraint,
  dropConstraint: ([table, name, options], chain, machine) =>
    effect(machine, chain, {
      kind: 'dropConstraint',
      table: plainTable(tableIn(table)),
      name: nameIn(name),
      ...guards(options),
    }),
  renameConstraint: ([table, name, other], chain, machine) =>
    effect(machine, chain, {
      kind: 'renameObject',
      object: 'constraint',
      name: nameIn(name),
      to: nameIn(other),
      table: plainTable(tableIn(table)),
    }),
  createIndex,
  addIndex: createIndex,
  dropIndex,
  createType,
  addType: createType,
  dropType: ([type, options], chain, machine) =>
    effect(machine, chain, { kind: 'dropObject', object: 'type', name: plainTable(tableIn(type)), ...guards(options) }),
  renameType: ([type, name], chain, machine) =>
    effect(machine, chain, { kind: 'renameObject', object: 'type', name: plainTable(tableIn(type)), to: nameIn(name) }),
  addTypeValue: ([type, value, options], chain, machine) =>
    effect(machine, chain, {
      kind: 'addEnumValue',
      type: plainTable(tableIn(type)),
      value: nameIn(value),
      ...(isTrue(options, 'ifNotExists') ? { ifNotExists: true } : {}),
    }),
  renameTypeValue: ([type, value, name], chain, machine) =>
    effect(machine, chain, {
      kind: 'renameEnumValue',
      type: plainTable(tableIn(type)),
      value: nameIn(value),
      to: nameIn(name),
    }),
  sql: ([sql, parameters], chain, machine) => saySqlOf(machine, filled(sql, parameters), chain, chain.when),
};

/** `pgm.sql('… {name} …', { name })` */
function filled(sql: Value | undefined, parameters: Value | undefined): Value | undefined {
  if (sql?.kind !== 'text' || parameters?.kind !== 'record') return sql;
  const values = [...parameters.fields].map(
    ([name, value]) => [`{${name}}`, findText(value) ?? nameIn(undefined)] as const,
  );
  const fill = (text: string): string =>
    values.reduce((before, [place, value]) => before.replaceAll(place, value), text);
  return {
    ...sql,
    pieces: sql.pieces.map((piece) =>
      fill(piece.text) === piece.text ? piece : { ...piece, text: fill(piece.text), exact: false },
    ),
  };
}

/** Names that are derived leave out the schema. */
function unqualified(table: Value | undefined): string {
  return nameIn(fieldOf(table, 'name') ?? table);
}

function guards(options: Value | undefined): { ifExists?: true; cascade?: true } {
  return {
    ...(isTrue(options, 'ifExists') ? { ifExists: true } : {}),
    ...(isTrue(options, 'cascade') ? { cascade: true } : {}),
  };
}

function isTrue(options: Value | undefined, name: string): boolean {
  return isConstantValue(fieldOf(options, name), true);
}

function effect(machine: Machine, chain: Chain, one: Effect): void {
  say(machine, chain, chain.when, [one]);
}

function to(table: Value | undefined): string {
  return quotedTable(tableIn(table), 'postgres');
}

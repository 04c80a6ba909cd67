/** What Knex sends for the chains of its schema builder, its query builder and raw SQL. */
import type { Effect } from '../sql/effect.ts';
import { nameIn, plainTable, quoted, quotedTable, saySqlOf } from '../syntax/generated-sql.ts';
import { effectOfBuilder } from '../syntax/query-chain.ts';
import { callValue } from '../syntax/script-call.ts';
import { say, sayGenerated, sayOpaque, under, type Machine } from '../syntax/script-machine.ts';
import { perform as performValue } from '../syntax/script-perform.ts';
import {
  chainAt,
  isConstantValue,
  textAt,
  unknownAt,
  type Chain,
  type Circumstances,
  type Root,
  type Step,
  type Value,
} from '../syntax/script-value.ts';
import { effectOfQuery } from './query.ts';
import { buildTable } from './table.ts';

/** The handle that a direction is given; a transaction inside a wrapped migration is a savepoint. */
export function createKnex(isWrapped: boolean): Root {
  const root: Root = { name: 'knex', handle: true, call, read, perform };
  return root;

  function read(chain: Chain, machine: Machine): Value | undefined {
    const names = chain.steps.map((step) => step.name).join('.');
    if (!/(^|\.)client\.dialect$/.test(names) || machine.database === 'unknown') return undefined;
    return textAt(chain, dialects[machine.database] ?? machine.database);
  }

  function call(chain: Chain, machine: Machine): Value | undefined {
    const [first, second] = chain.steps;
    if (chain.steps.length !== 1 || first?.name !== 'transaction' || second) return undefined;
    const callback = first.arguments?.find((value) => value.kind === 'function');
    const handle = chainAt(chain, root, machine.when);
    if (!callback) return openTransaction(chain, machine);
    if (!isWrapped) say(machine, chain, machine.when, [{ kind: 'begin' }]);
    performValue(callValue(callback, [handle], callback, machine), machine);
    if (!isWrapped) say(machine, chain, machine.when, [{ kind: 'commit' }]);
    return unknownAt(chain);
  }

  /** `const trx = await knex.transaction()`, which is a chain of its own and ends with `trx.commit()`. */
  function openTransaction(chain: Chain, machine: Machine): Value {
    const { start, end } = chain;
    if (isWrapped) return { kind: 'record', fields: new Map(), whole: false, rest: root, start, end };
    say(machine, chain, machine.when, [{ kind: 'begin' }]);
    const rest: Root = { ...root, perform: performInside };
    return { kind: 'record', fields: new Map(), whole: false, rest, start, end };
  }

  function performInside(chain: Chain, machine: Machine): void {
    const name = chain.steps[0]?.name;
    if (name === 'commit') say(machine, chain, chain.when, [{ kind: name }]);
    else perform(chain, machine);
  }
}

/** Names that `knex.client.dialect` has. */
const dialects: Record<string, string> = {
  postgres: 'postgresql',
  sqlite: 'sqlite3',
  sqlserver: 'mssql',
  mariadb: 'mysql',
};

function perform(chain: Chain, machine: Machine): void {
  const [first] = chain.steps;
  if (!first) return;
  if (first.name === 'schema') performSchema(chain, machine);
  else if (first.name === 'raw') sayRaw(first.arguments ?? [], chain, chain.when, machine);
  else if (first.name === 'fn' || first.name === 'ref') return;
  else if (first.name === 'destroy' || first.name === 'commit' || first.name === 'rollback') return;
  else {
    const effect = effectOfQuery(chain, machine.database) ?? effectOfBuilder(chain, machine.database);
    if (effect) say(machine, chain, chain.when, [effect]);
  }
}

/** SQL, in which a question mark behind a backslash is one: https://knexjs.org/guide/raw.html */
function sayRaw(
  [sql, parameters]: readonly Value[],
  at: { start: number; end: number },
  when: Circumstances,
  machine: Machine,
): void {
  if (sql?.kind !== 'text' || parameters) return saySqlOf(machine, sql, at, when, parameters);
  const { pieces } = sql;
  const isEscape = (index: number): boolean =>
    pieces[index]?.text === '\\' && pieces[index + 1]?.text.startsWith('?') === true;
  const plain = pieces.map((piece, index) => (isEscape(index) ? { ...piece, text: '', exact: false } : piece));
  saySqlOf(machine, { ...sql, pieces: plain }, at, when);
}

/** Each call of `knex.schema` is a statement of its own, in their order. */
function performSchema(chain: Chain, machine: Machine): void {
  let schema: string | undefined;
  for (const step of chain.steps.slice(1)) {
    if (!step.arguments) continue;
    if (step.name === 'withSchema') schema = nameIn(step.arguments[0]);
    else performStep(step, chain, schema, machine);
  }
}

function performStep(step: Step, chain: Chain, schema: string | undefined, machine: Machine): void {
  const isOnly = chain.steps.filter((each) => each.arguments).length === 1;
  const at = isOnly ? { ...step, start: chain.start } : step;
  const context: SchemaCall = { values: step.arguments ?? [], schema, at, when: chain.when, machine };
  const method = Object.hasOwn(methods, step.name) ? methods[step.name] : undefined;
  if (method) method(context);
  else if (!silent.has(step.name)) sayOpaque(machine, at, chain.when, `\`knex.schema.${step.name}\` is not known here`);
}

const silent = new Set(
  'hasTable hasColumn queryContext toString toSQL toQuery on transacting debug timeout connection'.split(' '),
);

export type SchemaCall = {
  values: Value[];
  schema: string | undefined;
  at: { start: number; end: number };
  when: Circumstances;
  machine: Machine;
};

const methods: Record<string, (call: SchemaCall) => void> = {
  createTable: (call) => build(call, 'create'),
  createTableIfNotExists: (call) => build(call, 'createIfNotExists'),
  createTableLike: (call) =>
    generated(call, `CREATE TABLE ${tableSql(call)} (LIKE ${quoted(nameIn(call.values[1]), call.machine.database)})`),
  alterTable: (call) => build(call, 'alter'),
  table: (call) => build(call, 'alter'),
  dropTable: (call) => generated(call, `DROP TABLE ${tableSql(call)}`),
  dropTableIfExists: (call) => generated(call, `DROP TABLE IF EXISTS ${tableSql(call)}`),
  renameTable: (call) =>
    effect(call, {
      kind: 'renameTable',
      table: tableName(call),
      to: tableName({ ...call, values: call.values.slice(1) }),
    }),
  raw: ({ values, at, when, machine }) => sayRaw(values, at, when, machine),
  createSchema: (call) => generated(call, `CREATE SCHEMA ${quoted(nameIn(call.values[0]), call.machine.database)}`),
  createSchemaIfNotExists: (call) =>
    generated(call, `CREATE SCHEMA IF NOT EXISTS ${quoted(nameIn(call.values[0]), call.machine.database)}`),
  dropSchema: (call) => effect(call, { kind: 'dropSchema', schema: nameIn(call.values[0]), ...cascade(call) }),
  dropSchemaIfExists: (call) =>
    effect(call, { kind: 'dropSchema', schema: nameIn(call.values[0]), ifExists: true, ...cascade(call) }),
  createExtension: (call) => extension(call, 'CREATE EXTENSION'),
  createExtensionIfNotExists: (call) => extension(call, 'CREATE EXTENSION IF NOT EXISTS'),
  dropExtension: (call) => extension(call, 'DROP EXTENSION'),
  dropExtensionIfExists: (call) => extension(call, 'DROP EXTENSION IF EXISTS'),
  createView: (call) => effect(call, { kind: 'createObject', object: 'view', name: tableName(call) }),
  createViewOrReplace: (call) =>
    effect(call, { kind: 'createObject', object: 'view', name: tableName(call), replaces: true }),
  createMaterializedView: (call) =>
    effect(call, { kind: 'createObject', object: 'materialized view', name: tableName(call) }),
  refreshMaterializedView: (call) =>
    generated(
      call,
      `REFRESH MATERIALIZED VIEW ${isConstantValue(call.values[1], true) ? 'CONCURRENTLY ' : ''}${tableSql(call)}`,
    ),
  dropView: (call) => effect(call, { kind: 'dropObject', object: 'view', name: tableName(call) }),
  dropViewIfExists: (call) =>
    effect(call, { kind: 'dropObject', object: 'view', name: tableName(call), ifExists: true }),
  dropMaterializedView: (call) =>
    effect(call, { kind: 'dropObject', object: 'materialized view', name: tableName(call) }),
  dropMaterializedViewIfExists: (call) =>
    effect(call, { kind: 'dropObject', object: 'materialized view', name: tableName(call), ifExists: true }),
  renameView: (call) =>
    effect(call, { kind: 'renameObject', object: 'view', name: tableName(call), to: nameIn(call.values[1]) }),
};

function extension(call: SchemaCall, words: string): void {
  generated(call, `${words} ${quoted(nameIn(call.values[0]), call.machine.database)}`);
}

/** The second argument of `dropSchema`. */
function cascade({ values }: SchemaCall): { cascade?: true } {
  return isConstantValue(values[1], true) ? { cascade: true } : {};
}

function build(call: SchemaCall, how: 'create' | 'createIfNotExists' | 'alter'): void {
  const callback = call.values.find((value) => value.kind === 'function');
  if (!callback) {
    sayOpaque(call.machine, call.at, call.when, 'what happens to the table stands in another file');
    return;
  }
  under(call.machine, call.when, () => buildTable(tableName(call), callback, how, call));
}

function tableName({ values, schema }: SchemaCall): string {
  const name = nameIn(values[0]);
  return plainTable(schema === undefined ? name : `${schema}.${name}`);
}

function tableSql(call: SchemaCall): string {
  return quotedTable(tableName(call), call.machine.database);
}

function effect({ machine, at, when }: SchemaCall, one: Effect): void {
  say(machine, at, when, [one]);
}

function generated({ machine, at, when }: SchemaCall, sql: string): void {
  sayGenerated(machine, sql, at, when);
}

/** What the chains of Kysely send when they are executed. */
import type { Effect } from '../sql/effect.ts';
import {
  literalSql,
  nameIn,
  placeOfCall,
  plainTable,
  quoted,
  quotedList,
  quotedTable,
  sayCall,
  saySqlOf,
  sqlIn,
} from '../syntax/generated-sql.ts';
import { effectOfBuilder } from '../syntax/query-chain.ts';
import { callValue } from '../syntax/script-call.ts';
import { say, sayGenerated, sayOpaque, type Machine } from '../syntax/script-machine.ts';
import { perform as performValue } from '../syntax/script-perform.ts';
import {
  chainAt,
  findText,
  holdsHandle,
  itemsOf,
  unknownAt,
  type Chain,
  type Root,
  type Step,
  type Value,
} from '../syntax/script-value.ts';
import { alterationsOf, tableLines, unknownAlterations } from './table.ts';

/** The handle that a direction is given. */
export const kyselyHandle: Root = { name: 'db', handle: true, call, perform };

/** sql`…`.execute(db) sends its text; without it, it is a part of something else. */
export function foreign(chain: Chain, machine: Machine): Value | undefined {
  if (chain.root.module === 'kysely' && chain.root.name !== 'sql' && chain.steps[0]?.name === 'sql')
    return foreign({ ...chain, root: { name: 'sql' }, steps: withoutSql(chain.steps) }, machine);
  if (chain.root.name !== 'sql') return undefined;
  const last = chain.steps.at(-1);
  if (last?.name !== 'execute' || !last.arguments?.some((value) => holdsHandle(value))) return chain;
  saySqlOf(machine, { ...chain, steps: chain.steps.slice(0, -1) }, placeOfCall(chain), chain.when);
  return unknownAt(chain);
}

/** `const { sql } = require('kysely')`: the tag itself is called under its name. */
function withoutSql([first, ...others]: readonly Step[]): Step[] {
  return first?.arguments ? [{ ...first, name: '' }, ...others] : others;
}

function call(chain: Chain, machine: Machine): Value | undefined {
  const last = chain.steps.at(-1);
  const callback = last?.arguments?.[0];
  const opens = chain.steps.some((step) => step.name === 'transaction' || step.name === 'connection');
  if (opens && last?.name === 'execute' && callback?.kind === 'function') {
    const isOpened = machine.database === 'mysql' || machine.database === 'mariadb' || machine.database === 'sqlite';
    const begins = isOpened && chain.steps.some((step) => step.name === 'transaction');
    if (begins) say(machine, chain, machine.when, [{ kind: 'begin' }]);
    performValue(callValue(callback, [chainAt(chain, kyselyHandle, machine.when)], callback, machine), machine);
    if (begins) say(machine, chain, machine.when, [{ kind: 'commit' }]);
    return unknownAt(chain);
  }
  const called = chain.steps.slice(0, -1);
  if (last?.name === '$call' && callback?.kind === 'function')
    return callValue(callback, [{ ...chain, steps: called }], callback, machine);
  const [first] = chain.steps;
  if (first?.name === 'executeQuery' && last === first) {
    saySqlOf(machine, first.arguments?.[0], chain, chain.when);
    return unknownAt(chain);
  }
  if (!/^(execute|executeTakeFirst|executeTakeFirstOrThrow|stream)$/.test(last?.name ?? '')) return undefined;
  send({ ...chain, steps: chain.steps.slice(0, -1) }, machine);
  return unknownAt(chain);
}

/** A chain that nobody executes sends nothing. */
function perform(chain: Chain, machine: Machine): void {
  const names = chain.steps.map((step) => step.name);
  if (names[0] === 'introspection' || names[0] === 'destroy') return;
  if (chain.steps.some((step) => step.arguments))
    sayOpaque(machine, chain, chain.when, 'it is never executed, as far as can be seen here');
}

function send(chain: Chain, machine: Machine): void {
  const isSchema = chain.steps.some((step) => step.name === 'schema' && !step.arguments);
  const schema = chain.steps.findLast((step) => step.name === 'withSchema')?.arguments?.[0];
  const steps = chain.steps.filter((step) => !around.has(step.name));
  if (!isSchema) {
    const effect = effectOfBuilder({ ...chain, steps }, machine.database);
    const table = effect && schema && 'table' in effect ? plainTable(`${nameIn(schema)}.${effect.table}`) : undefined;
    if (effect) say(machine, chain, chain.when, [table === undefined ? effect : ({ ...effect, table } as Effect)]); // only the name differs
    return;
  }
  const [first] = steps;
  const method = first && Object.hasOwn(methods, first.name) ? methods[first.name] : undefined;
  if (!first || !method) {
    sayOpaque(machine, chain, chain.when, `\`db.schema.${first?.name ?? ''}\` is not known here`);
    return;
  }
  const named = nameIn(first.arguments?.[0]);
  const name = plainTable(schema ? `${nameIn(schema)}.${named}` : named);
  method({ name, first, steps: steps.slice(1), chain, machine });
}

/** They say where the rest of the chain applies. */
const around = new Set(['schema', 'withSchema', 'withPlugin', 'withoutPlugins', 'withTables']);

type SchemaCall = { name: string; first: Step; steps: Step[]; chain: Chain; machine: Machine };

const methods: Record<string, (call: SchemaCall) => void> = {
  createTable: (call) => {
    const { name, steps, machine, chain } = call;
    const lines = tableLines(steps, machine);
    const guard = has(steps, 'ifNotExists') ? 'IF NOT EXISTS ' : '';
    const temporary = has(steps, 'temporary') ? 'TEMPORARY ' : '';
    const front = argument(steps, 'modifyFront');
    const end = argument(steps, 'modifyEnd');
    const kind = front ? `${sqlIn(front)} ` : temporary;
    const body = has(steps, 'as') ? 'AS SELECT 1' : `(${lines.join(', ')})`;
    const sql = `CREATE ${kind}TABLE ${guard}${quotedTable(name, machine.database)} ${body}${end ? ` ${sqlIn(end)}` : ''}`;
    sayGenerated(machine, sql, chain, chain.when);
  },
  alterTable: ({ name, steps, machine, chain }) => {
    for (const { name: method } of unknownAlterations(steps))
      sayOpaque(machine, chain, chain.when, `\`${method}\` of \`alterTable\` is not known here`);
    for (const sql of alterationsOf(name, steps, machine)) sayGenerated(machine, sql, chain, chain.when);
  },
  dropTable: (call) =>
    sayCall(
      call.machine,
      whole(call),
      `DROP TABLE ${guarded(call)}${quotedTable(call.name, call.machine.database)}${cascade(call)}`,
    ),
  createIndex: (call) => sayGenerated(call.machine, indexSql(call), call.chain, call.chain.when),
  dropIndex: (call) => {
    const table = argument(call.steps, 'on');
    effect(call, {
      kind: 'dropIndex',
      name: call.name,
      ...(table ? { table: plainTable(nameIn(table)) } : {}),
      ...(has(call.steps, 'ifExists') ? { ifExists: true } : {}),
    });
  },
  createSchema: (call) =>
    sayCall(call.machine, whole(call), `CREATE SCHEMA ${guarded(call)}${quoted(call.name, call.machine.database)}`),
  dropSchema: (call) =>
    effect(call, {
      kind: 'dropSchema',
      schema: call.name,
      ...(has(call.steps, 'ifExists') ? { ifExists: true } : {}),
      ...(has(call.steps, 'cascade') ? { cascade: true } : {}),
    }),
  createType: (call) => {
    const values = itemsOf(argument(call.steps, 'asEnum')).map(nameIn);
    effect(call, { kind: 'createType', type: call.name, values });
  },
  dropType: (call) => effect(call, { kind: 'dropObject', object: 'type', name: call.name, ...dropGuards(call) }),
  createView: (call) =>
    effect(call, {
      kind: 'createObject',
      object: viewOf(call),
      name: call.name,
      ...(has(call.steps, 'orReplace') ? { replaces: true } : {}),
      ...(has(call.steps, 'ifNotExists') ? { ifNotExists: true } : {}),
    }),
  dropView: (call) => effect(call, { kind: 'dropObject', object: viewOf(call), name: call.name, ...dropGuards(call) }),
  refreshMaterializedView: (call) =>
    sayCall(
      call.machine,
      whole(call),
      `REFRESH MATERIALIZED VIEW ${has(call.steps, 'concurrently') ? 'CONCURRENTLY ' : ''}${quotedTable(call.name, call.machine.database)}`,
    ),
};

/** An expression stands as it is given, also one that closes the parenthesis itself. */
function indexSql({ name, steps, machine: { database } }: SchemaCall): string {
  const using = findText(argument(steps, 'using'));
  const columns = steps.flatMap((step) => {
    const [first] = step.arguments ?? [];
    if (step.name === 'expression') return [sqlIn(first)];
    return step.name === 'column' || step.name === 'columns' ? itemsOf(first).map((value) => columnSql(value)) : [];
  });
  const where = steps.filter((step) => step.name === 'where').map((step) => predicate(step));
  const words = [
    'CREATE',
    ...(has(steps, 'unique') ? ['UNIQUE'] : []),
    'INDEX',
    ...(has(steps, 'concurrently') ? ['CONCURRENTLY'] : []),
    ...(has(steps, 'ifNotExists') ? ['IF NOT EXISTS'] : []),
    quoted(name, database),
    'ON',
    quotedTable(nameIn(argument(steps, 'on')), database),
    ...(using !== undefined && database === 'postgres' ? [`USING ${using}`] : []),
    `(${columns.join(', ')})`,
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
  ];
  return words.join(' ');

  /** `name desc` orders the index. */
  function columnSql(value: Value): string {
    const [column = '', order] = nameIn(value).split(' ');
    return order === undefined ? quotedList([column], database) : `${quoted(column, database)} ${order}`;
  }

  function predicate({ arguments: values = [] }: Step): string {
    const [column, operator, value] = values;
    if (column?.kind !== 'text') return sqlIn(column);
    const is = findText(operator) ?? '=';
    const name = quoted(nameIn(column), database);
    if (/^is( not)?$/i.test(is)) return `${name} ${is} NULL`;
    const given = value && value.kind !== 'chain' ? literalSql(value, database) : `'${nameIn(undefined)}'`;
    return `${name} ${/^(?:=|<>|!=|[<>]=?|(?:not )?i?like)$/i.test(is) ? is : '='} ${given}`;
  }
}

function viewOf({ steps }: SchemaCall): 'view' | 'materialized view' {
  return has(steps, 'materialized') ? 'materialized view' : 'view';
}

function dropGuards({ steps }: SchemaCall): { ifExists?: true; cascade?: true } {
  return {
    ...(has(steps, 'ifExists') ? { ifExists: true } : {}),
    ...(has(steps, 'cascade') ? { cascade: true } : {}),
  };
}

function whole({ chain }: SchemaCall): Chain {
  return { ...chain, steps: chain.steps.slice(0, 1) };
}

function guarded({ steps }: SchemaCall): string {
  if (has(steps, 'ifNotExists')) return 'IF NOT EXISTS ';
  return has(steps, 'ifExists') ? 'IF EXISTS ' : '';
}

function cascade({ steps }: SchemaCall): string {
  return has(steps, 'cascade') ? ' CASCADE' : '';
}

function has(steps: readonly Step[], name: string): boolean {
  return steps.some((step) => step.name === name);
}

function argument(steps: readonly Step[], name: string): Value | undefined {
  return steps.find((step) => step.name === name)?.arguments?.[0];
}

function effect({ machine, chain }: SchemaCall, one: Effect): void {
  say(machine, chain, chain.when, [one]);
}

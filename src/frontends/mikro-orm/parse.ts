/** What the methods of MikroORM's base class send to the database. */
import type { Operation } from '../../operations/operation.ts';
import { createKnex } from '../knex/parse.ts';
import { placeOfCall, saySqlOf } from '../syntax/generated-sql.ts';
import { effectOfBuilder } from '../syntax/query-chain.ts';
import { say, sayOpaque, type Machine } from '../syntax/script-machine.ts';
import { perform } from '../syntax/script-perform.ts';
import { chainAt, unknownAt, type Chain, type Root, type Value } from '../syntax/script-value.ts';

/** The methods of the base class. */
export const migration: Root = { name: 'migration', handle: true, call, perform: performChain };

/** What `addSql` was given runs when the method has ended, after all that `execute` did at once. */
export function putQueuedLast(machine: Machine): void {
  const late = queued.get(machine) ?? new Set();
  const numbers = new Map<number, number>();
  const ordered = [
    ...machine.operations.filter((operation) => !late.has(operation)),
    ...machine.operations.filter((operation) => late.has(operation)),
  ];
  machine.operations = ordered.map((operation) => {
    const number = numbers.get(operation.statement) ?? numbers.size + 1;
    numbers.set(operation.statement, number);
    return { ...operation, statement: number };
  });
}

const queued = new WeakMap<Machine, Set<Operation>>();

function call(chain: Chain, machine: Machine): Value | undefined {
  const [first, ...others] = chain.steps;
  const last = chain.steps.at(-1);
  const given = last?.arguments?.[0];
  // `em.execute`, `em.getConnection().execute` and `driver.execute` take the same as `this.execute`.
  if (last?.name === 'execute' && given) {
    saySqlOf(machine, given, placeOfCall(chain), chain.when, last.arguments?.[1]);
    return unknownAt(chain);
  }
  if (!first?.arguments || others.length > 0) return undefined;
  if (first.name === 'addSql') {
    queue(first.arguments[0], chain, machine);
    return unknownAt(chain);
  }
  if (first.name === 'getKnex') return chainAt(chain, createKnex(true), machine.when);
  if (first.name === 'getEntityManager' || first.name === 'reset') return undefined;
  sayOpaque(machine, chain, chain.when, `\`this.${first.name}\` is not known here`);
  return unknownAt(chain);
}

function queue(value: Value | undefined, chain: Chain, machine: Machine): void {
  const from = machine.operations.length;
  // A query builder, of Knex or of the entity manager, stands for the SQL that it makes.
  if (value?.kind === 'chain' && value.root.handle) perform(withoutText(value), machine);
  else saySqlOf(machine, value, placeOfCall(chain), chain.when, chain.steps[0]?.arguments?.[1]);
  const late = queued.get(machine) ?? new Set();
  for (const operation of machine.operations.slice(from)) late.add(operation);
  queued.set(machine, late);
}

/** `builder.toQuery()` and its kin only write the query down. */
function withoutText(chain: Chain): Chain {
  const isText = /^(toQuery|toString|toSQL|getFormattedQuery|getQuery|getKnexQuery)$/.test(
    chain.steps.at(-1)?.name ?? '',
  );
  return isText ? { ...chain, steps: chain.steps.slice(0, -1) } : chain;
}

function performChain(chain: Chain, machine: Machine): void {
  const effect = chain.steps.length > 1 ? effectOfBuilder(chain, machine.database) : undefined;
  if (effect) say(machine, placeOfCall(chain), chain.when, [effect]);
}

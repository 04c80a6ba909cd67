/** MikroORM: a class that extends Migration and adds SQL with `this.addSql(…)`. */
import type { Frontend } from '../frontend.ts';
import { saySqlOf, placeOfCall } from '../syntax/generated-sql.ts';
import { effectOfBuilder } from '../syntax/query-chain.ts';
import { classMethod, hasUp, mayBeScriptMigration, scriptVersion } from '../syntax/script-entry.ts';
import { say, sayOpaque, type Machine } from '../syntax/script-machine.ts';
import type { ScriptModule } from '../syntax/script-module.ts';
import { readScript } from '../syntax/script-reading.ts';
import { runFunction } from '../syntax/script-run.ts';
import { loadScriptParser } from '../syntax/script-tree.ts';
import { chainAt, isConstantValue, unknownAt, type Chain, type Root, type Value } from '../syntax/script-value.ts';
import { createKnex } from '../knex/parse.ts';

/** The frontend of MikroORM. */
export const mikroOrm: Frontend = {
  framework: 'mikro-orm',
  wants: mayBeScriptMigration,
  claim: ({ path, text }) => {
    const isMigration = text.includes('@mikro-orm/migrations') || text.includes('this.addSql');
    if (!mayBeScriptMigration(path) || !isMigration || !hasUp(text)) return undefined;
    return { migration: path, part: 'both', version: scriptVersion(path) };
  },
  load: loadScriptParser,
  read: (source) =>
    readScript(source, {
      knowledge: () => ({}),
      entry: (module, direction, machine) => {
        const method = classMethod(module, direction, machine, migration);
        return method && { call: method.call, values: [] };
      },
      transaction: (module, machine) => (isTransactional(module, machine) ? 'wrapped' : 'none'),
      // The base class raises this error where a migration has no down method.
      absentDown: () => ({ kind: 'irreversible', reason: 'This migration cannot be reverted' }),
    }),
};

/** https://mikro-orm.io/docs/migrations#transactions: every migration is in one unless its `isTransactional` says otherwise. */
function isTransactional(module: ScriptModule, machine: Machine): boolean {
  const method = classMethod(module, 'isTransactional', machine, migration);
  return !method || !isConstantValue(runFunction(method.call, [], machine), false);
}

/** The methods of the base class. */
const migration: Root = { name: 'migration', handle: true, call, perform };

function call(chain: Chain, machine: Machine): Value | undefined {
  const [first, ...others] = chain.steps;
  if (!first?.arguments || others.length > 0) return undefined;
  if (first.name === 'addSql' || first.name === 'execute') {
    saySqlOf(machine, first.arguments[0], placeOfCall(chain), chain.when, first.arguments[1]);
    return unknownAt(chain);
  }
  if (first.name === 'getKnex') return chainAt(chain, createKnex(true), machine.when);
  if (first.name === 'getEntityManager' || first.name === 'reset') return undefined;
  sayOpaque(machine, chain, chain.when, `\`this.${first.name}\` is not known here`);
  return unknownAt(chain);
}

function perform(chain: Chain, machine: Machine): void {
  const effect = chain.steps.length > 1 ? effectOfBuilder(chain) : undefined;
  if (effect) say(machine, chain, chain.when, [effect]);
}

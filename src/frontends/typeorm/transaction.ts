/** The transactions that a migration begins and ends by the query runner. */
import { say, type Machine } from '../syntax/script-machine.ts';
import { unknownAt, type Chain, type Value } from '../syntax/script-value.ts';

/** How many transactions are open, and whether the last one that was ended is a real one. */
export type Transactions = { open: number; ended?: boolean };

/** `startTransaction` and its ends; undefined for any other method. A transaction inside another one is a savepoint: `startTransaction` in https://github.com/typeorm/typeorm/blob/master/src/driver/postgres/PostgresQueryRunner.ts */
export function callTransaction(state: Transactions, chain: Chain, machine: Machine): Value | undefined {
  const [step, ...others] = chain.steps;
  if (others.length > 0) return undefined;
  switch (step?.name) {
    case 'startTransaction':
      sayOne('begin', state.open++ === 0, chain, machine);
      delete state.ended;
      return unknownAt(chain);
    case 'commitTransaction':
      sayOne('commit', end(state), chain, machine);
      return unknownAt(chain);
    case 'rollbackTransaction':
      // In a `catch` it takes the place of the commit before it.
      sayOne(
        'rollback',
        chain.when.conditional && state.ended !== undefined ? state.ended : end(state),
        chain,
        machine,
      );
      return unknownAt(chain);
  }
  return undefined;
}

/** Ends the innermost one, and says whether nothing is open around it. */
function end(state: Transactions): boolean {
  state.open = Math.max(0, state.open - 1);
  state.ended = state.open === 0;
  return state.ended;
}

function sayOne(kind: 'begin' | 'commit' | 'rollback', isReal: boolean, chain: Chain, machine: Machine): void {
  say(machine, chain, chain.when, [isReal ? { kind } : { kind: 'noEffect', what: 'SAVEPOINT' }]);
}

/** A line of a program that empties a database → the fact, by what keeps the line from running. */
import type { DeploymentFact, Guard, Place } from '../operations/deployment.ts';
import type { Span } from '../operations/operation.ts';

type Reset = { how: string; place: Place; guard: Guard | 'safe'; span: Span };

/** None where it does not run unless someone sets a variable. A condition that is not understood looks where it is. */
export function guardedReset({ how, place, guard, span }: Reset): DeploymentFact[] {
  if (guard === 'safe') return [];
  const asks = { person: false, environment: guard.kind === 'unknown' };
  const unless = guard.kind === 'unsafeDefault' ? { unless: guard.variable } : {};
  return [{ kind: 'resetDatabase', how, place, asks, ...unless, span }];
}

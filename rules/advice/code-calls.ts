/** Calls of code whose effect is not in the migration. */
import type { Migration } from '../../src/operations/migration.ts';
import type { CodeEffect, Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, someOf } from '../../src/rule.ts';

export type CodeCall = Operation & OperationOf<'runCode'>;

/** The calls of the up direction that do this, in their order; none of a task that is started by hand, with the code of its day. */
export function callsThat(does: CodeEffect, migration: Migration): CodeCall[] {
  if (migration.startedByHand) return [];
  return migration.up.filter((each): each is CodeCall => each.kind === 'runCode' && each.does === does);
}

/** The first calls by name, to open a message, and how many more there are. */
export function namesOf(calls: readonly CodeCall[]): string {
  const names = new Set(calls.map((each) => each.code));
  return someOf(
    Array.from(names, (name) => code(name, 80)),
    3,
  );
}

/** What is called: a function without what it is given, and a dictionary without the method that reads it. */
export function calledOf(call: CodeCall): CodeCall {
  const [name = call.code] = /^[\w$.]+(?=\()/.exec(call.code) ?? [];
  return { ...call, code: name.replace(/(?<=\w)\.(?:items|keys|values)$/, '') };
}

/** True where one transaction may hold the migration together. */
export function mayBeHeld({ transaction, statements }: Migration): boolean {
  return transaction === 'wrapped' || transaction === 'unknown' || (transaction === 'one-query' && statements > 1);
}

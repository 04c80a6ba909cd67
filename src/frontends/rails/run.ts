/** One direction of a migration while it is followed: what it did so far, and under which conditions it does the next thing. */
import type { Comment, Database } from '../../operations/migration.ts';
import type { Operation, Span } from '../../operations/operation.ts';
import type { SourceFile } from '../frontend.ts';
import type { Effect } from '../sql/effect.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { stoppable, type Stops } from '../syntax/stopped-loop.ts';
import type { Program } from './program.ts';
import type { Value } from './value.ts';

export type Run = {
  file: SourceFile;
  program: Program;
  database: Database;
  /** That in the brackets of the migration, such as 7.1; it decides what defaults mean. */
  version: number;
  direction: 'up' | 'down';
  /** The bodies of heredocs by the offset at which each begins. */
  heredocs: ReadonlyMap<number, SyntaxNode>;
  locate: (start: number, end: number) => Span;
  operations: Operation[];
  comments: Comment[];
  statements: number;
  /** How many conditions stand around what is followed. */
  conditions: number;
  /** How many loops over rows or things that are not known stand around it. */
  loops: number;
  /** How many times a method or block may have been left under a condition. */
  exits: number;
  /** How many times it asked in which environment it runs. */
  asks: number;
  /** Instance variables and their kin. */
  fields: Map<string, Value>;
  /** How many calls of the migration's own methods stand around it. */
  depth: number;
  /** What is left before it is given up: loops in loops multiply. */
  steps: number;
  /** It was said that nothing more is followed. */
  gaveUp?: true;
  /** The statement number that operations share while a bulk `change_table` gathers them. */
  bulk?: number;
  /** The migration runs outside a transaction, so that its own ones count. */
  isOutsideTransaction: boolean;
  stops: Stops;
  /** The `raise` that every run of it comes to. */
  raised?: string;
  /** Why Rails cannot turn `change` around, the first reason. */
  irreversible?: string;
  /** Applies to what is followed: Rails itself turns it around, so that calls have to be reversible. */
  mustReverse: boolean;
  /** The line of the `safety_assured` whose block is followed. */
  assuredAt?: number;
  /** Models of the application that were seen. */
  models: Set<string>;
};

/** Names that a method or block can see. `exit` tells that nothing that follows in it runs. */
export type Scope = {
  variables: Map<string, Value>;
  parent?: Scope;
  kind: 'method' | 'block';
  exit: boolean;
  /** The conditions and loops that stood around it when it began. */
  conditions: number;
  loops: number;
  /** The block that was given to the method, with the scope it stands in. */
  block?: { node: SyntaxNode; scope: Scope };
};

/** A scope of its own, or one inside another. */
export function scopeIn(run: Run, kind: Scope['kind'], parent?: Scope): Scope {
  const scope: Scope = { variables: new Map(), kind, exit: false, conditions: run.conditions, loops: run.loops };
  return parent ? { ...scope, parent } : scope;
}

/** The value of a variable, or undefined where there is none of that name. */
export function findVariable(scope: Scope, name: string): Value | undefined {
  return scope.variables.get(name) ?? (scope.parent && findVariable(scope.parent, name));
}

/** Records what one statement does. */
export function emit(run: Run, effect: Effect, place: { start: number; end: number }): void {
  emitAll(run, [effect], place);
}

/** Records what one statement does, several operations at once. */
export function emitAll(run: Run, effects: readonly Effect[], place: { start: number; end: number }): void {
  const statement = run.bulk ?? ++run.statements;
  const span = run.locate(place.start, place.end);
  for (const effect of effects) run.operations.push(withConditions(run, { ...effect, span, statement }));
}

/** Records operations that have their place already, such as those of SQL. */
export function emitRead(run: Run, operations: readonly Operation[], statements: number): void {
  const before = run.statements;
  run.steps -= operations.length;
  for (const operation of operations)
    run.operations.push(withConditions(run, { ...operation, statement: before + operation.statement }));
  run.statements += statements;
}

/** Records that a statement could not be read, and why. */
export function emitOpaque(run: Run, reason: string, place: { start: number; end: number }): void {
  emit(run, { kind: 'opaque', reason }, place);
}

/** Follows something that runs under a condition. */
export function underCondition<Result>(run: Run, follow: () => Result): Result {
  run.conditions++;
  try {
    return follow();
  } finally {
    run.conditions--;
  }
}

/** Follows something that runs once for each of a number of things that is not known. */
export function inLoop<Result>(run: Run, follow: () => Result): Result {
  run.loops++;
  try {
    return stoppable(run.stops, run.operations, run.loops > 1, follow);
  } finally {
    run.loops--;
  }
}

/** Follows the block of a `safety_assured`: the author vouches for what runs in it. */
export function assured<Result>(run: Run, line: number, follow: () => Result): Result {
  const { assuredAt } = run;
  run.assuredAt = assuredAt ?? line;
  try {
    return follow();
  } finally {
    if (assuredAt === undefined) delete run.assuredAt;
  }
}

function withConditions(run: Run, operation: Operation): Operation {
  const looped = run.loops > 0 && (operation.kind === 'updateRows' || operation.kind === 'deleteRows');
  const inside: Operation = looped ? { ...operation, looped: true } : operation;
  const assured: Operation =
    run.assuredAt === undefined ? inside : { ...inside, mutedBy: { marker: 'safety_assured', line: run.assuredAt } };
  return run.conditions > 0 ? { ...assured, conditional: true } : assured;
}

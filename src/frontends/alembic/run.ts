/** One reading of one direction: where it stands, and what it has found so far. */
import type { Database } from '../../operations/migration.ts';
import type { Operation, Span } from '../../operations/operation.ts';
import type { Effect } from '../sql/effect.ts';
import { readSql } from '../sql/read-sql.ts';
import { createLocator } from '../sql/text.ts';
import { embeddedSql, isComputed } from '../syntax/embedded-sql.ts';
import type { Library } from '../syntax/python-import.ts';
import type { PythonModule } from '../syntax/python-module.ts';
import type { Stops } from '../syntax/stopped-loop.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { moduleOf, type Scope, type Value } from './value.ts';

export type Run = {
  /** The file of the migration: all places are places in it. */
  migration: PythonModule;
  /** The file that is being read: that of the migration, or one that it imports. */
  module: PythonModule;
  /** What in the migration leads to the file that is being read, where that is another one. */
  calledAt: SyntaxNode | undefined;
  /** The files that may be imported, and the names at the top of those that were read. */
  library: Library;
  scopes: Map<PythonModule, Scope>;
  database: Database;
  /** The direction runs in one transaction. */
  isWrapped: boolean;
  operations: Operation[];
  statements: number;
  /** Around the statement that is being read: a condition, a loop whose rounds are not known. */
  conditional: boolean;
  looped: boolean;
  stops: Stops;
  /** The function that is being read may have been left before this point. */
  mayHaveReturned: boolean;
  /** Inside a definition (a column, a type) calls make values, they do not run the application. */
  defining: number;
  /** Functions that are being followed, innermost last. */
  followed: SyntaxNode[];
  /** What may still be evaluated: hostile text is bounded. */
  budget: { left: number; isSaid: boolean };
};

/** Expressions and statements that one direction may take; no migration that a person wrote comes near. */
const mostSteps = 100_000;

/** A direction that has not begun. */
export function startRun(module: PythonModule, database: Database, library: Library): Run {
  return {
    migration: module,
    module,
    calledAt: undefined,
    library,
    scopes: new Map(),
    database,
    isWrapped: false,
    operations: [],
    statements: 0,
    conditional: false,
    looped: false,
    stops: { handlers: 0 },
    mayHaveReturned: false,
    defining: 0,
    followed: [],
    budget: { left: mostSteps, isSaid: false },
  };
}

/** Adds what one statement of the database does. */
export function emit(run: Run, node: SyntaxNode, ...effects: Effect[]): void {
  if (effects.length === 0) return;
  run.statements++;
  const place = { span: spanOf(run, node), statement: run.statements };
  for (const effect of effects) run.operations.push(marked(run, { ...effect, ...place }));
}

/** Adds what could not be read. */
export function emitOpaque(run: Run, node: SyntaxNode, reason: string): void {
  const elsewhere = run.calledAt ? ` (in ${run.module.path})` : '';
  emit(run, node, { kind: 'opaque', reason: `${reason}${elsewhere}` });
}

/** Reads what stands in the file of a scope, which the migration comes to at a node. */
export function within<Result>(run: Run, scope: Scope, node: SyntaxNode, read: () => Result): Result {
  const { module, calledAt } = run;
  run.module = moduleOf(scope) ?? module;
  run.calledAt = run.module === run.migration ? undefined : (calledAt ?? node);
  const result = read();
  run.module = module;
  run.calledAt = calledAt;
  return result;
}

/** Reads SQL and adds what it does; it is placed where it stands in the file, or at the call where it was put together. */
export function emitSql(run: Run, node: SyntaxNode, sql: Extract<Value, { kind: 'string' }>): void {
  // Only what stands in the migration has parts.
  const { path, text } = run.migration;
  const stretch = sql.parts
    ? embeddedSql(path, text, sql.parts)
    : { path, text: sql.text, start: 0, end: sql.text.length };
  const reading = readSql(stretch, run.database);
  const around = spanOf(run, node);
  for (const operation of reading.operations) {
    const place = { span: sql.parts ? operation.span : around, statement: run.statements + operation.statement };
    const isPartial = operation.kind === 'opaque' && isComputed(sql.text);
    const reason = 'parts of the SQL are put together at run time';
    run.operations.push(marked(run, isPartial ? { kind: 'opaque', reason, ...place } : { ...operation, ...place }));
  }
  run.statements += reading.statements;
}

/** The place of a node in the migration, or of what leads from there to another file. */
export function spanOf({ migration, calledAt }: Run, node: SyntaxNode): Span {
  const { start, end } = calledAt ?? node;
  return createLocator(migration.path, migration.text)(start, end);
}

function marked(run: Run, operation: Operation): Operation {
  const looped = run.looped && (operation.kind === 'updateRows' || operation.kind === 'deleteRows');
  return {
    ...operation,
    ...(looped ? { looped: true as const } : {}),
    ...(run.conditional ? { conditional: true as const } : {}),
  };
}

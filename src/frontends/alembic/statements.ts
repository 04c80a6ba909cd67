/** Runs through statements in their order: branches, loops and blocks, followed where what they depend on is known. */
import { importsOf } from '../syntax/python-module.ts';
import { noteStop, readHandled, stoppable } from '../syntax/stopped-loop.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { assign } from './assign.ts';
import { bind, evaluate, isAffordable, isTrue } from './evaluate.ts';
import { findConstant } from './imported.ts';
import type { Run } from './run.ts';
import { unknown, type Scope, type Value } from './value.ts';
import { enterBlock } from './with-block.ts';

/** How a body ends: on to the next statement, or out of the loop, function or migration. */
export type Ending = { kind: 'next' | 'continue' | 'break' | 'return' | 'raise'; value?: Value };

const goesOn: Ending = { kind: 'next' };

/** Runs the body of a function or module; what it gives is not known where it may have been left before. */
export function runBody(run: Run, body: SyntaxNode, scope: Scope): Ending {
  const { conditional, mayHaveReturned } = run;
  run.mayHaveReturned = false;
  const ending = runBlock(run, body, scope);
  const isSure = !run.mayHaveReturned;
  run.conditional = conditional;
  run.mayHaveReturned = mayHaveReturned;
  return isSure ? ending : { kind: ending.kind, value: unknown };
}

/** After a branch that may leave, what follows is conditional until the loop or function ends. */
function runBlock(run: Run, block: SyntaxNode, scope: Scope): Ending {
  for (const statement of namedChildren(block)) {
    const ending = runStatement(run, statement, scope);
    if (ending.kind !== 'next') return ending;
  }
  return goesOn;
}

function runStatement(run: Run, statement: SyntaxNode, scope: Scope): Ending {
  if (!isAffordable(run, statement)) return { kind: 'raise' };
  switch (statement.type) {
    case 'expression_statement':
      for (const child of namedChildren(statement)) assignOrEvaluate(run, child, scope);
      return goesOn;
    case 'if_statement':
      return runIf(run, statement, scope);
    case 'for_statement':
      return runFor(run, statement, scope);
    case 'while_statement':
      return runWhile(run, statement, scope);
    case 'with_statement':
      return runWith(run, statement, scope);
    case 'try_statement':
      return runTry(run, statement, scope);
    case 'match_statement':
      return runMatch(run, statement, scope);
    case 'function_definition':
    case 'class_definition':
    case 'decorated_definition':
      define(run, statement, scope);
      return goesOn;
    case 'import_statement':
    case 'import_from_statement':
      for (const [name, path] of importsOf(statement, run.module.text))
        scope.names.set(name, findConstant(run, path, statement) ?? { kind: 'name', path });
      return goesOn;
    case 'return_statement': {
      const [given] = namedChildren(statement);
      return { kind: 'return', value: given ? evaluate(run, given, scope) : { kind: 'none' } };
    }
    case 'raise_statement':
      if (run.looped) noteStop(run.stops, textOf(statement, run.module.text));
      return { kind: 'raise' };
    case 'assert_statement':
      if (run.looped) noteStop(run.stops, 'assert');
      return goesOn;
    case 'break_statement':
      return { kind: 'break' };
    case 'continue_statement':
      return { kind: 'continue' };
  }
  return goesOn;
}

function assignOrEvaluate(run: Run, node: SyntaxNode, scope: Scope): void {
  if (node.type === 'assignment' || node.type === 'augmented_assignment') assign(run, node, scope);
  else evaluate(run, node.type === 'yield' ? (namedChildren(node)[0] ?? node) : node, scope);
}

/** Gives the names of functions and classes of the file or of a function. */
export function define(run: Run, statement: SyntaxNode, scope: Scope): void {
  const definition = childOf(statement, 'definition') ?? statement;
  const name = childOf(definition, 'name');
  if (!name) return;
  const kind = definition.type === 'class_definition' ? ('class' as const) : ('function' as const);
  scope.names.set(textOf(name, run.module.text), { kind, name: textOf(name, run.module.text), definition, scope });
}

type Branch = { condition?: SyntaxNode; body: SyntaxNode };

function runIf(run: Run, statement: SyntaxNode, scope: Scope): Ending {
  const branches = branchesOf(statement);
  const open: SyntaxNode[] = [];
  for (const { condition, body } of branches) {
    const holds = condition ? isTrue(evaluate(run, condition, scope)) : true;
    if (holds === false) continue;
    if (holds === true && open.length === 0) return runBlock(run, body, scope);
    open.push(body);
    if (holds === true) break;
  }
  return runPossible(run, open, scope);
}

function branchesOf(statement: SyntaxNode): Branch[] {
  const branches: Branch[] = [];
  for (const part of [statement, ...namedChildren(statement)]) {
    const body = childOf(part, 'consequence') ?? (part.type === 'else_clause' ? childOf(part, 'body') : undefined);
    const condition = childOf(part, 'condition');
    if (body) branches.push(condition ? { condition, body } : { body });
  }
  return branches;
}

/** Bodies of which one runs, or none: all are read, and names that they give different values are unknown after them. */
function runPossible(run: Run, bodies: readonly SyntaxNode[], scope: Scope): Ending {
  const around = run.conditional;
  const before = new Map(scope.names);
  const after: Map<string, Value>[] = [];
  const left: Ending[] = [];
  for (const body of bodies) {
    restore(scope, before);
    run.conditional = true;
    const ending = runBlock(run, body, scope);
    if (ending.kind === 'next') after.push(new Map(scope.names));
    else left.push(ending);
  }
  run.conditional = around;
  merge(scope, before, after);
  const leaves = left.some((ending) => ending.kind !== 'raise');
  if (leaves) run.conditional = true;
  if (left.some((ending) => ending.kind === 'return')) run.mayHaveReturned = true;
  return goesOn;
}

function restore(scope: Scope, names: ReadonlyMap<string, Value>): void {
  scope.names.clear();
  for (const [name, value] of names) scope.names.set(name, value);
}

function merge(scope: Scope, before: ReadonlyMap<string, Value>, after: readonly Map<string, Value>[]): void {
  restore(scope, before);
  for (const names of after) {
    for (const [name, value] of names) {
      const known = before.get(name);
      if (known === value) continue;
      const isTaken = known === undefined && !scope.names.has(name);
      scope.names.set(name, isTaken || isHost(value) ? value : unknown);
    }
  }
}

/** A connection is one, whichever branch made it. */
function isHost(value: Value): boolean {
  return value.kind === 'connection' || value.kind === 'session';
}

/** A list is gone through item by item while it is known and short. */
const mostRounds = 300;

function runFor(run: Run, statement: SyntaxNode, scope: Scope): Ending {
  const left = childOf(statement, 'left');
  const right = childOf(statement, 'right');
  const body = childOf(statement, 'body');
  if (!left || !right || !body) return goesOn;
  const over = entriesOf(evaluate(run, right, scope));
  if (over.kind !== 'list' || over.open || over.items.length > mostRounds) {
    bind(run, left, itemOf(over), scope);
    return runRound(run, body, scope, { isCertain: false });
  }
  for (const item of over.items) {
    bind(run, left, item, scope);
    const ending = runLoopBody(run, body, scope);
    if (ending.kind === 'break') break;
    if (ending.kind === 'return' || ending.kind === 'raise') return ending;
  }
  return goesOn;
}

/** `for key in {…}` goes over the keys. */
function entriesOf(value: Value): Value {
  if (value.kind !== 'dictionary' || value.open) return value;
  return { kind: 'list', items: value.entries.map(([key]) => key) };
}

function itemOf(value: Value): Value {
  if (value.kind === 'query')
    return value.table === undefined ? { kind: 'rows' } : { kind: 'rows', table: value.table };
  if (value.kind === 'rows' || value.kind === 'unknown') return value;
  return unknown;
}

function runLoopBody(run: Run, body: SyntaxNode, scope: Scope): Ending {
  const around = run.conditional;
  const ending = runBlock(run, body, scope);
  run.conditional = around || run.mayHaveReturned;
  return ending;
}

/** One round stands for all of a loop whose number of rounds is not known; there may be none. */
function runRound(run: Run, body: SyntaxNode, scope: Scope, { isCertain }: { isCertain: boolean }): Ending {
  const around = { conditional: run.conditional, looped: run.looped };
  if (!isCertain) run.conditional = true;
  run.looped = true;
  const ending = stoppable(run.stops, run.operations, around.looped, () => runBlock(run, body, scope));
  run.conditional = around.conditional || run.mayHaveReturned || ending.kind === 'return';
  run.looped = around.looped;
  return goesOn;
}

/** The condition runs once at least, and again after each round. */
function runWhile(run: Run, statement: SyntaxNode, scope: Scope): Ending {
  const body = childOf(statement, 'body');
  const condition = childOf(statement, 'condition');
  const { looped } = run;
  run.looped = true;
  const holds = condition && isTrue(evaluate(run, condition, scope));
  run.looped = looped;
  if (!body || holds === false) return goesOn;
  return runRound(run, body, scope, { isCertain: holds === true });
}

function runWith(run: Run, statement: SyntaxNode, scope: Scope): Ending {
  const clause = namedChildren(statement).find((child) => child.type === 'with_clause');
  const body = childOf(statement, 'body');
  const leave: (() => void)[] = [];
  for (const item of clause ? namedChildren(clause) : []) {
    const value = childOf(item, 'value') ?? item;
    const target = value.type === 'as_pattern' ? childOf(value, 'alias') : undefined;
    const expression = value.type === 'as_pattern' ? namedChildren(value)[0] : value;
    if (!expression) continue;
    const block = enterBlock(run, expression, evaluate(run, expression, scope));
    if (target) bind(run, target, block.value, scope);
    leave.push(block.leave);
  }
  const ending = body ? runBlock(run, body, scope) : goesOn;
  for (const each of leave.reverse()) each();
  return ending;
}

/** What stands behind `except` runs when something fails; what stands behind `try` may then have run in part. */
function runTry(run: Run, statement: SyntaxNode, scope: Scope): Ending {
  const body = childOf(statement, 'body');
  const handlers = namedChildren(statement).filter((child) => child.type.startsWith('except'));
  const last = namedChildren(statement).filter((child) => /^(else|finally)_clause$/.test(child.type));
  const ending = body ? readHandled(run.stops, handlers.length > 0, () => runBlock(run, body, scope)) : goesOn;
  const bodies = handlers.flatMap((handler) => namedChildren(handler).filter((child) => child.type === 'block'));
  const handled = runPossible(run, bodies, scope);
  for (const clause of last) {
    const block = namedChildren(clause).find((child) => child.type === 'block');
    if (block && (clause.type === 'finally_clause' || ending.kind === 'next')) runBlock(run, block, scope);
  }
  return ending.kind === 'next' || handlers.length > 0 ? handled : ending;
}

function runMatch(run: Run, statement: SyntaxNode, scope: Scope): Ending {
  const bodies: SyntaxNode[] = [];
  for (const block of namedChildren(statement)) {
    for (const each of [block, ...namedChildren(block)]) {
      const body = each.type === 'case_clause' ? childOf(each, 'consequence') : undefined;
      if (body) bodies.push(body);
    }
  }
  return runPossible(run, bodies, scope);
}

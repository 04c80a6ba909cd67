/** What changes rows beside migrations: tasks of gems, and scripts that a runner of the project's own loads. */
import { notRecognised } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Reading, Source, SourceFile } from '../frontend.ts';
import { namedChildren, type SyntaxNode } from '../syntax/tree.ts';
import { bind } from './assign.ts';
import { callOf, parametersOf, statementsOf } from './call.ts';
import { evaluateBlock, evaluateBody, leaving } from './evaluate.ts';
import { programOf, type Program } from './program.ts';
import { emitOpaque, inLoop, scopeIn, type Run } from './run.ts';
import { commentsOf, runOf } from './start.ts';
import { unknown, type Value } from './value.ts';

/** maintenance_tasks: `process` runs once for each of what `collection` picks, outside any transaction. */
export function readTask(source: Source, file: SourceFile, root: SyntaxNode): Reading {
  const program = programOf(root, file.text, (superclass) => superclass.includes('Task'));
  const run = { ...runOf(source, file, root, program, 'up'), isOutsideTransaction: true };
  const collection = program.methods.get('collection');
  const process = program.methods.get('process');
  if (!process) emitOpaque(run, notRecognised, { start: 0, end: 1 });
  const scope = scopeIn(run, 'method');
  const over = collection ? evaluateBody(run, statementsOf(collection), scope, true) : unknown;
  if (process) inLoop(run, () => followProcess(run, process, over));
  return {
    transaction: 'none',
    up: run.operations,
    down: { kind: 'unsupported' },
    statements: run.statements,
    comments: commentsOf(run, root),
    // https://github.com/Shopify/maintenance_tasks#running-a-task
    startedByHand: true,
  };
}

function followProcess(run: Run, process: SyntaxNode, over: Value): void {
  const scope = scopeIn(run, 'method');
  const model = over.kind === 'rows' ? over.model : over.kind === 'model' ? over : undefined;
  const isBatch = over.kind === 'rows' && over.limited === true;
  const element: Value = isBatch ? over : { kind: 'row', model, isNew: false, columns: new Set() };
  bind(run, parametersOf(process), [element], scope);
  leaving(run, scope, () => evaluateBody(run, statementsOf(process), scope));
}

/** after_party: the block of the task, outside any transaction. */
export function readDeployment(source: Source, file: SourceFile, root: SyntaxNode): Reading {
  const program = programOf(root, file.text, () => false);
  const run = { ...runOf(source, file, root, program, 'up'), isOutsideTransaction: true };
  const block = findTaskBlock(root, file.text);
  if (block) evaluateBlock(run, block, scopeIn(run, 'method'), []);
  else emitOpaque(run, 'nothing in this file was recognised as a task', { start: 0, end: 1 });
  return {
    transaction: 'none',
    up: run.operations.filter((operation) => !isBookkeeping(operation)),
    down: { kind: 'unsupported' },
    statements: run.statements,
    comments: commentsOf(run, root),
  };
}

function findTaskBlock(node: SyntaxNode, text: string): SyntaxNode | undefined {
  for (const child of namedChildren(node)) {
    const call = child.type === 'call' ? callOf(child, text) : undefined;
    if (call?.name === 'task' && call.block) return call.block;
    const found = findTaskBlock(child, text);
    if (found) return found;
  }
  return undefined;
}

/** The line that every such task ends with, by which the gem notes that it ran. */
function isBookkeeping(operation: Operation): boolean {
  if (operation.kind === 'runCode') return operation.code.startsWith('AfterParty::');
  return operation.kind === 'insertRows' && operation.table === 'after_party_task_records';
}

/** A script beside data migrations, which a runner of the project's own loads: it begins with something else than a class. */
export function isDataScript({ path, text }: SourceFile, root: SyntaxNode): boolean {
  const isAmongData = /\/db\/(\w+_)?data(_\w+)?\//.test(`/${path}`);
  const says = namedChildren(root).some(({ type }) => type !== 'comment' && type !== 'class' && type !== 'module');
  return isAmongData && says && !text.includes('Sequel.migration');
}

/** All of it runs; in which transaction only the runner knows. */
export function readDataScript(source: Source, file: SourceFile, root: SyntaxNode, program: Program): Reading {
  const run = runOf(source, file, root, program, 'up');
  const scope = scopeIn(run, 'method');
  const statements = namedChildren(root).filter(
    ({ type }) => type !== 'class' && type !== 'module' && type !== 'method',
  );
  leaving(run, scope, () => evaluateBody(run, statements, scope));
  return {
    transaction: 'unknown',
    up: run.operations,
    down: { kind: 'unsupported' },
    statements: run.statements,
    comments: commentsOf(run, root),
  };
}

/** Reads a revision: its chain, both directions, and how Alembic runs it. */
import { notRecognised, type Comment, type Down, type Links, type Transaction } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Reading, Source, SourceFile } from '../frontend.ts';
import { findAround } from '../paths.ts';
import { createLocator } from '../sql/text.ts';
import { openLibrary, type Library } from '../syntax/python-import.ts';
import { readModule, type PythonModule } from '../syntax/python-module.ts';
import { childOf, namedChildren, textOf, type SyntaxNode, type TreeParser } from '../syntax/tree.ts';
import { evaluate } from './evaluate.ts';
import { moduleScope } from './module-scope.ts';
import { startRun, type Run } from './run.ts';
import { runBody, type Ending } from './statements.ts';
import { givenTables, givenTester } from './table.ts';
import { itemsOf, textOfValue, type Scope, type Value } from './value.ts';

let parser: TreeParser | undefined;

/** Keeps the parser of Python for the readings that follow. */
export function loadPython(loaded: TreeParser): void {
  parser = loaded;
}

/** Reads one revision file. */
export function readAlembic(source: Source): Reading {
  const file = source.files.up;
  if (!file || !parser) throw new Error('a revision is read from its file, once the parser of Python is loaded');
  if (file.text.length > longestFile) return tooLong(file);
  const module = readModule(file.path, file.text, parser);
  const library = openLibrary(source.project.textOf, parser);
  const context: Context = { module, source, library };
  const scope = moduleScope(startRun(module, source.database, library));
  const transaction = transactionOf(source, parser);
  const isOwn = configured('transaction_per_migration', source, parser) === true;
  const up = readDirection(context, scope, 'upgrade', transaction);
  const upgrade = module.functions.get('upgrade');
  const chain = chainOf(context, scope);
  const isMerge = chain.parents.length > 1 && up.run.operations.length === 0;
  const missing = upgrade ? [] : [unreadOperation(file, notRecognised)];
  return {
    transaction,
    up: [...missing, ...up.run.operations],
    down: downOf(file, context, scope, transaction),
    statements: up.run.statements,
    comments: commentsOf(module),
    ...(isMerge ? { deliberatelyEmpty: true as const } : {}),
    ...(isOwn ? { ownTransaction: true as const } : {}),
    ...chain,
  };
}

/** Ten times the longest that is known, which carries its data with it. */
const longestFile = 2_000_000;

function tooLong(file: SourceFile): Reading {
  const up = [unreadOperation(file, 'the file is too long to be read')];
  return { transaction: 'unknown', up, down: { kind: 'missing' }, statements: 1, comments: [] };
}

type Context = { module: PythonModule; source: Source; library: Library };

type Direction = { run: Run; ending: Ending };

function readDirection(
  { module, source, library }: Context,
  scope: Scope,
  name: string,
  transaction: Transaction,
): Direction {
  const run = startRun(module, source.database, library);
  run.isWrapped = transaction === 'wrapped';
  const definition = module.functions.get(name);
  const body = definition && childOf(definition, 'body');
  if (!definition || !body) return { run, ending: { kind: 'next' } };
  const inner: Scope = { names: givenParameters(definition, module.text), around: scope };
  run.followed.push(definition);
  return { run, ending: runBody(run, body, inner) };
}

/** `def upgrade(op, tables, tester)`: an env.py may hand over the operations and the tables. */
function givenParameters(definition: SyntaxNode, text: string): Map<string, Value> {
  const names = new Map<string, Value>();
  const parameters = childOf(definition, 'parameters');
  for (const parameter of parameters ? namedChildren(parameters) : []) {
    const name = textOf(childOf(parameter, 'name') ?? parameter, text);
    if (name === 'op') names.set(name, { kind: 'name', path: 'alembic.op' });
    else if (name === 'tables') names.set(name, { kind: 'name', path: givenTables });
    else if (name === 'tester') names.set(name, { kind: 'name', path: givenTester });
  }
  return names;
}

function chainOf({ module, source, library }: Context, scope: Scope): Links & { parents: string[] } {
  const run = startRun(module, source.database, library);
  const valueOf = (name: string): Value | undefined => {
    const node = module.assigned.get(name)?.at(-1);
    return node && evaluate(run, node, scope);
  };
  const textsOf = (name: string): string[] => {
    const value = valueOf(name);
    return (itemsOf(value) ?? [value]).flatMap((each) => textOfValue(each) ?? []);
  };
  const revision = textOfValue(valueOf('revision'));
  const needs = textsOf('depends_on');
  return {
    ...(revision === undefined ? {} : { revision }),
    parents: textsOf('down_revision'),
    ...(needs.length === 0 ? {} : { needs }),
    ...(textsOf('branch_labels').length === 0 ? {} : { opensBranch: true as const }),
  };
}

function downOf(file: SourceFile, context: Context, scope: Scope, transaction: Transaction): Down {
  if (!context.module.functions.has('downgrade')) return { kind: 'missing' };
  const { run, ending } = readDirection(context, scope, 'downgrade', transaction);
  if (ending.kind === 'raise' && run.operations.length === 0)
    return { kind: 'irreversible', reason: 'its downgrade raises an error' };
  if (run.operations.length === 0) return { kind: 'empty', path: file.path };
  return { kind: 'written', path: file.path, operations: run.operations };
}

/**
 * All revisions of one `alembic upgrade` share a transaction where DDL can be taken back, or have one each; MySQL and SQLite
 * are run statement by statement: https://alembic.sqlalchemy.org/en/latest/api/runtime.html (transactional_ddl, transaction_per_migration).
 */
function transactionOf(source: Source, parse: TreeParser): Transaction {
  const { database } = source;
  const given = configured('transactional_ddl', source, parse);
  if (given !== undefined) return given ? 'wrapped' : 'none';
  if (database === 'unknown') return 'unknown';
  return database === 'postgres' || database === 'sqlserver' ? 'wrapped' : 'none';
}

/** What `context.configure(…)` of env.py says of this; undefined where it says nothing, or what cannot be known here. */
function configured(option: string, { files, project }: Source, parse: TreeParser): boolean | undefined {
  const environment = findAround(files.up?.path ?? '', 'env.py', project.paths);
  const text = environment && project.textOf(environment);
  // Most say nothing of it, and need not be parsed.
  if (!text?.includes(option)) return undefined;
  const waiting = [parse(text)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const name = node.type === 'keyword_argument' ? childOf(node, 'name') : undefined;
    const value = childOf(node, 'value');
    if (name && value && textOf(name, text) === option && /^(true|false)$/.test(value.type))
      return value.type === 'true';
    for (const child of node.children) waiting.push(child);
  }
  return undefined;
}

function unreadOperation(file: SourceFile, reason: string): Operation {
  const span = createLocator(file.path, file.text)(0, 1);
  return { kind: 'opaque', reason, span, statement: 1 };
}

function commentsOf(module: PythonModule): Comment[] {
  const comments: Comment[] = [];
  const locate = createLocator(module.path, module.text);
  const waiting = [module.root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'comment') comments.push({ text: textOf(node, module.text), span: locate(node.start, node.end) });
    for (const child of node.children) waiting.push(child);
  }
  return comments.sort((one, other) => one.span.startLine - other.span.startLine);
}

/** Reads a file of Rails: both directions of a migration, a task over rows, or a whole schema. */
import { notRecognised, type Comment, type Down, type Transaction } from '../../operations/migration.ts';
import type { Reading, Source, SourceFile } from '../frontend.ts';
import { readSql } from '../sql/read-sql.ts';
import { createLocator, wholeFile } from '../sql/text.ts';
import { childOf, findCut, namedChildren, textOf, type SyntaxNode, type TreeParser } from '../syntax/tree.ts';
import { callOf, statementsOf } from './call.ts';
import { isDataScript, readDataScript, readDeployment, readTask } from './data-tasks.ts';
import { evaluate, evaluateBlock, evaluateBody, leaving } from './evaluate.ts';
import { isSchemaFile, placeOf } from './places.ts';
import { programOf, type Program } from './program.ts';
import { emitOpaque, scopeIn, type Run } from './run.ts';
import { commentsOf, runOf } from './start.ts';

let parser: TreeParser | undefined;

/** Keeps the parser that is loaded, since reading cannot wait. */
export function keepParser(loaded: TreeParser): void {
  parser = loaded;
}

/** More text than this is no migration, and would be followed for too long. */
const longest = 1_000_000;

/** Reads one file in both directions. */
export function readRails(source: Source): Reading {
  const file = source.files.up;
  if (!file) return unreadable('', 'the migration was not found');
  if (file.path.endsWith('.sql')) return readStructure(source, file);
  if (!parser) throw new Error('the grammar of Ruby is not loaded');
  if (file.text.length > longest) return unreadable(file.path, 'it is too long for a migration');
  const root = parser(file.text);
  const reading = readPlace(source, file, root);
  const cut = findCut(root);
  return cut ? withCut(reading, file, cut) : reading;
}

/** What is nested too deeply was not seen, and may do anything. */
function withCut(reading: Reading, file: SourceFile, cut: SyntaxNode): Reading {
  const span = createLocator(file.path, file.text)(cut.start, cut.end);
  const statements = reading.statements + 1;
  const reason = 'it is nested too deeply to be followed';
  return { ...reading, statements, up: [...reading.up, { kind: 'opaque', reason, span, statement: statements }] };
}

function readPlace(source: Source, file: SourceFile, root: SyntaxNode): Reading {
  if (isSchemaFile(file.path)) return readSchema(source, file, root);
  switch (placeOf(file.path)?.kind) {
    case 'maintenance':
      return readTask(source, file, root);
    case 'deployment':
      return readDeployment(source, file, root);
    default:
      return readClass(source, file, root);
  }
}

function unreadable(path: string, reason: string): Reading {
  const span = createLocator(path, ' ')(0, 1);
  return {
    transaction: 'unknown',
    up: [{ kind: 'opaque', reason, span, statement: 1 }],
    down: { kind: 'missing' },
    statements: 1,
    comments: [],
  };
}

function readClass(source: Source, file: SourceFile, root: SyntaxNode): Reading {
  const program = programOf(root, file.text, (superclass) => /\bMigration\b|Migration$|Migration\[/.test(superclass));
  const up = program.methods.get('change') ?? program.methods.get('up');
  const down = program.methods.get('down');
  if (!program.migration && !up && isDataScript(file, root)) return readDataScript(source, file, root, program);
  const transaction = transactionOf(source, program, file.text);
  const start = (direction: 'up' | 'down'): Run => ({
    ...runOf(source, file, root, program, direction),
    isOutsideTransaction: transaction === 'none',
  });
  const run = start('up');
  if (!program.migration || (!up && !down)) {
    const reason = file.text.includes('Sequel.migration') ? 'migrations of Sequel are not read' : notRecognised;
    emitOpaque(run, reason, program.migration ?? { start: 0, end: Math.max(1, file.text.trimEnd().length) });
  }
  readMacros(run);
  run.mustReverse = program.methods.has('change');
  if (up) followDirection(run, up);
  const operations = run.operations;
  return {
    transaction,
    up: operations,
    down: readDown(source, start('down'), run, program),
    statements: run.statements,
    comments: [...commentsOf(run, root), ...run.comments].sort(byPlace),
    // It stops whoever runs it, and is never recorded as done.
    ...(run.raised !== undefined && operations.length === 0 ? { deliberatelyEmpty: true as const } : {}),
  };
}

function byPlace(one: Comment, other: Comment): number {
  return one.span.startLine - other.span.startLine || one.span.startColumn - other.span.startColumn;
}

function followDirection(run: Run, method: SyntaxNode): void {
  const scope = scopeIn(run, 'method');
  leaving(run, scope, () => evaluateBody(run, statementsOf(method), scope));
}

/**
 * Rails opens a transaction per migration where the database can take schema changes back: not on MySQL.
 * https://github.com/rails/rails/blob/main/activerecord/lib/active_record/migration.rb: use_transaction?
 */
function transactionOf(source: Source, program: Program, text: string): Transaction {
  if (program.macros.some((macro) => callOf(macro, text).name === 'disable_ddl_transaction!')) return 'none';
  if (source.database === 'mysql' || source.database === 'mariadb') return 'none';
  return source.database === 'unknown' ? 'unknown' : 'wrapped';
}

const macros = new Set(
  (
    'disable_ddl_transaction! include extend prepend private public protected attr_accessor attr_reader attr_writer ' +
    'require require_relative milestone restrict_gitlab_migration verbose delegate private_constant module_function ' +
    'private_class_method enable_lock_retries! set_table_name using private_methods disable_statement_timeout!'
  ).split(' '),
);

/** Calls in the body of the class; one that is not known may change how all of it is run. */
function readMacros(run: Run): void {
  for (const macro of run.program.macros) {
    const { name } = callOf(macro, run.file.text);
    if (!macros.has(name)) emitOpaque(run, `\`${name}\` in the body of the class is not known here`, macro);
  }
}

function readDown(source: Source, run: Run, up: Run, program: Program): Down {
  if (program.methods.has('change')) {
    if (up.irreversible !== undefined) return { kind: 'irreversible', reason: up.irreversible };
    return { kind: 'derived' };
  }
  const method = program.methods.get('down');
  if (!method) return { kind: 'missing' };
  followDirection(run, method);
  const path = source.files.up?.path ?? '';
  if (run.operations.length > 0) return { kind: 'written', path, operations: run.operations };
  if (run.raised !== undefined) return { kind: 'irreversible', reason: `it says \`${shortened(run.raised)}\`` };
  return { kind: 'empty', path };
}

function shortened(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 120);
}

/** `db/schema.rb`: what stands in the block of `define`, in the version that is written there. */
function readSchema(source: Source, file: SourceFile, root: SyntaxNode): Reading {
  const program = programOf(root, file.text, () => false);
  const run = runOf(source, file, root, { ...program, version: schemaVersion(root, file.text) }, 'up');
  for (const statement of namedChildren(root)) {
    const call = statement.type === 'call' ? callOf(statement, file.text) : undefined;
    const scope = scopeIn(run, 'method');
    if (call?.name === 'define' && call.block) evaluateBlock(run, call.block, scope, []);
    else evaluate(run, statement, scope, true);
  }
  return {
    transaction: 'none',
    up: run.operations,
    down: { kind: 'unsupported' },
    statements: run.statements,
    comments: [],
  };
}

/** `db/structure.sql`: what the database's own dump says. */
function readStructure(source: Source, file: SourceFile): Reading {
  const { operations, comments, statements } = readSql(wholeFile(file.path, file.text), source.database);
  return { transaction: 'none', up: operations, down: { kind: 'unsupported' }, statements, comments };
}

function schemaVersion(root: SyntaxNode, text: string): number {
  for (const statement of namedChildren(root)) {
    const receiver = childOf(statement, 'receiver');
    const bracket = receiver && namedChildren(receiver).find(({ type }) => type === 'float');
    if (bracket) return Number(textOf(bracket, text));
  }
  return 5;
}

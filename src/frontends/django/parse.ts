/** Reads one Django migration: what it declares, and what Django sends to the database for it. */
import { notRecognised, type Comment, type Down, type Transaction } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Reading, Source, SourceFile } from '../frontend.ts';
import { folderOf, nameOf } from '../paths.ts';
import { createLocator } from '../sql/text.ts';
import type { SyntaxNode, TreeParser } from '../syntax/tree.ts';
import { emitAlterField } from './alter-field.ts';
import type { Declared } from './declared.ts';
import { emit, emitFrom, emitDeferred, emitNothing, emitOpaque, type Emission } from './emission.ts';
import { emitAddField, emitRemoveField, emitRenameField, emitSetDefault } from './emit-field.ts';
import { emitIndexOperation, isIndexOperation } from './emit-index.ts';
import { emitAlterModelTable, emitAlterOrder, emitCreateModel, emitDeleteModel } from './emit-model.ts';
import { emitRenameModel } from './emit-rename-model.ts';
import { inDependencyOrder, linksOf, nameWithin, readApp, stateBefore } from './history.ts';
import { readDeclared, type DeclaredFile } from './read-declared.ts';
import { emitRunPython } from './run-python.ts';
import { emitRunSql } from './run-sql.ts';
import { applyDeclared, emptyState, tableOf, type AppState } from './state.ts';

/** Longer files were not written by people. */
const longest = 2_000_000;

/** Reads a migration with the app around it. */
export function readDjango(source: Source, parse: TreeParser): Reading {
  const file = source.files.up;
  if (source.history) return readHistory(source, parse);
  if (!file) return unreadable(source.files.down?.path ?? '', 'the migration was not found');
  if (file.text.length > longest) return unreadable(file.path, `it is longer than ${longest} characters`);
  const declared = readDeclared(file.path, file.text, source.project.textOf, parse);
  const app = readApp(folderOf(file.path), file, source.project, parse);
  const state = stateBefore(app, nameWithin(file.path));
  return {
    ...readInState(source, file, declared, state),
    ...linksOf({ ...declared, name: nameWithin(file.path) }, app),
  };
}

/** Reads all migrations of an app one after the other; what they do together is all that is asked. */
function readHistory(source: Source, parse: TreeParser): Reading {
  const [first] = [...source.project.paths].filter(
    (path) => source.project.textOf(path) !== undefined && isSibling(path),
  );
  const app = readApp(folderOf(first ?? ''), undefined, source.project, parse);
  const state = emptyState(app.label, app.userModel);
  const up: Operation[] = [];
  for (const { path } of inDependencyOrder(app)) {
    const text = source.project.textOf(path) ?? '';
    const reading = readInState(source, { path, text }, readDeclared(path, text, source.project.textOf, parse), state);
    for (const operation of reading.up) up.push(operation);
  }
  // Also one that stands for others that are still there, and that is not replayed.
  const chain = [...app.siblings.values()].map((sibling) => ({ path: sibling.path, ...linksOf(sibling, app) }));
  return { transaction: 'unknown', up, down: { kind: 'derived' }, statements: 0, comments: [], chain };
}

function isSibling(path: string): boolean {
  return path.endsWith('.py') && nameOf(folderOf(path)).includes('migrations');
}

/** Reads a migration in a state, which is then as after it. */
function readInState(source: Source, file: SourceFile, declared: DeclaredFile, state: AppState): Reading {
  const { path, text } = file;
  const locate = createLocator(path, text);
  const emission: Emission = {
    database: source.database,
    path,
    text,
    locate,
    state,
    operations: [],
    deferred: [],
    statements: 0,
    irreversible: [],
  };
  const comments = commentsOf(declared.module.root, text, locate);
  if (!declared.isMigration) emitOpaque(emission, { start: 0, end: 1 }, notRecognised);
  for (const each of declared.operations) emitDeclared(emission, each, comments);
  emitDeferred(emission);
  const isEmpty = declared.isMigration && emission.operations.every((operation) => operation.kind === 'noEffect');
  return {
    transaction: transactionOf(declared, source),
    up: marked(emission.operations, declared, locate),
    down: downOf(emission),
    statements: emission.statements,
    comments,
    ...(isEmpty && isOnPurpose(declared) ? { deliberatelyEmpty: true } : {}),
  };
}

/** Wherever it stands in the list, the mark is for all of the migration. */
function marked(operations: Operation[], declared: DeclaredFile, locate: Emission['locate']): Operation[] {
  const mark = declared.operations.find(({ kind }) => kind === 'ignoreMigration');
  if (!mark) return operations;
  const line = locate(mark.start, mark.end).startLine;
  return operations.map((operation) => ({ ...operation, mutedBy: { marker: 'IgnoreMigration()', line } }));
}

/** What one operation sends, and what it makes of the state. */
function emitDeclared(emission: Emission, declared: Declared, comments: Comment[]): void {
  const { state } = emission;
  // A new table is written as the state has it.
  if (declared.kind === 'createModel') applyDeclared(state, declared);
  if (declared.kind === 'separate') return emitSeparate(emission, declared, comments);
  emitOne(emission, declared, comments);
  if (declared.kind !== 'createModel') applyDeclared(state, declared);
}

function emitOne(emission: Emission, declared: Declared, comments: Comment[]): void {
  if (isIndexOperation(declared)) return emitIndexOperation(emission, declared);
  switch (declared.kind) {
    case 'createModel':
      return emitCreateModel(emission, declared);
    case 'deleteModel':
      return emitDeleteModel(emission, declared);
    case 'renameModel':
      return emitRenameModel(emission, declared);
    case 'alterModelTable':
      return emitAlterModelTable(emission, declared);
    case 'alterOrder':
      return emitAlterOrder(emission, declared);
    case 'addField':
      return emitAddField(emission, declared);
    case 'alterField':
      return emitAlterField(emission, declared);
    case 'setDefault':
      return emitSetDefault(emission, declared);
    case 'removeField':
      return emitRemoveField(emission, declared);
    case 'renameField':
      return emitRenameField(emission, declared);
    case 'alterModelOptions':
      return emitNothing(emission, declared, 'options of a model');
    case 'comment':
      return emit(emission, declared, {
        kind: 'alterTable',
        table: tableOf(emission.state, declared.model),
        change: 'comment',
      });
    case 'object':
      return emitObject(emission, declared);
    case 'runSql':
      return emitFrom(emission, declared.scope.module, declared, (inner) => emitRunSql(inner, declared, comments));
    case 'runPython':
      return emitFrom(emission, declared.scope.module, declared, (inner) => emitRunPython(inner, declared, comments));
    case 'nothing':
      return emitNothing(emission, declared, declared.what);
    case 'ignoreMigration':
      return;
    case 'unread':
      return emitOpaque(emission, declared, declared.reason);
  }
}

/** The database gets the one list, the state the other; operations of the first are read in the state as it is. */
function emitSeparate(
  emission: Emission,
  declared: Extract<Declared, { kind: 'separate' }>,
  comments: Comment[],
): void {
  const { state } = emission;
  const conditional = declared.conditional ? { conditional: true as const } : {};
  emission.state = copyOf(state);
  for (const each of declared.database) emitDeclared(emission, { ...each, ...conditional }, comments);
  emission.state = state;
  for (const each of declared.state) applyDeclared(state, each);
  if (declared.database.length === 0) emitNothing(emission, declared, 'a change of the state alone');
}

/** What operations on the database do to the state is forgotten after them. */
function copyOf(state: AppState): AppState {
  const models = [...state.models].map(
    ([name, model]) => [name, { ...model, fields: new Map(model.fields), options: { ...model.options } }] as const,
  );
  return { ...state, models: new Map(models) };
}

function emitObject(emission: Emission, declared: Extract<Declared, { kind: 'object' }>): void {
  const { object, name, action } = declared;
  if (emission.database !== 'postgres' && emission.database !== 'unknown')
    return emitNothing(emission, declared, `the ${object} of another database`);
  const exists = object === 'extension';
  if (action === 'create')
    emit(emission, declared, { kind: 'createObject', object, name, ...(exists ? { ifNotExists: true } : {}) });
  else emit(emission, declared, { kind: 'dropObject', object, name });
}

/** https://docs.djangoproject.com/en/stable/topics/migrations/#transactions: MySQL has none for changes of the schema. */
function transactionOf({ atomic }: DeclaredFile, { database }: Source): Transaction {
  if (database === 'mysql' || database === 'mariadb' || atomic === false) return 'none';
  return database === 'unknown' || atomic === undefined ? 'unknown' : 'wrapped';
}

function downOf({ irreversible }: Emission): Down {
  const [reason] = irreversible;
  return reason === undefined ? { kind: 'derived' } : { kind: 'irreversible', reason };
}

/** Django itself writes merges of several heads without operations, and others whose operations no database sees. */
function isOnPurpose({ dependencies, replaces, hasOperations, operations }: DeclaredFile): boolean {
  return dependencies.length > 1 || replaces.length > 0 || !hasOperations || operations.length > 0;
}

function commentsOf(root: SyntaxNode, text: string, locate: Emission['locate']): Comment[] {
  const comments: Comment[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'comment')
      comments.push({ text: text.slice(node.start, node.end), span: locate(node.start, node.end) });
    for (const child of node.children) waiting.push(child);
  }
  return comments.sort((one, other) => one.span.startLine - other.span.startLine);
}

function unreadable(path: string, reason: string): Reading {
  const span = { path, startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 };
  return {
    transaction: 'unknown',
    up: [{ kind: 'opaque', reason, span, statement: 1 }],
    down: { kind: 'missing' },
    statements: 1,
    comments: [],
  };
}

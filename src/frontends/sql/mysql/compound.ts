/** Compound statements: BEGIN … END, IF, CASE, loops and handlers, taken apart into the plain statements inside. No recursion: blocks are kept on a stack. */
import { accept, fail, isDone, isName, isNext, peek, take, takeName, takeUntil, type Cursor } from '../cursor.ts';

/** A plain statement inside, and whether it runs only under a condition or over and over. */
export type Inner = { cursor: Cursor; conditional: boolean; looped: boolean };

/** The statements inside, and the local variables that are declared there, lower case. */
export type Compound = { statements: Inner[]; locals: Set<string> };

/** Moves past one statement, plain or compound. Fails where a block is never closed. */
export function takeCompound(cursor: Cursor): Compound {
  const state: State = { blocks: [], statements: [], locals: new Set(), handles: false };
  do takeStep(cursor, state);
  while (!isDone(cursor) && (state.blocks.length > 0 || state.handles));
  if (state.blocks.length > 0) throw new SyntaxError(`its ${state.blocks[0]?.kind ?? 'BEGIN'} has no END`);
  return { statements: state.statements, locals: state.locals };
}

/** True when the statement that comes next is a block and not the start of a transaction. */
export function isCompoundNext(cursor: Cursor): boolean {
  if (isNext(cursor, 'BEGIN')) return !isTransaction(cursor);
  if (isName(peek(cursor)) && isNext({ ...cursor, at: cursor.at + 1 }, ':')) return true;
  return isNext(cursor, 'IF|CASE|LOOP|WHILE|REPEAT|FOR') && !isNext(cursor, 'REPEAT', '(');
}

/** `left`: LEAVE, RETURN or SIGNAL may have ended the block, so that the rest of it runs only under a condition. */
type Block = { kind: string; label: string | undefined; left: boolean };
type State = {
  blocks: Block[];
  statements: Inner[];
  locals: Set<string>;
  /** The next statement belongs to a handler. */
  handles: boolean;
};

function takeStep(cursor: Cursor, state: State): void {
  if (accept(cursor, ';')) return;
  const label = takeLabel(cursor);
  const kind = openBlock(cursor);
  if (kind !== undefined) {
    state.blocks.push({ kind: state.handles ? 'handler' : kind, label: label?.toLowerCase(), left: false });
    state.handles = false;
    return;
  }
  if (state.blocks.length > 0 && acceptBranch(cursor)) return;
  if (isNext(cursor, 'END')) return closeBlock(cursor, state);
  if (accept(cursor, 'DECLARE')) return takeDeclaration(cursor, state);
  if (isNext(cursor, 'LEAVE|ITERATE|RETURN|SIGNAL|RESIGNAL')) return takeLeaving(cursor, state);
  if (isNext(cursor, 'OPEN|FETCH|CLOSE')) {
    takeUntil(cursor, ';');
    return;
  }
  const from = cursor.at;
  const statement = takeUntil(cursor, ';');
  if (cursor.at === from) fail(cursor, 'a statement');
  state.statements.push({ cursor: statement, ...circumstances(state) });
  state.handles = false;
}

function takeLabel(cursor: Cursor): string | undefined {
  let label: string | undefined;
  while (isNext({ ...cursor, at: cursor.at + 1 }, ':')) {
    label = takeName(cursor);
    take(cursor);
  }
  return label;
}

/** Moves past the head of a block and gives its kind. */
function openBlock(cursor: Cursor): string | undefined {
  if (isNext(cursor, 'BEGIN') && !isTransaction(cursor)) {
    take(cursor);
    accept(cursor, 'NOT', 'ATOMIC');
    return 'BEGIN';
  }
  if (accept(cursor, 'LOOP') || (!isNext(cursor, 'REPEAT', '(') && accept(cursor, 'REPEAT'))) return 'loop';
  if (isNext(cursor, 'IF')) return takeHead(cursor, 'THEN', 'IF');
  if (isNext(cursor, 'WHILE|FOR')) return takeHead(cursor, 'DO', 'loop');
  if (!accept(cursor, 'CASE')) return undefined;
  takeUntil(cursor, 'WHEN');
  return 'CASE';
}

function isTransaction(cursor: Cursor): boolean {
  return isNext(cursor, 'BEGIN', 'WORK|;') || cursor.at + 1 >= cursor.end;
}

function takeHead(cursor: Cursor, last: string, kind: string): string {
  takeUntil(cursor, last);
  if (!accept(cursor, last)) fail(cursor, last);
  return kind;
}

function acceptBranch(cursor: Cursor): boolean {
  if (accept(cursor, 'ELSE')) return true;
  if (isNext(cursor, 'ELSEIF|WHEN')) return takeHead(cursor, 'THEN', 'branch') !== '';
  if (!accept(cursor, 'UNTIL')) return false;
  takeUntil(cursor, 'END');
  return true;
}

/** END, what it ends, and its label. */
function closeBlock(cursor: Cursor, state: State): void {
  if (state.blocks.pop() === undefined) fail(cursor, 'a statement');
  take(cursor);
  accept(cursor, 'IF|CASE|LOOP|WHILE|REPEAT|FOR');
  takeUntil(cursor, ';');
  accept(cursor, ';');
}

/** DECLARE … HANDLER FOR … stands before a statement; every other declaration ends at its semicolon. */
function takeDeclaration(cursor: Cursor, state: State): void {
  if (accept(cursor, 'CONTINUE|EXIT|UNDO', 'HANDLER', 'FOR')) {
    do takeCondition(cursor);
    while (accept(cursor, ','));
    state.handles = true;
    return;
  }
  do state.locals.add(takeName(cursor).toLowerCase());
  while (accept(cursor, ','));
  takeUntil(cursor, ';');
}

function takeCondition(cursor: Cursor): void {
  if (accept(cursor, 'NOT', 'FOUND')) return;
  if (accept(cursor, 'SQLSTATE')) accept(cursor, 'VALUE');
  take(cursor);
}

/** LEAVE ends the block of its label; RETURN and SIGNAL end them all. */
function takeLeaving(cursor: Cursor, state: State): void {
  const isLabelled = isNext(cursor, 'LEAVE|ITERATE');
  take(cursor);
  const label = isLabelled && isName(peek(cursor)) ? takeName(cursor).toLowerCase() : undefined;
  takeUntil(cursor, ';');
  const ended = state.blocks.findLast((block) => block.label === label && label !== undefined) ?? state.blocks[0];
  if (ended) ended.left = true;
  state.handles = false;
}

function circumstances(state: State): { conditional: boolean; looped: boolean } {
  const conditional = state.blocks.some(
    ({ kind, left }) => left || kind === 'IF' || kind === 'CASE' || kind === 'handler',
  );
  return { conditional: conditional || state.handles, looped: state.blocks.some(({ kind }) => kind === 'loop') };
}

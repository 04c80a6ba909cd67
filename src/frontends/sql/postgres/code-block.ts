/** DO: the statements of its PL/pgSQL body are run, so they are read as if they stood in the file. */
import type { DoStmt, Node } from 'libpg-query';
import { repeated } from '../repeated.ts';
import { withoutAssigned } from '../said-again.ts';
import { wholeFile } from '../text.ts';
import { tokenize } from '../tokens.ts';
import { dynamicText } from './dynamic-sql.ts';
import { stringOf } from './names.ts';
import { parse, parseCodeBlock } from './parse.ts';
import { withRecords } from './rewrite.ts';
import { sourceOf, type Effect, type Place, type Statement, type StatementReaders } from './statement.ts';

/** The reader of DO. */
export const codeBlockReaders: StatementReaders = { DoStmt: readCodeBlock };

function readCodeBlock(body: DoStmt, statement: Statement): Effect[] {
  const language = optionOf(body, 'language') ?? 'plpgsql';
  if (language !== 'plpgsql') return [{ kind: 'opaque', reason: `it runs a block of ${language}, which is not read` }];
  const code = optionOf(body, 'as');
  // Without a body the parser ends its whole module.
  if (code === undefined) return [{ kind: 'opaque', reason: 'it is a DO without a block' }];
  const block: Block = { statement, body: bodyOf(code, statement), at: 0 };
  const start = block.body.start - statement.start;
  const parsed = parseCodeBlock(withRecords(sourceOf(statement, statement), { start, end: start + code.length }));
  if (parsed.kind === 'failed') return [{ kind: 'opaque', reason: parsed.reason }];
  const effects = readNode(parsed.block, block, {});
  return effects.length > 0 ? effects : [{ kind: 'noEffect', what: 'DO' }];
}

function optionOf(body: DoStmt, name: string): string | undefined {
  for (const node of body.args ?? [])
    if ('DefElem' in node && node.DefElem.defname === name) return stringOf(node.DefElem.arg);
  return undefined;
}

/** `body` is where the block's text stands; `at` is how far it was read. */
type Block = { statement: Statement; body: Body; at: number };

/** `verbatim` when the text in the file is the text that runs, without doubled quotes or escapes. */
type Body = { text: string; start: number; verbatim: boolean; lines: number[] };

/** How a statement of the block is reached. */
type Reach = { conditional?: true; looped?: true };

function bodyOf(text: string, statement: Statement): Body {
  const literal = statement.tokens.find((token) => token.kind === 'string');
  if (!literal) return { text, start: statement.start, verbatim: false, lines: [0] };
  const opening = literal.text.startsWith('$') ? literal.text.indexOf('$', 1) + 1 : 1;
  const start = literal.start + opening;
  return {
    text,
    start,
    verbatim: statement.text.startsWith(text, start),
    lines: lineStarts(statement.text.slice(start, literal.end)),
  };
}

/** Offsets of the lines as the parser counts them: by line feeds. They stand in the file's text, where quotes may be doubled. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Statements that decide whether what they hold is run; an exception block undoes what failed. */
const conditions = new Set(['PLpgSQL_stmt_if', 'PLpgSQL_stmt_case', 'PLpgSQL_exception_block']);
const loops = new Set([
  'PLpgSQL_stmt_loop',
  'PLpgSQL_stmt_while',
  'PLpgSQL_stmt_fori',
  'PLpgSQL_stmt_fors',
  'PLpgSQL_stmt_forc',
  'PLpgSQL_stmt_foreach_a',
  'PLpgSQL_stmt_dynfors',
]);

/** Walks the parser's JSON; whatever holds SQL is read, whichever statement it belongs to. */
function readNode(value: unknown, block: Block, reach: Reach, line = 1): Effect[] {
  if (Array.isArray(value)) return value.flatMap((item) => readNode(item, block, reach, line));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([kind, inside]) => {
    if (!isRecord(inside)) return readNode(inside, block, reach, line);
    const own = typeof inside['lineno'] === 'number' ? inside['lineno'] : line;
    if (kind === 'PLpgSQL_expr') return readExpression(inside, block, reach, own);
    const ending = endings[kind];
    if (ending) return [reached({ kind: ending, inBlock: true, ...placeOfLine(block, own) }, reach)];
    const further = {
      ...reach,
      ...(conditions.has(kind) || 'exceptions' in inside ? { conditional: true as const } : {}),
      ...(loops.has(kind) ? { looped: true as const } : {}),
    };
    const dynamic = dynamicQueryOf(kind, inside);
    if (dynamic === undefined) return readNode(inside, block, further, own);
    const { [dynamic]: query, ...rest } = inside;
    return [...readDynamic(query, block, reach, own), ...readNode(rest, block, further, own)];
  });
}

const endings: Record<string, 'commit' | 'rollback' | undefined> = {
  PLpgSQL_stmt_commit: 'commit',
  PLpgSQL_stmt_rollback: 'rollback',
};

/** The field that holds an expression whose value is run as SQL. */
function dynamicQueryOf(kind: string, inside: Record<string, unknown>): string | undefined {
  if (kind === 'PLpgSQL_stmt_dynexecute' || kind === 'PLpgSQL_stmt_dynfors') return 'query';
  return 'dynquery' in inside ? 'dynquery' : undefined;
}

/** Modes of the parser for SQL inside PL/pgSQL: 0 is a statement, 2 an expression, 3 and above an assignment. */
function readExpression(expression: Record<string, unknown>, block: Block, reach: Reach, line: number): Effect[] {
  const query = typeof expression['query'] === 'string' ? expression['query'] : '';
  const mode = expression['parseMode'] ?? 0;
  if (mode === 0) return readSql(query, block, line).map((effect) => reached(effect, reach));
  const value = mode === 2 ? query : query.slice(query.search(/:?=/)).replace(/^:?=/, '');
  const place = placeOfLine(block, line);
  return block.statement
    .readApart(`SELECT ${value}`)
    .filter(({ kind }) => kind !== 'noEffect')
    .map((effect) => reached({ ...named(effect, value), ...place }, reach));
}

/** Code is quoted as it stands in the block, without the SELECT that makes it a statement. */
function named(effect: Effect, code: string): Effect {
  return effect.kind === 'runCode' ? { ...effect, code: code.trim() } : effect;
}

function readSql(query: string, block: Block, line: number): Effect[] {
  const place = placeOf(query, block, line);
  const effects = place ? block.statement.readInside(place) : readOnLine(query, block, line);
  return effects.filter(({ kind }) => kind !== 'noEffect');
}

function readOnLine(query: string, block: Block, line: number): Effect[] {
  const place = placeOfLine(block, line);
  return block.statement.readApart(query).map((effect) => ({ ...effect, ...place }));
}

function readDynamic(expression: unknown, block: Block, reach: Reach, line: number): Effect[] {
  const inner = isRecord(expression) && isRecord(expression['PLpgSQL_expr']) ? expression['PLpgSQL_expr'] : {};
  const code = typeof inner['query'] === 'string' ? inner['query'] : '';
  const sql = textRun(code);
  const place = placeOfLine(block, line);
  const effects = sql === undefined ? [] : readOnLine(sql, block, line);
  if (sql === undefined || effects.some(({ kind }) => kind === 'opaque'))
    return [reached({ kind: 'opaque', reason: 'it runs SQL that is put together at run time', ...place }, reach)];
  return effects.filter(({ kind }) => kind !== 'noEffect').map((effect) => reached(effect, reach));
}

function textRun(expression: string): string | undefined {
  const text = `SELECT ${expression}`;
  const parsed = parse(text, 0, tokenize(wholeFile('', text), 'postgres'));
  const node: Node | undefined = parsed.kind === 'parsed' ? parsed.nodes[0] : undefined;
  const target = node && 'SelectStmt' in node ? node.SelectStmt.targetList?.[0] : undefined;
  return target && 'ResTarget' in target ? dynamicText(target.ResTarget.val) : undefined;
}

/** Where SQL of the block stands in the file: from the line that the parser names, behind what was read before. */
function placeOf(query: string, block: Block, line: number): Place | undefined {
  const { body } = block;
  if (!body.verbatim || query.trim() === '') return undefined;
  const found = body.text.indexOf(query, Math.max(block.at, offsetOfLine(body, line)));
  if (found === -1) return undefined;
  block.at = found + query.length;
  return { start: body.start + found, end: body.start + found + query.length };
}

/** The words on a line of the block. The line is right also for a body in single quotes: doubling a quote adds no line. */
function placeOfLine({ statement, body }: Block, line: number): { place?: Place } {
  const start = body.start + offsetOfLine(body, line);
  const newline = statement.text.indexOf('\n', start);
  const end = newline === -1 ? statement.end : Math.min(newline, statement.end);
  const words = statement.text.slice(start, end);
  if (words.trim() === '') return {};
  const first = start + words.length - words.trimStart().length;
  return { place: { start: first, end: first + words.trim().length } };
}

function offsetOfLine(body: Body, line: number): number {
  return body.lines[line - 1] ?? body.lines.at(-1) ?? 0;
}

/** A variable of the block looks like a column. */
function reached(read: Effect, reach: Reach): Effect {
  const effect = withoutAssigned(read);
  const conditional = reach.conditional ? { ...effect, conditional: true as const } : effect;
  return reach.looped ? repeated(conditional) : conditional;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

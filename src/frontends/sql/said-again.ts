/** What an UPDATE assigns, as far as it can be said again elsewhere: by a backfill that runs on its own. */
import type { Expression } from '../../operations/column.ts';
import { isComputedName } from '../../operations/name.ts';
import type { Assigned, Operation } from '../../operations/operation.ts';
import type { Effect } from './effect.ts';
import { wholeFile } from './text.ts';
import { tokenize, type Dialect, type Token } from './tokens.ts';

/** The assignments with their WHERE; undefined where one of them could not be read as a value of one column. */
export function assigned(
  values: readonly (readonly [column: string, value: Expression] | undefined)[],
  where: Expression | undefined,
): { assigned: Assigned } | undefined {
  const known = values.filter((each) => each !== undefined);
  if (known.length === 0 || known.length < values.length) return undefined;
  return { assigned: { values: Object.fromEntries(known), ...(where && { where }) } };
}

/** A WHERE of which a part is put in by the program. */
export const unsaid: Expression = { sql: '', functions: [], columns: [], known: false };

/** The operation without what a program or the session puts in at run time; comments would swallow what is printed behind them. */
export function sayable<Each extends Operation | Effect>(operation: Each, dialect: Dialect): Each {
  if (operation.kind !== 'updateRows' || !operation.assigned) return operation;
  const { assigned: said, ...rest } = operation;
  // What is left of the union keeps its kind.
  const bare = rest as Each;
  const values = Object.entries(said.values).flatMap(([column, value]) => {
    const plain = inOneLine(value, dialect);
    return plain ? [[column, plain] as const] : [];
  });
  if (values.length < Object.keys(said.values).length) return bare;
  const where = said.where && (inOneLine(said.where, dialect) ?? withBounds(said.where, dialect));
  return { ...bare, assigned: { values: Object.fromEntries(values), ...(where && { where }) } };
}

/** A batch is a stretch of a key; what picks rows in another way is a filter. */
function withBounds({ sql, columns }: Expression, dialect: Dialect): Expression {
  const words = tokenize(wholeFile('', sql), dialect).filter(({ kind }) => kind === 'word' || kind === 'symbol');
  const operators = words.filter(({ upper, text }) => /^[^\w\s]+$/.test(text) || comparing.has(upper));
  const isBounded = operators.every(({ upper, text }) => bounding.has(upper) || bounding.has(text));
  return isBounded ? { ...unsaid, columns: [...new Set(columns.filter((each) => !isComputedName(each)))] } : unsaid;
}

const comparing = new Set('ALL ANY CASE EXISTS IN LIKE ILIKE MOD NOT OR SELECT SIMILAR SOME'.split(' '));
const bounding = new Set('< > <= >= ( ) + - , . : ?'.split(' '));

/** The effects of code that has variables, which look like columns. */
export function withoutAssigned<Each extends Operation | Effect>(operation: Each): Each {
  if (operation.kind !== 'updateRows' || !operation.assigned) return operation;
  const { assigned: _said, ...rest } = operation;
  // What is left of the union keeps its kind.
  return rest as Each;
}

/** Undefined where it holds what is put in later, a comment, or a literal of several lines. */
function inOneLine(expression: Expression, dialect: Dialect): Expression | undefined {
  const { sql } = expression;
  const comments: Token[] = [];
  const tokens = tokenize(wholeFile('', sql), dialect, comments);
  if (tokens.length === 0 || comments.length > 0 || tokens.some(isPutIn) || /_computed|\b_c+\b/.test(sql))
    return undefined;
  const parts = tokens.map(({ start, end }, at) => {
    const before = tokens[at - 1];
    return `${before && before.end < start ? ' ' : ''}${sql.slice(start, end)}`;
  });
  return { ...expression, sql: parts.join('') };
}

function isPutIn({ kind, text }: Token): boolean {
  return kind === 'variable' || text === '?' || (kind === 'string' && /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text));
}

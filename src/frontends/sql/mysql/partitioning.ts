/** PARTITION BY: what a table is partitioned by, and its partitions. */
import type { RangeEnd, RangePart } from '../../../operations/range-parts.ts';
import {
  accept,
  isDone,
  isName,
  isNext,
  peek,
  splitAtCommas,
  take,
  takeName,
  takeParentheses,
  type Cursor,
} from '../cursor.ts';
import { literalText } from './literal.ts';

/** `partitionKey` are the columns that it names; absent where they could not be read, as `parts` are where they are not written out. */
export type Partitioning = { partitionKey?: string[]; parts?: RangePart[] };

/** Reads from behind PARTITION BY up to the end of the list of partitions. */
export function takePartitioning(cursor: Cursor): Partitioning {
  const own = takeMethod(cursor);
  acceptNumber(cursor, 'PARTITIONS');
  const sub = accept(cursor, 'SUBPARTITION', 'BY') ? takeMethod(cursor) : [];
  acceptNumber(cursor, 'SUBPARTITIONS');
  const parts = isNext(cursor, '(', 'PARTITION') ? takeParts(cursor) : undefined;
  // KEY () goes by the primary key, whatever that is.
  const partitionKey = own && sub && [...new Set([...own, ...sub])];
  return {
    ...(partitionKey && partitionKey.length > 0 ? { partitionKey } : {}),
    ...(parts ? { parts } : {}),
  };
}

/** [LINEAR] HASH (…), KEY (…), RANGE or LIST with an expression or COLUMNS: https://dev.mysql.com/doc/refman/8.4/en/create-table.html#create-table-partitioning */
function takeMethod(cursor: Cursor): string[] | undefined {
  accept(cursor, 'LINEAR');
  if (!accept(cursor, 'HASH|KEY|RANGE|LIST')) return undefined;
  if (accept(cursor, 'ALGORITHM', '=')) take(cursor);
  accept(cursor, 'COLUMNS');
  if (!isNext(cursor, '(')) return undefined;
  const inside = takeParentheses(cursor);
  if (isDone(inside)) return [];
  return columnsIn(inside);
}

/** What is no call and no operator is a column: of words few may stand here. */
function columnsIn(inside: Cursor): string[] | undefined {
  const columns: string[] = [];
  for (; !isDone(inside); take(inside)) {
    const token = peek(inside);
    if (isNext(inside, 'FROM|INTERVAL|CASE')) return undefined;
    const isCall = peek(inside, 1)?.text === '(';
    if (!isName(token) || isCall || isNext(inside, 'DIV|MOD')) continue;
    if (token) columns.push(token.text);
  }
  return columns;
}

function acceptNumber(cursor: Cursor, word: string): void {
  if (accept(cursor, word)) take(cursor);
}

/** The partitions in parentheses. */
export function takeParts(cursor: Cursor): RangePart[] {
  return splitAtCommas(takeParentheses(cursor)).flatMap((part) => {
    accept(part, 'PARTITION');
    const name = takeName(part);
    if (!accept(part, 'VALUES', 'LESS', 'THAN')) return [{ name }];
    const below = accept(part, 'MAXVALUE') ? 'max' : isNext(part, '(') ? endIn(takeParentheses(part)) : undefined;
    return [{ name, ...(below ? { below } : {}) }];
  });
}

/** One value, or one function of a value. */
function endIn(inside: Cursor): RangeEnd | undefined {
  if (accept(inside, 'MAXVALUE')) return isDone(inside) ? 'max' : undefined;
  const call = peek(inside, 1)?.text === '(' ? take(inside) : undefined;
  const from = call ? takeParentheses(inside) : inside;
  const token = take(from);
  if (!token || !isDone(from) || !isDone(inside)) return undefined;
  const by = call?.upper ?? '';
  if (token.kind === 'string') return { by, value: literalText(token) };
  return token.kind === 'number' ? { by, value: Number(token.text) } : undefined;
}

/** Types of SQL Server. */
import type { DataType } from '../../../operations/column.ts';
import { accept, isNext, peek, splitAtCommas, take, takeName, takeParentheses, type Cursor } from '../cursor.ts';
import { joinName, takeParts } from './names.ts';

/** Moves past a type with its arguments; synonyms are resolved as the server does. Collation is not part of it. */
export function takeType(cursor: Cursor): DataType {
  const name = takeTypeName(cursor);
  const rows = isNext(cursor, '(') ? splitAtCommas(takeParentheses(cursor)) : [];
  return { name, arguments: rows.map(argument) };
}

function takeTypeName(cursor: Cursor): string {
  const national = accept(cursor, 'NATIONAL') ? 'n' : '';
  if (accept(cursor, 'DOUBLE', 'PRECISION')) return 'float';
  if (isNext(cursor, 'CHARACTER|CHAR', 'VARYING')) {
    cursor.at += 2;
    return `${national}varchar`;
  }
  if (national) {
    const isText = isNext(cursor, 'TEXT');
    takeName(cursor);
    return isText ? 'ntext' : 'nchar';
  }
  const parts = takeParts(cursor);
  if (parts[0]?.toLowerCase() === 'sys') parts.shift();
  const name = joinName(parts).toLowerCase();
  return synonyms[name] ?? name;
}

/** https://learn.microsoft.com/sql/t-sql/data-types/data-type-synonyms-transact-sql */
const synonyms: Partial<Record<string, string>> = {
  binary_varying: 'varbinary',
  character: 'char',
  dec: 'decimal',
  integer: 'int',
  timestamp: 'rowversion',
};

function argument(part: Cursor): string | number {
  const token = peek(part);
  if (token?.kind === 'number') return Number(token.text);
  take(part);
  return token?.text.toLowerCase() ?? '';
}

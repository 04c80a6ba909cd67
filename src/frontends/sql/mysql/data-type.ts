/** Column types, by the names that the server gives them. */
import type { DataType } from '../../../operations/column.ts';
import { accept, isNext, peek, splitAtCommas, take, takeName, takeParentheses, type Cursor } from '../cursor.ts';
import type { Token } from '../tokens.ts';
import { when } from './effect.ts';
import { literalText } from './literal.ts';

/** https://dev.mysql.com/doc/refman/8.4/en/other-vendor-data-types.html and the synonyms on the pages of each type. */
const synonyms: Record<string, string> = {
  integer: 'int',
  int1: 'tinyint',
  int2: 'smallint',
  int3: 'mediumint',
  middleint: 'mediumint',
  int4: 'int',
  int8: 'bigint',
  dec: 'decimal',
  numeric: 'decimal',
  fixed: 'decimal',
  float4: 'float',
  float8: 'double',
  real: 'double',
  character: 'char',
  nchar: 'char',
  nvarchar: 'varchar',
  varcharacter: 'varchar',
  long: 'mediumtext',
};

/** Moves past a type with its length, sign, character set and collation. A character set without a collation stands for its default one, by its own name. */
export function takeDataType(cursor: Cursor): DataType {
  const written = takeTypeName(cursor);
  const truth = written === 'bool' || written === 'boolean';
  const serial = written === 'serial';
  const parts = isNext(cursor, '(') ? splitAtCommas(takeParentheses(cursor)).map((part) => argument(take(part))) : [];
  const unsigned = takeSign(cursor) || serial;
  const collation = takeCollation(cursor);
  return {
    name: truth ? 'tinyint' : serial ? 'bigint' : (synonyms[written] ?? written),
    arguments: truth ? [1] : parts,
    ...when(unsigned, { unsigned: true }),
    ...(collation && { collation }),
  };
}

/** Moves past CHARACTER SET and COLLATE when they come next; the collation wins. */
export function takeCollation(cursor: Cursor): string | undefined {
  let characterSet: string | undefined;
  let collation: string | undefined;
  for (;;) {
    if (accept(cursor, 'CHARACTER|CHAR', 'SET') || accept(cursor, 'CHARSET')) characterSet = takeSetName(cursor);
    else if (accept(cursor, 'COLLATE')) collation = takeSetName(cursor);
    else if (accept(cursor, 'ASCII')) characterSet = 'latin1';
    else if (accept(cursor, 'UNICODE')) characterSet = 'ucs2';
    else if (accept(cursor, 'BINARY')) collation = 'binary';
    else return collation ?? characterSet;
  }
}

function takeTypeName(cursor: Cursor): string {
  accept(cursor, 'NATIONAL');
  const name = takeName(cursor).toLowerCase();
  if (name === 'double') accept(cursor, 'PRECISION');
  if (name === 'long' && accept(cursor, 'VARBINARY')) return 'mediumblob';
  if (name === 'long') accept(cursor, 'VARCHAR');
  if ((name === 'char' || name === 'character' || name === 'nchar') && accept(cursor, 'VARYING|VARCHAR|VARCHARACTER'))
    return 'varchar';
  return name;
}

function takeSign(cursor: Cursor): boolean {
  let unsigned = false;
  while (isNext(cursor, 'UNSIGNED|ZEROFILL|SIGNED')) unsigned = take(cursor)?.upper !== 'SIGNED' || unsigned;
  return unsigned;
}

function takeSetName(cursor: Cursor): string {
  accept(cursor, '=');
  const token = peek(cursor);
  if (token?.kind === 'string') cursor.at++;
  return (token?.kind === 'string' ? literalText(token) : takeName(cursor)).toLowerCase();
}

function argument(token: Token | undefined): string | number {
  if (token?.kind === 'string') return literalText(token);
  const number = Number(token?.text);
  return Number.isNaN(number) ? (token?.text ?? '') : number;
}

/** Constraints of SQL Server, at a column or at a table. */
import type { Constraint, Reference, ReferenceAction } from '../../../operations/column.ts';
import {
  accept,
  expect,
  fail,
  isNext,
  peek,
  splitAtCommas,
  take,
  takeName,
  takeNameList,
  takeParentheses,
  type Cursor,
} from '../cursor.ts';
import { takeObjectName } from './names.ts';
import { readExpression } from './read-expression.ts';

/** What a constraint is told by its surroundings: its name, the column it stands at, and whether existing rows are checked. */
type Setting = { name?: string; column?: string; validated: boolean };

/** True when a constraint comes next, not counting its name. */
export function isConstraintNext(cursor: Cursor): boolean {
  return isNext(cursor, 'UNIQUE|REFERENCES|CHECK') || isNext(cursor, 'PRIMARY|FOREIGN', 'KEY');
}

/** Moves past one constraint, after its name. */
export function takeConstraint(cursor: Cursor, setting: Setting): Constraint {
  const name = setting.name === undefined ? {} : { name: setting.name };
  const own = setting.column === undefined ? [] : [setting.column];
  const { validated } = setting;
  if (accept(cursor, 'PRIMARY', 'KEY')) return { ...name, kind: 'primaryKey', ...takeKey(cursor, own) };
  if (accept(cursor, 'UNIQUE')) return { ...name, kind: 'unique', ...takeKey(cursor, own) };
  if (accept(cursor, 'CHECK')) {
    accept(cursor, 'NOT', 'FOR', 'REPLICATION');
    return { ...name, kind: 'check', expression: readExpression(takeParentheses(cursor)), validated };
  }
  const columns = accept(cursor, 'FOREIGN', 'KEY') && isNext(cursor, '(') ? takeNameList(cursor) : own;
  expect(cursor, 'REFERENCES');
  return { ...name, kind: 'foreignKey', columns, references: takeReference(cursor), validated };
}

/** Moves past where an index is put and how it is kept: WITH (…), ON filegroup. */
export function skipStorage(cursor: Cursor): void {
  while (
    isNext(cursor, 'WITH', '(') ||
    isNext(cursor, 'WITH', 'FILLFACTOR') ||
    isNext(cursor, 'ON|FILESTREAM_ON|TEXTIMAGE_ON')
  ) {
    if (accept(cursor, 'WITH', 'FILLFACTOR')) cursor.at += 2;
    else if (accept(cursor, 'WITH')) takeParentheses(cursor);
    else {
      if (isNext(cursor, 'ON', 'DELETE|UPDATE')) return;
      take(cursor);
      take(cursor);
      if (isNext(cursor, '(')) takeParentheses(cursor);
    }
  }
}

function takeKey(cursor: Cursor, own: string[]): { columns: string[]; clustered?: boolean } {
  const clustered = accept(cursor, 'CLUSTERED') ? true : accept(cursor, 'NONCLUSTERED') ? false : undefined;
  accept(cursor, 'HASH');
  const columns = isNext(cursor, '(') ? splitAtCommas(takeParentheses(cursor)).map(takeName) : own;
  skipStorage(cursor);
  return { columns, ...(clustered === undefined ? {} : { clustered }) };
}

function takeReference(cursor: Cursor): Reference {
  const reference: Reference = {
    table: takeObjectName(cursor),
    columns: isNext(cursor, '(') ? takeNameList(cursor) : [],
  };
  while (isNext(cursor, 'ON', 'DELETE|UPDATE') || isNext(cursor, 'NOT', 'FOR')) {
    if (accept(cursor, 'NOT', 'FOR', 'REPLICATION')) continue;
    const isDelete = peek(cursor, 1)?.upper === 'DELETE';
    cursor.at += 2;
    reference[isDelete ? 'onDelete' : 'onUpdate'] = takeAction(cursor);
  }
  return reference;
}

function takeAction(cursor: Cursor): ReferenceAction {
  if (accept(cursor, 'CASCADE')) return 'cascade';
  if (accept(cursor, 'NO', 'ACTION')) return 'no action';
  if (accept(cursor, 'SET', 'NULL')) return 'set null';
  if (accept(cursor, 'SET', 'DEFAULT')) return 'set default';
  return fail(cursor, 'CASCADE, NO ACTION, SET NULL or SET DEFAULT');
}

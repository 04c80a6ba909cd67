/** CREATE of SQL Server. */
import type { ObjectKind } from '../../../operations/object-operation.ts';
import {
  accept,
  fail,
  isDone,
  isNext,
  peek,
  splitAtCommas,
  take,
  takeName,
  takeParentheses,
  takeUntil,
  type Cursor,
} from '../cursor.ts';
import { boundQuery } from './bound-query.ts';
import { takeObjectName, temporary } from './names.ts';
import { isIndexNext, readCreateIndex } from './read-index.ts';
import { readElement, type Element } from './read-element.ts';
import { takeObjectKind } from './object-kind.ts';
import { kindsIn } from './table-kinds.ts';
import type { Step } from './step.ts';

/** Reads what stands after CREATE. */
export function readCreate(cursor: Cursor): Step[] {
  if (isIndexNext(cursor)) return readCreateIndex(cursor);
  const replaces = accept(cursor, 'OR', 'ALTER');
  accept(cursor, 'EXTERNAL');
  if (accept(cursor, 'TABLE')) return [readCreateTable(cursor)];
  if (accept(cursor, 'TYPE')) return [{ kind: 'createType', type: takeObjectName(cursor) }];
  const object = takeObjectKind(cursor);
  if (!object) return fail(cursor, 'a kind of object that is known');
  return [
    {
      kind: 'createObject',
      object,
      name: takeNameOf(cursor, object),
      ...takeTable(cursor, object),
      ...boundQuery(cursor, object),
      ...(replaces ? { replaces: true } : {}),
    },
  ];
}

/** CREATE SCHEMA AUTHORIZATION x names the schema by its owner. */
function takeNameOf(cursor: Cursor, object: ObjectKind): string {
  if (object !== 'schema') return takeObjectName(cursor);
  accept(cursor, 'AUTHORIZATION');
  return takeName(cursor);
}

function takeTable(cursor: Cursor, object: ObjectKind): { table?: string } {
  if (object !== 'trigger' && object !== 'statistics') return {};
  if (!accept(cursor, 'ON') || isNext(cursor, 'DATABASE|ALL')) return {};
  return { table: takeObjectName(cursor) };
}

function readCreateTable(cursor: Cursor): Step {
  const table = takeObjectName(cursor);
  const created: CreateTable = {
    kind: 'createTable',
    table,
    columns: [],
    constraints: [],
    indexes: [],
    ...temporary(table),
  };
  accept(cursor, 'AS', 'FILETABLE');
  if (isNext(cursor, '(')) readElements(takeParentheses(cursor), created);
  readOptions(cursor, created);
  return created;
}

type CreateTable = Extract<Step, { kind: 'createTable' }>;

function readElements(inside: Cursor, created: CreateTable): void {
  for (const part of splitAtCommas(inside)) add(readElement(part, true), created);
  for (const constraint of created.constraints) {
    if (constraint.kind !== 'primaryKey') continue;
    for (const column of created.columns) if (constraint.columns.includes(column.name)) column.nullable = false;
  }
}

function add(element: Element, created: CreateTable): void {
  if (element.kind === 'column') created.columns.push(element.column);
  else if (element.kind === 'constraint') created.constraints.push(element.constraint);
  else if (element.kind === 'index') created.indexes.push(element.index);
}

/** After the columns: a partition scheme takes a column in parentheses, a filegroup none. */
function readOptions(cursor: Cursor, created: CreateTable): void {
  if (accept(cursor, 'ON')) {
    take(cursor);
    if (isNext(cursor, '(')) created.partitioned = true;
  }
  Object.assign(created, kindsIn(cursor));
  takeUntil(cursor, 'AS');
  if (accept(cursor, 'AS') && isNext(cursor, 'SELECT|WITH')) created.from = 'query';
  else if (!isDone(cursor) && peek(cursor)?.upper === '(') fail(cursor, 'the end of the table');
}

/** ALTER of SQL Server. */
import type { ObjectKind } from '../../../operations/object-operation.ts';
import { accept, expect, fail, isNext, take, takeName, textOf, type Cursor } from '../cursor.ts';
import { boundQuery } from './bound-query.ts';
import { takeObjectName, takeParts } from './names.ts';
import { takeObjectKind } from './object-kind.ts';
import { readAlterTable } from './read-alter-table.ts';
import { readAlterIndex } from './read-index.ts';
import { takesRestOfBatch } from './statement-end.ts';
import type { Step } from './step.ts';

/** Reads what stands after ALTER. */
export function readAlter(cursor: Cursor): Step[] {
  const isDefinition = takesRestOfBatch({ ...cursor, at: cursor.at - 1 });
  if (accept(cursor, 'TABLE')) return readAlterTable(cursor);
  if (accept(cursor, 'INDEX')) return readAlterIndex(cursor);
  if (isNext(cursor, 'SCHEMA')) return readTransfer(cursor);
  if (accept(cursor, 'AUTHORIZATION', 'ON')) return [alterObject('privileges', cursor)];
  if (accept(cursor, 'DATABASE', 'SCOPED', 'CONFIGURATION'))
    return [
      { kind: 'alterObject', object: 'database', name: 'CURRENT', change: `SCOPED CONFIGURATION ${textOf(cursor)}` },
    ];
  const object = takeObjectKind(cursor);
  if (!object) return fail(cursor, 'a kind of object that is known');
  accept(cursor, 'ON');
  if (isDefinition) {
    const name = takeObjectName(cursor);
    return [{ kind: 'alterObject', object, name, change: 'definition', ...boundQuery(cursor, object) }];
  }
  return [alterObject(object, cursor)];
}

function alterObject(object: ObjectKind, cursor: Cursor): Step {
  const name = takeObjectName(cursor);
  return { kind: 'alterObject', object, name, change: textOf(cursor) };
}

/** TRANSFER moves a table, or a type, into another schema. */
function readTransfer(cursor: Cursor): Step[] {
  expect(cursor, 'SCHEMA');
  const schema = takeName(cursor);
  expect(cursor, 'TRANSFER');
  const isType = isNext(cursor, 'TYPE|XML');
  while (isNext({ ...cursor, at: cursor.at + 1 }, '::|:')) cursor.at += 2;
  const name = takeObjectName({ ...cursor });
  const to = [schema, takeParts(cursor).at(-1)].filter((part) => part?.toLowerCase() !== 'dbo').join('.');
  take(cursor);
  return [isType ? { kind: 'renameObject', object: 'type', name, to } : { kind: 'renameTable', table: name, to }];
}

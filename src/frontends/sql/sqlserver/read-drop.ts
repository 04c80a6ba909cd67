/** DROP of SQL Server. */
import { accept, fail, isDone, splitAtCommas, takeName, type Cursor } from '../cursor.ts';
import { joinName, takeObjectName, takeParts, temporary } from './names.ts';
import { takeObjectKind } from './object-kind.ts';
import { readDropIndex } from './read-index.ts';
import type { Step } from './step.ts';

/** Reads what stands after DROP; several objects may stand in one statement. */
export function readDrop(cursor: Cursor): Step[] {
  if (accept(cursor, 'INDEX')) return readDropIndex(cursor);
  accept(cursor, 'EXTERNAL');
  if (accept(cursor, 'TABLE')) {
    const ifExists = takeIfExists(cursor);
    return splitAtCommas(cursor).map((part): Step => {
      const table = takeObjectName(part);
      if (!isDone(part)) fail(part, 'the end of the statement');
      return { kind: 'dropTable', table, ...ifExists, ...temporary(table) };
    });
  }
  if (accept(cursor, 'TYPE')) return readDropObjects(cursor, 'type');
  const object = takeObjectKind(cursor);
  if (!object) return fail(cursor, 'a kind of object that is known');
  return readDropObjects(cursor, object);
}

type DroppedKind = Extract<Step, { kind: 'dropObject' }>['object'];

function readDropObjects(cursor: Cursor, object: DroppedKind): Step[] {
  const ifExists = takeIfExists(cursor);
  return splitAtCommas(cursor).map((part): Step => {
    if (object === 'schema') return { kind: 'dropSchema', schema: takeName(part), ...ifExists };
    if (object === 'database') return { kind: 'dropDatabase', database: takeName(part), ...ifExists };
    if (object === 'statistics') return dropStatistics(part);
    return { kind: 'dropObject', object, name: takeObjectName(part), ...ifExists };
  });
}

function dropStatistics(cursor: Cursor): Step {
  const parts = takeParts(cursor);
  const name = parts.pop() ?? '';
  return { kind: 'dropObject', object: 'statistics', name, table: joinName(parts) };
}

function takeIfExists(cursor: Cursor): { ifExists?: true } {
  return accept(cursor, 'IF', 'EXISTS') ? { ifExists: true } : {};
}

/** What a migration leaves behind that nothing rolls back, when one of its statements fails. */
import type { Migration } from '../../src/operations/migration.ts';
import { isData, isSchema } from '../../src/operations/operation-questions.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { ObjectKind } from '../../src/operations/object-operation.ts';

/**
 * Whatever fails, what stays is new: tables, columns, indexes and types that no release knows, and values in those columns. Nothing is lost,
 * the release that runs is not disturbed, and who mends it drops what is there.
 */
export function leavesOnlyNew({ up, statements }: Migration): boolean {
  const made = new Set(
    up.flatMap((each) => {
      if (each.kind === 'createTable') return [each.table];
      return each.kind === 'addColumn' ? [placeOf(each.table, each.column.name)] : [];
    }),
  );
  return up.every((each) => {
    // The last statement itself has done nothing when it fails.
    if (isSchema(each)) return each.statement >= statements || onlyAdds(each, made);
    return !isData(each) || isToldByRows(each, up) || writesOnlyNew(each, made);
  });
}

/** A call of the application's that stands for rows of which other operations tell. */
export function isToldByRows(operation: Operation, up: readonly Operation[]): boolean {
  if (operation.kind !== 'runCode' || operation.does !== 'application code') return false;
  if (operation.rowsTold) return true;
  const next = up[up.indexOf(operation) + 1];
  const isRows = next?.kind === 'updateRows' || next?.kind === 'deleteRows' || next?.kind === 'insertRows';
  return isRows && next.span.startLine === operation.span.startLine;
}

function onlyAdds(operation: Operation, made: ReadonlySet<string>): boolean {
  switch (operation.kind) {
    case 'createTable':
    case 'createType':
    case 'addEnumValue':
      return true;
    case 'addColumn': {
      const { nullable, default: value, generated } = operation.column;
      return made.has(operation.table) || nullable || value !== undefined || generated !== undefined;
    }
    case 'createIndex':
      return !operation.index.unique || made.has(operation.table);
    case 'createObject':
      return quiet.has(operation.object);
    case 'alterColumn':
    case 'addConstraint':
      return made.has(operation.table);
    default:
      return false;
  }
}

/** Objects that do nothing before something names them. */
const quiet: ReadonlySet<ObjectKind> = new Set(['type', 'domain', 'sequence', 'extension', 'function']);

function writesOnlyNew(operation: Operation, made: ReadonlySet<string>): boolean {
  if (operation.kind === 'insertRows') return made.has(operation.table);
  if (operation.kind !== 'updateRows') return false;
  const { table, columns } = operation;
  return made.has(table) || (columns.length > 0 && columns.every((column) => made.has(placeOf(table, column))));
}

function placeOf(table: string, column: string): string {
  return `${table}\n${column}`;
}

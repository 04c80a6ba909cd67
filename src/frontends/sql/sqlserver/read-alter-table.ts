/** ALTER TABLE of SQL Server: one action, which may name several columns and constraints. */
import type { Name } from '../../../operations/name.ts';
import {
  accept,
  expect,
  fail,
  isDone,
  isNext,
  splitAtCommas,
  stretchOf,
  takeName,
  takeUntil,
  textOf,
  type Cursor,
} from '../cursor.ts';
import { takeObjectName } from './names.ts';
import { readElement } from './read-element.ts';
import { takeOnline } from './read-index.ts';
import { switchedBy } from './table-kinds.ts';
import { takeType } from './read-type.ts';
import type { Step } from './step.ts';

/** Reads what stands after ALTER TABLE. */
export function readAlterTable(cursor: Cursor): Step[] {
  const table = takeObjectName(cursor);
  const action = { ...cursor };
  const validated = !accept(cursor, 'WITH', 'NOCHECK');
  const isChecked = accept(cursor, 'WITH', 'CHECK');
  if (accept(cursor, 'ADD')) return readAdd(cursor, table, validated);
  if (accept(cursor, 'DROP')) return readDropList(cursor, table);
  if (accept(cursor, 'ALTER', 'COLUMN')) return [readAlterColumn(cursor, table)];
  if (isChecked && accept(cursor, 'CHECK', 'CONSTRAINT')) return readValidate(cursor, table);
  if (accept(cursor, 'REBUILD')) return [{ kind: 'rebuildTable', table, how: 'REBUILD', ...takeOnline(cursor) }];
  if (accept(cursor, 'SWITCH')) return [readSwitch(cursor, table)];
  if (isNext(cursor, 'SET|ENABLE|DISABLE|CHECK|NOCHECK'))
    return [{ kind: 'alterTable', table, change: textOf(action), ...switchedBy(cursor) }];
  return fail(cursor, 'a way to alter a table that is known');
}

function readAdd(cursor: Cursor, table: Name, validated: boolean): Step[] {
  const parts = splitAtCommas(cursor);
  if (parts.length === 0) fail(cursor, 'a column or a constraint');
  const steps = parts.map((part): Step => {
    const place = parts.length > 1 ? { at: stretchOf(part) } : {};
    return { ...readAdded(part, table, validated), ...place };
  });
  return steps.flatMap((step) => withDefault(step, steps));
}

/** A default that stands beside its column, as in `ADD a int NOT NULL, CONSTRAINT d DEFAULT 0 FOR a`, is there from the start. */
function withDefault(step: Step, steps: readonly Step[]): Step[] {
  if (step.kind === 'alterColumn')
    return steps.some((each) => each.kind === 'addColumn' && each.column.name === step.column) ? [] : [step];
  if (step.kind !== 'addColumn') return [step];
  const beside = steps.find((each) => each.kind === 'alterColumn' && each.column === step.column.name);
  if (beside?.kind !== 'alterColumn' || beside.default === undefined || beside.default === 'none') return [step];
  const named = beside.defaultName === undefined ? {} : { defaultName: beside.defaultName };
  return [{ ...step, column: { ...step.column, default: beside.default, ...named } }];
}

function readAdded(part: Cursor, table: Name, validated: boolean): Step {
  const options = takeOnline({ ...part });
  const element = readElement(part, validated);
  if (element.kind === 'column') return { kind: 'addColumn', table, column: element.column, ...options };
  if (element.kind === 'constraint')
    return { kind: 'addConstraint', table, constraint: element.constraint, ...options };
  if (element.kind === 'index') return { kind: 'createIndex', table, index: element.index, inTable: true, ...options };
  if (element.kind === 'default') {
    const { column, expression, name } = element;
    const named = expression && name !== undefined ? { defaultName: name } : {};
    return { kind: 'alterColumn', table, column, default: expression ?? 'none', ...named };
  }
  return { kind: 'alterTable', table, change: 'ADD PERIOD FOR SYSTEM_TIME' };
}

/** What is dropped is a constraint unless it is said otherwise, and what was said holds for the names that follow. */
function readDropList(cursor: Cursor, table: Name): Step[] {
  if (accept(cursor, 'PERIOD')) return [{ kind: 'alterTable', table, change: 'DROP PERIOD FOR SYSTEM_TIME' }];
  const parts = splitAtCommas(cursor);
  let dropped = 'CONSTRAINT';
  let ifExists: { ifExists?: true } = {};
  return parts.map((part): Step => {
    const place = parts.length > 1 ? { at: stretchOf(part) } : {};
    if (isNext(part, 'COLUMN|CONSTRAINT|INDEX')) {
      dropped = takeName(part).toUpperCase();
      ifExists = accept(part, 'IF', 'EXISTS') ? { ifExists: true } : {};
    }
    const name = takeName(part);
    if (dropped === 'COLUMN') return { kind: 'dropColumn', table, column: name, ...ifExists, ...place };
    if (dropped === 'INDEX') return { kind: 'dropIndex', table, name, inTable: true, ...ifExists, ...place };
    return { kind: 'dropConstraint', table, name, ...ifExists, ...takeOnline(part), ...place };
  });
}

/** The whole column is said anew: without NOT NULL it takes nulls from here on. */
function readAlterColumn(cursor: Cursor, table: Name): Step {
  const column = takeName(cursor);
  if (accept(cursor, 'ADD', 'PERSISTED')) return { kind: 'alterColumn', table, column, generated: 'stored' };
  if (accept(cursor, 'DROP', 'PERSISTED')) return { kind: 'alterColumn', table, column, generated: 'virtual' };
  if (isNext(cursor, 'ADD|DROP'))
    return { kind: 'alterTable', table, change: `ALTER COLUMN ${column} ${textOf(cursor)}` };
  const type = takeType(cursor);
  if (accept(cursor, 'COLLATE')) type.collation = takeName(cursor);
  accept(cursor, 'SPARSE');
  const nullable = !accept(cursor, 'NOT', 'NULL');
  const saidNullable = accept(cursor, 'NULL') && nullable ? { saidNullable: true as const } : {};
  if (!isDone(cursor) && !isNext(cursor, 'WITH|ROWGUIDCOL|MASKED|HIDDEN|SPARSE|ENCRYPTED'))
    fail(cursor, 'the end of the column');
  return { kind: 'alterColumn', table, column, type, nullable, ...saidNullable, restated: true, ...takeOnline(cursor) };
}

function readValidate(cursor: Cursor, table: Name): Step[] {
  return splitAtCommas(cursor).map((part): Step => {
    const name = accept(part, 'ALL') ? 'all' : takeName(part);
    return { kind: 'validateConstraint', table, name };
  });
}

/** SWITCH hands the rows of one table or partition over to another. */
function readSwitch(cursor: Cursor, table: Name): Step {
  takeUntil(cursor, 'TO');
  expect(cursor, 'TO');
  if (isDone(cursor)) fail(cursor, 'a table');
  return { kind: 'alterPartition', table, action: 'exchange', partition: takeObjectName(cursor) };
}

/** Calls on single rows. */
import { noteStop } from '../syntax/stopped-loop.ts';
import { jobs, quiet, raising, rowDeletes, rowUpdates, saves } from './active-record.ts';
import { tellCallbacks } from './callbacks.ts';
import { runsCode } from './constant-calls.ts';
import { evaluateBlock } from './evaluate.ts';
import { headOf, type Followed } from './follow-call.ts';
import { emit, type Run } from './run.ts';
import { keysOf, rowColumns } from './set-columns.ts';
import { computedName, findText, nameFrom, unknown, type Model, type Row, type Value } from './value.ts';

/** Follows a call on one row. */
export function followRowCall(run: Run, row: Row, call: Followed): Value {
  const { name, block } = call;
  const table = row.model?.table ?? computedName;
  const place = headOf(call);
  if (jobs.has(name) && name !== 'set') return runsCode(run, call, 'enqueues a job');
  tellCallbacks(run, row.model, call);
  noteValidation(run, row.model, call);
  if (saves.has(name) && row.isNew) emit(run, { kind: 'insertRows', table, source: 'values' }, place);
  else if (saves.has(name)) emit(run, { kind: 'updateRows', table, columns: [...row.columns], filtered: true }, place);
  else if (rowUpdates.has(name))
    emit(run, { kind: 'updateRows', table, columns: rowColumns(call), filtered: true }, place);
  else if (rowDeletes.has(name)) emit(run, { kind: 'deleteRows', table, filtered: true }, place);
  else return followRowRead(run, row, call);
  if (block) evaluateBlock(run, block, call.scope, [row]);
  return unknown;
}

/** A row that the application's validations do not let pass raises an error. */
export function noteValidation(run: Run, model: Model | undefined, call: Followed): void {
  if (run.loops === 0 || !model?.isApplication || !raising.has(call.name)) return;
  if (keysOf(call.options).includes('validate')) return;
  noteStop(run.stops, call.name);
}

function followRowRead(run: Run, row: Row, call: Followed): Value {
  const { block, name, values } = call;
  if (name === 'write_attribute' || name === '[]=') row.columns.add(nameFrom(values[0]));
  if (name === 'assign_attributes' || name === 'attributes=')
    for (const key of keysOf(call.options)) row.columns.add(key);
  if (name === 'send' || name === 'public_send') {
    const attribute = findText(values[0]);
    if (attribute?.endsWith('=')) row.columns.add(attribute.slice(0, -1));
    else if (attribute !== undefined)
      return followRowCall(run, row, { ...call, name: attribute, values: values.slice(1) });
    else return runsCode(run, call, 'application code');
    return unknown;
  }
  if (block) evaluateBlock(run, block, call.scope, [row], true);
  if (quiet.has(name)) return name === 'tap' || name === 'reload' ? row : unknown;
  if (call.isStatement || name.endsWith('!')) return runsCode(run, call, 'application code');
  return unknown;
}

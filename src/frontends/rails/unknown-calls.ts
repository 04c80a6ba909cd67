/** Calls on something of which nothing is known. */
import { deletes, jobs, rowDeletes, rowUpdates, saves } from './active-record.ts';
import { runsCode } from './constant-calls.ts';
import { evaluateBlock } from './evaluate.ts';
import { headOf, type Followed } from './follow-call.ts';
import { isEffect } from './harmless-calls.ts';
import { emit, type Run } from './run.ts';
import { followSchemaCall } from './schema-calls.ts';
import { columnsOf } from './set-columns.ts';
import { computedName, nothing, unknown, type Value } from './value.ts';

/** Follows such a call: what writes rows is taken to do so, on a table that is not known. */
export function followUnknownCall(run: Run, _receiver: Value, call: Followed): Value {
  const { name, block } = call;
  const place = headOf(call);
  const table = computedName;
  if (jobs.has(name) && name !== 'set' && name !== 'delay') return runsCode(run, call, 'enqueues a job');
  if (name === 'update_all' || rowUpdates.has(name) || saves.has(name))
    emit(run, { kind: 'updateRows', table, columns: columnsOf(run, call), filtered: true }, place);
  else if (deletes.has(name) || (rowDeletes.has(name) && call.values.length === 0))
    emit(run, { kind: 'deleteRows', table, filtered: true }, place);
  else if (
    name === 'create!' ||
    name === 'insert_all' ||
    name === 'insert_all!' ||
    name === 'upsert_all' ||
    name === 'create'
  )
    emit(run, { kind: 'insertRows', table, source: 'values' }, place);
  else if (name === 'execute' || name === 'exec_query' || name === 'exec')
    return followSchemaCall(run, { ...call, name: 'execute' }) ?? nothing;
  else if (isEffect(call)) runsCode(run, call, 'application code');
  if (block) evaluateBlock(run, block, call.scope, [unknown], true);
  return unknown;
}

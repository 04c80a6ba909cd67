/** Calls that send SQL of the migration's own. */
import { readComposedSql } from '../syntax/composed-sql.ts';
import { headOf, type Followed } from './follow-call.ts';
import { emitOpaque, emitRead, type Run } from './run.ts';
import type { SchemaCall } from './schema-calls.ts';
import { unknown, type Text, type Value } from './value.ts';

/** The calls by their names. */
export const sqlCalls: Readonly<Record<string, SchemaCall>> = Object.fromEntries(
  (
    'execute exec_query exec_update exec_delete exec_insert update insert delete create select_all select_one ' +
    'select_value select_values select_rows query query_value query_values query_one async_exec exec_params internal_exec_query batch execute_batch'
  )
    .split(' ')
    .map((name) => [name, sendSql]),
);

function sendSql(run: Run, call: Followed): Value {
  const [sql] = call.values;
  const texts = sql?.kind === 'list' ? sql.items : [sql];
  for (const text of texts) {
    if (text?.kind === 'text' && text.parts.some((part) => !part.computed)) readText(run, text, call);
    else emitOpaque(run, 'its SQL is put together when it runs', headOf(call));
  }
  return unknown;
}

function readText(run: Run, text: Text, call: Followed): void {
  const { operations, comments, statements } = readComposedSql(run.file, text.parts, run.database);
  run.comments.push(...comments);
  if (operations.length === 0 && statements === 0) {
    emitRead(
      run,
      [{ kind: 'noEffect', what: 'empty SQL', span: run.locate(call.node.start, call.node.end), statement: 1 }],
      1,
    );
    return;
  }
  emitRead(run, operations, Math.max(1, statements));
}

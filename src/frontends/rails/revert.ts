/** `revert`: a block is followed for what it would do, and that is taken back from the last to the first. */
import type { Effect } from '../sql/effect.ts';
import { evaluateBlock } from './evaluate.ts';
import { headOf, type Followed } from './follow-call.ts';
import { emit, emitOpaque, type Run } from './run.ts';
import { nothing, type Value } from './value.ts';

/** Follows a `revert`; another migration, whose text is not at hand, is not taken back. */
export function followRevert(run: Run, call: Followed): Value {
  const { block } = call;
  if (!block) {
    emitOpaque(run, '`revert` takes back another migration', headOf(call));
    return nothing;
  }
  const inner: Run = { ...run, operations: [], conditions: 0, loops: 0, mustReverse: false };
  evaluateBlock(inner, block, call.scope, []);
  for (const { span, statement: _statement, ...effect } of inner.operations.toReversed()) {
    const place = { start: call.node.start, end: call.node.end };
    const back = inverseOf(effect);
    if (back) emit(run, back, place);
    else emitOpaque(run, `what \`revert\` takes back on line ${span.startLine} is not worked out`, place);
  }
  return nothing;
}

function inverseOf(effect: Effect): Effect | undefined {
  switch (effect.kind) {
    case 'createTable':
      return { kind: 'dropTable', table: effect.table };
    case 'addColumn':
      return { kind: 'dropColumn', table: effect.table, column: effect.column.name };
    case 'renameColumn':
      return { kind: 'renameColumn', table: effect.table, column: effect.to, to: effect.column };
    case 'renameTable':
      return { kind: 'renameTable', table: effect.to, to: effect.table };
    case 'createIndex':
      return effect.index.name === undefined
        ? undefined
        : { kind: 'dropIndex', table: effect.table, name: effect.index.name };
    case 'addConstraint':
      return effect.constraint.name === undefined
        ? undefined
        : {
            kind: 'dropConstraint',
            table: effect.table,
            name: effect.constraint.name,
            constraint: effect.constraint.kind,
          };
    default:
      return undefined;
  }
}

/** Loops: over what is known each round is followed, over all else one for any number of rounds. */
import { callOf } from './call.ts';
import { yieldTo } from './control.ts';
import { evaluateBlock } from './evaluate.ts';
import { followOwnMethod, type Followed } from './follow-call.ts';
import { noteModel } from './model-calls.ts';
import { followRowCall } from './row-calls.ts';
import { emitOpaque, inLoop, type Run } from './run.ts';
import { knownMethod } from './known-methods.ts';
import { unknown, type Row, type Value } from './value.ts';

const rounds = new Set(
  (
    'each each_with_index each_pair each_key each_value each_entry each_slice each_with_object each_cons find_each ' +
    'find_in_batches in_batches map collect flat_map filter_map each_batch each_row reverse_each times upto downto ' +
    'select reject filter sort_by min_by max_by group_by partition detect find any? all? none? sum index_by to_h ' +
    'each_record inject reduce zip cycle step map! collect! with_index each_char each_line uniq transform_values ' +
    'transform_keys find_all delete_if keep_if count to_set index_with sort min max tally sum'
  ).split(' '),
);

const values = new Set(
  (
    'map collect flat_map filter_map select reject filter sort_by min_by max_by group_by partition detect find any? ' +
    'all? none? sum index_by to_h inject reduce map! collect! uniq transform_values transform_keys find_all count ' +
    'index_with sort min max'
  ).split(' '),
);

/** True for a call that runs its block once for each of something. */
export function isIteration(receiver: Value, call: Followed): boolean {
  if (receiver.kind === 'directions' || receiver.kind === 'connection' || receiver.kind === 'constant') return false;
  return rounds.has(call.name) && (call.block !== undefined || call.blockArgument !== undefined);
}

/** Follows such a call. */
export function iterate(run: Run, receiver: Value, call: Followed): Value {
  const known = roundsOf(receiver, call);
  if (receiver.kind === 'model') noteModel(run, receiver, call);
  if (!known) {
    inLoop(run, () => followRound(run, call, [anyOf(receiver, call.name), ...call.values]));
    return unknown;
  }
  const results = known.map((given) => followRound(run, call, given));
  if (call.name === 'map' || call.name === 'collect' || call.name === 'flat_map')
    return { kind: 'list', items: results };
  return receiver;
}

function followRound(run: Run, call: Followed, given: readonly Value[]): Value {
  const { block, blockArgument } = call;
  if (block) return evaluateBlock(run, block, call.scope, given, values.has(call.name));
  return followShorthand(
    run,
    call,
    blockArgument?.children.find((child) => child.named),
    given[0] ?? unknown,
  );
}

/** `&:save!` calls the method of that name on each. */
function followShorthand(run: Run, call: Followed, method: Followed['node'] | undefined, given: Value): Value {
  if (!method && call.blockArgument) return yieldTo(run, call.scope, [given]);
  const own = method?.type === 'call' ? callOf(method, run.file.text) : undefined;
  const [symbol] = own?.name === 'method' ? own.arguments : [];
  if (own && symbol?.type === 'simple_symbol')
    return followOwnMethod(run, {
      ...call,
      name: run.file.text.slice(symbol.start + 1, symbol.end),
      values: [given],
      options: undefined,
    });
  const name = method?.type === 'simple_symbol' ? run.file.text.slice(method.start + 1, method.end) : undefined;
  if (name === undefined) {
    emitOpaque(run, `\`${call.name}\` is given a block that is not followed`, call.node);
    return unknown;
  }
  const known = knownMethod(given, name, []);
  if (known) return known;
  if (given.kind !== 'row') return unknown;
  const { block: _block, blockArgument: _blockArgument, ...rest } = call;
  return followRowCall(run, given, {
    ...rest,
    name,
    values: [],
    options: undefined,
    isStatement: !values.has(call.name),
  });
}

/** What each round is given, or undefined where the number of rounds is not known. */
function roundsOf(receiver: Value, call: Followed): Value[][] | undefined {
  const { name } = call;
  if (receiver.kind === 'hash' && receiver.whole) {
    if (name === 'each' || name === 'each_pair' || name === 'map')
      return receiver.entries.map(({ key, value }) => [{ kind: 'list', items: [key, value] }]);
    if (name === 'each_key') return receiver.entries.map(({ key }) => [key]);
    if (name === 'each_value') return receiver.entries.map(({ value }) => [value]);
    return undefined;
  }
  if (receiver.kind === 'number' && name === 'times' && receiver.value <= 100)
    return Array.from({ length: receiver.value }, (_, index) => [{ kind: 'number', value: index }]);
  if (receiver.kind !== 'list') return undefined;
  if (name === 'each_with_index') return receiver.items.map((item, index) => [item, { kind: 'number', value: index }]);
  if (name === 'reverse_each') return receiver.items.toReversed().map((item) => [item]);
  return name === 'each' || name === 'map' || name === 'collect' || name === 'flat_map' || name === 'each_entry'
    ? receiver.items.map((item) => [item])
    : undefined;
}

/** What a round over rows is given: a row, or the rows of a batch. */
function anyOf(receiver: Value, name: string): Value {
  const model = receiver.kind === 'model' ? receiver : receiver.kind === 'rows' ? receiver.model : undefined;
  if (!model) return receiver.kind === 'unknown' || receiver.kind === 'row' ? anyRow() : unknown;
  if (name === 'in_batches' || name === 'each_batch' || name === 'find_in_batches' || name === 'each_slice')
    return { ...(receiver.kind === 'rows' ? receiver : { kind: 'rows', model }), filtered: true, limited: true };
  return { kind: 'row', model, isNew: false, columns: new Set() };
}

function anyRow(): Row {
  return { kind: 'row', model: undefined, isNew: false, columns: new Set() };
}

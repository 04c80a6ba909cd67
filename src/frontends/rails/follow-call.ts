/** Follows one call: a method of the migration's own, one of the schema, of rows, of a known value, or one that is not known. */
import { noteStop } from '../syntax/stopped-loop.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { bind } from './assign.ts';
import { callOf, parametersOf, statementsOf, type Call } from './call.ts';
import { followConstantCall, runsCode } from './constant-calls.ts';
import { markLeft } from './control.ts';
import { evaluate, evaluateBlock, evaluateBody, leaving } from './evaluate.ts';
import { hashOf } from './literals.ts';
import { isIteration, iterate } from './iteration.ts';
import { knownMethod } from './known-methods.ts';
import { followModelCall } from './model-calls.ts';
import { followRowCall } from './row-calls.ts';
import { followUnknownCall } from './unknown-calls.ts';
import { assured, emit, emitOpaque, inLoop, scopeIn, underCondition, type Run, type Scope } from './run.ts';
import { followRevert } from './revert.ts';
import { followSchemaCall } from './schema-calls.ts';
import { followTableCall } from './table-block.ts';
import { nothing, unknown, type Value } from './value.ts';

/** A call with its arguments worked out. */
export type Followed = Call & {
  /** It stands in a block of `change_table`, whose columns take `index`. */
  inTable?: true;
  values: Value[];
  /** Keywords, or a last hash. */
  options: Value | undefined;
  scope: Scope;
  isStatement: boolean;
};

/** Follows a call and gives what it returns. */
export function followCall(run: Run, node: SyntaxNode, scope: Scope, isStatement: boolean): Value {
  const call = callOf(node, run.file.text);
  const receiver = call.receiver && evaluate(run, call.receiver, scope);
  const followed = withArguments(run, call, scope, isStatement);
  if (!receiver || (receiver.kind === 'connection' && call.receiver?.type === 'self'))
    return followBareCall(run, followed);
  if (receiver.kind !== 'table' && isIteration(receiver, followed)) return iterate(run, receiver, followed);
  const known = knownMethod(receiver, call.name, followed.values);
  if (known) return known;
  switch (receiver.kind) {
    case 'connection':
      return followOnConnection(run, receiver, followed);
    case 'table':
      return followTableCall(run, receiver.block, followed);
    case 'directions':
      return followDirection(run, followed);
    case 'model':
    case 'rows':
      return followModelCall(run, receiver, followed);
    case 'row':
      return followRowCall(run, receiver, followed);
    case 'constant':
      return followConstantCall(run, receiver.name, followed);
    case 'lambda':
      return followLambda(run, receiver.node, followed);
    default:
      return followUnknownCall(run, receiver, followed);
  }
}

/** The recorder of `change` stands for the migration's own connection; `ActiveRecord::Base.connection` passes it by, also on the way back. */
function followOnConnection(run: Run, { isDirect }: { isDirect?: true }, call: Followed): Value {
  const { mustReverse } = run;
  if (isDirect) run.mustReverse = false;
  const value = followSchemaCall(run, call) ?? followStructure(run, call);
  run.mustReverse = mustReverse;
  return value ?? unknownCall(run, call);
}

function withArguments(run: Run, call: Call, scope: Scope, isStatement: boolean): Followed {
  const values: Value[] = [];
  for (const node of call.arguments) {
    const value = evaluate(run, node.type === 'splat_argument' ? (namedChildren(node)[0] ?? node) : node, scope);
    if (node.type === 'splat_argument' && value.kind === 'list') values.push(...value.items);
    else values.push(value);
  }
  const hasPairs = call.pairs.length > 0;
  const options = hasPairs ? hashOf(run, call.pairs, scope) : values.at(-1)?.kind === 'hash' ? values.pop() : undefined;
  return { ...call, values, options, scope, isStatement };
}

function followBareCall(run: Run, call: Followed): Value {
  const method = run.program.methods.get(call.name);
  if (method) return followMethod(run, method, call);
  if (run.program.readers.has(call.name)) return unknown;
  return followSchemaCall(run, call) ?? followStructure(run, call) ?? followKernel(run, call) ?? unknownCall(run, call);
}

/** Follows a method of the migration's own, or records that there is none of that name. */
export function followOwnMethod(run: Run, call: Followed): Value {
  const method = run.program.methods.get(call.name);
  return method ? followMethod(run, method, call) : unknownCall(run, call);
}

/** Methods that call each other deeper than this are not followed. */
const deepest = 8;

function followMethod(run: Run, method: SyntaxNode, call: Followed): Value {
  if (run.depth >= deepest) {
    emitOpaque(run, `\`${call.name}\` calls deeper than is followed`, call.node);
    return unknown;
  }
  const scope = scopeIn(run, 'method');
  if (call.block) scope.block = { node: call.block, scope: call.scope };
  bind(run, parametersOf(method), call.options ? [...call.values, call.options] : call.values, scope);
  run.depth++;
  const value = leaving(run, scope, () => evaluateBody(run, statementsOf(method), scope, true));
  run.depth--;
  return value;
}

function followLambda(run: Run, node: SyntaxNode, call: Followed): Value {
  if (run.depth >= deepest) return unknown;
  const scope = scopeIn(run, 'block', call.scope);
  bind(run, parametersOf(node), call.values, scope);
  run.depth++;
  const value = leaving(run, scope, () => evaluateBody(run, statementsOf(node), scope));
  run.depth--;
  return value;
}

/** Calls that say how their block is run. */
function followStructure(run: Run, call: Followed): Value | undefined {
  const { block, name } = call;
  switch (name) {
    case 'reversible':
      if (block) withoutReversal(run, () => evaluateBlock(run, block, call.scope, [{ kind: 'directions' }]));
      return nothing;
    case 'up_only':
      if (block && run.direction === 'up') withoutReversal(run, () => evaluateBlock(run, block, call.scope, []));
      return nothing;
    case 'revert':
      return followRevert(run, call);
    case 'safety_assured': {
      const { startLine } = run.locate(call.node.start, call.node.start + name.length);
      return block ? assured(run, startLine, () => evaluateBlock(run, block, call.scope, [], true)) : nothing;
    }
    case 'say_with_time':
    case 'suppress_messages':
    case 'with_lock_retries':
    case 'tap':
    case 'then':
    case 'no_touching':
    case 'with_connection':
      return block ? evaluateBlock(run, block, call.scope, [{ kind: 'connection' }], true) : nothing;
    case 'transaction':
      return followTransaction(run, call);
    case 'say':
    case 'announce':
    case 'write':
      return nothing;
    case 'loop':
      if (block) inLoop(run, () => evaluateBlock(run, block, call.scope, []));
      return nothing;
    default:
      return undefined;
  }
}

function withoutReversal(run: Run, follow: () => void): void {
  const before = run.mustReverse;
  run.mustReverse = false;
  follow();
  run.mustReverse = before;
}

function followDirection(run: Run, call: Followed): Value {
  const { block } = call;
  if (block && call.name === run.direction) evaluateBlock(run, block, call.scope, []);
  return nothing;
}

/** A transaction inside that of the migration is no other one. */
function followTransaction(run: Run, call: Followed): Value {
  const { block } = call;
  if (!block) return nothing;
  if (!run.isOutsideTransaction) return evaluateBlock(run, block, call.scope, [], true);
  emit(run, { kind: 'begin' }, { start: call.node.start, end: block.start });
  const value = evaluateBlock(run, block, call.scope, [], true);
  emit(run, { kind: 'commit' }, { start: block.end - 1, end: block.end });
  return value;
}

const harmless = new Set(
  (
    'puts print p pp warn sleep require require_relative require_dependency load_dependency include extend prepend ' +
    'attr_accessor attr_reader binding private public protected module_function logger verbose block_given? format ' +
    'sprintf rand Integer Float String Array Hash Rational caller method methods respond_to? is_a? kind_of? instance_of? ' +
    'URI class name version object_id frozen? nil? __method__ t l number_to_human connection_db_config disable_ddl_transaction! ' +
    '__FILE__ __dir__ __LINE__ silence_warnings gets printf putc srand at_exit trap set_trace_func instance_variable_get'
  ).split(' '),
);

function followKernel(run: Run, call: Followed): Value | undefined {
  const { block, name } = call;
  if (name === 'raise' || name === 'fail' || name === 'abort' || name === 'exit') return followRaise(run, call);
  if (name === 'lambda' || name === 'proc') return block ? { kind: 'lambda', node: block } : unknown;
  if (name === 'connection') return { kind: 'connection' };
  if (name === 'system' || name === 'spawn' || name === 'exec') return runsCode(run, call, 'application code');
  if (name === 'send' || name === 'public_send' || name === '__send__') return followSend(run, call);
  if (!harmless.has(name)) return undefined;
  if (block) evaluateBlock(run, block, call.scope, []);
  return unknown;
}

function followSend(run: Run, call: Followed): Value {
  const [first, ...values] = call.values;
  const name =
    first?.kind === 'text' && !first.parts.some((part) => part.computed)
      ? first.parts.map(({ text }) => text).join('')
      : undefined;
  if (name === undefined) return unknownCall(run, call);
  return followBareCall(run, { ...call, name, values, arguments: call.arguments.slice(1) });
}

/** An unconditional one ends the method; another makes what follows conditional. */
function followRaise(run: Run, call: Followed): Value {
  const isSure = run.conditions === 0 && run.loops === 0;
  if (isSure) run.raised = textOf(call.node, run.file.text);
  if (run.loops > 0) noteStop(run.stops, textOf(call.node, run.file.text));
  markLeft(run, call.scope, true);
  return nothing;
}

/** A call that nobody here knows: it may do anything, and so may its block. */
export function unknownCall(run: Run, call: Followed): Value {
  emitOpaque(run, `\`${call.name}\` is not a call that is known here`, headOf(call));
  const { block } = call;
  if (block) underCondition(run, () => evaluateBlock(run, block, call.scope, [unknown]));
  return unknown;
}

/** A call without its block: what is inside has places of its own. */
export function headOf({ node, block }: Call): { start: number; end: number } {
  return { start: node.start, end: block && childOf(node, 'block') ? block.start : node.end };
}

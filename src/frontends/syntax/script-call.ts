/** Calls and member chains: functions of the file are followed, a framework's handles answer for themselves. */
import { callBuiltin } from './script-builtins.ts';
import { staticOf, type ClassValue } from './script-class.ts';
import { callList, callText } from './script-collections.ts';
import { sayOpaque, under, type Machine } from './script-machine.ts';
import { effectOfObject } from './script-modules.ts';
import { perform, sayForeign } from './script-perform.ts';
import { runFunction } from './script-run.ts';
import { fileOf } from './script-scope.ts';
import {
  chainAt,
  constantAt,
  holdsHandle,
  listAt,
  unknownAt,
  type Chain,
  type FunctionValue,
  type Place,
  type RecordValue,
  type Step,
  type Value,
} from './script-value.ts';

/** The name that a call is made under, and where it stands. */
export type Member = { name: string; from: number };

/** Calls a value, or a member of it. */
export function callValue(target: Value, values: Value[], at: Place, machine: Machine, member?: Member): Value {
  switch (target.kind) {
    case 'chain':
      return callChain(target, values, at, machine, member);
    case 'function':
      return callFunction(target, values, at, machine, member);
    case 'record':
      return callRecord(target, values, at, machine, member);
    case 'class': {
      const held = member && staticOf(target, member.name, at, machine);
      if (held?.kind === 'function') return callFunction(held, values, at, machine);
      const foreign = foreignClass(target, at, machine);
      return foreign
        ? callChain(foreign, values, at, machine, member)
        : callUnknown(values, at, machine, member?.name, target);
    }
    case 'list':
      if (/^(then|catch|finally)$/.test(member?.name ?? '')) {
        perform(target, machine);
        return callUnknown(values, at, machine, member?.name, target);
      }
      return callList(target, member?.name ?? '', values, at, machine);
    case 'text':
      return callText(target, member?.name ?? '', values, at, machine);
    default:
      if (target.kind === 'made' && target.type === 'file' && /^(toString|trim)$/.test(member?.name ?? ''))
        return target;
      return callUnknown(values, at, machine, member?.name, target);
  }
}

/** A property of a value. */
export function propertyOf(value: Value, name: string, at: Place, machine: Machine): Value {
  if (value.kind === 'chain') {
    const chain = withStep(value, { name, ...at }, machine);
    return value.root.read?.(chain, machine) ?? chain;
  }
  if (value.kind === 'record') {
    const field = value.fields.get(name);
    if (field) return field;
    if (value.rest) return withStep(chainAt(at, value.rest, machine.when), { name, ...at }, machine);
    return value.whole && name !== '?' ? constantAt(at, undefined) : unknownAt(at);
  }
  if (value.kind === 'class') {
    const foreign = foreignClass(value, at, machine);
    return (
      staticOf(value, name, at, machine) ?? (foreign ? withStep(foreign, { name, ...at }, machine) : unknownAt(at))
    );
  }
  if (value.kind === 'list' && name === 'length' && value.whole) return constantAt(at, value.items.length);
  if (value.kind === 'list') return value.items[Number(name)] ?? unknownAt(at);
  // What hangs on a client is the client's.
  return value.kind === 'made' && effectOfObject(value.type, value.module) ? value : unknownAt(at);
}

/** A class of another file, for what it says nothing of: its base class may have it. */
function foreignClass({ code, scope }: ClassValue, at: Place, machine: Machine): Chain | undefined {
  const file = fileOf(scope);
  if (!file || file === machine.home || code.superClass === null) return undefined;
  return chainAt(at, { name: code.id?.name ?? 'default', module: `./${file.path}` }, machine.when);
}

/** A chain with one more link. */
function withStep(chain: Chain, step: Step, machine: Machine): Chain {
  return { ...chain, steps: [...chain.steps, step], when: machine.when, done: false, end: step.end };
}

/** Runs the functions among some values as often as nobody knows, with what nobody knows. */
export function runCallbacks(values: readonly Value[], at: Place, machine: Machine): Value[] {
  return values
    .filter((value) => value.kind === 'function')
    .map((callback) =>
      under(machine, { conditional: true, looped: true }, () => {
        const result = runFunction(callback, [], machine);
        perform(result, machine);
        return result;
      }),
    );
}

/** Calls what may be bound to its arguments already, as `f.bind(x, 1)` is. */
export function invoke(value: Value, values: Value[], at: Place, machine: Machine): Value {
  const bind = value.kind === 'chain' ? value.steps.at(-1) : undefined;
  if (value.kind !== 'chain' || bind?.name !== 'bind') return callValue(value, values, at, machine);
  const target = { ...value, steps: value.steps.slice(0, -1) };
  return callValue(target, [...(bind.arguments ?? []).slice(1), ...values], value, machine);
}

function callChain(target: Chain, values: Value[], at: Place, machine: Machine, member?: Member): Value {
  if (member && /^(then|catch|finally|asCallback|nodeify)$/.test(member.name))
    return settle(target, member.name, values, at, machine);
  if (
    member &&
    /^(map|mapSeries|each|tap|spread|reduce)$/.test(member.name) &&
    values[0]?.kind === 'function' &&
    target.root.handle
  ) {
    perform(target, machine);
    runCallbacks(values, at, machine);
    return unknownAt(at);
  }
  const chain = calledChain(target, values, at, machine, member);
  if (member?.name === 'bind') return chain;
  const { handle, call } = target.root;
  const answer = handle || call ? call?.(chain, machine) : callForeign(chain, values, at, machine);
  return answer ?? chain;
}

function calledChain(target: Chain, values: Value[], at: Place, machine: Machine, member?: Member): Chain {
  if (member)
    return withStep(target, { name: member.name, arguments: values, start: member.from, end: at.end }, machine);
  const last = target.steps.at(-1);
  if (!last || last.arguments)
    return withStep(target, { name: '', arguments: values, start: target.start, end: at.end }, machine);
  const before = { ...target, steps: target.steps.slice(0, -1) };
  return withStep(before, { ...last, arguments: values, end: at.end }, machine);
}

/** `promise.then(…)`: the promise runs, then the function does. */
function settle(target: Chain, name: string, values: Value[], at: Place, machine: Machine): Value {
  perform(target, machine);
  let result: Value = unknownAt(at);
  for (const [index, callback] of values.entries()) {
    if (callback.kind !== 'function') continue;
    const isHandler = name === 'catch' || index > 0;
    result = isHandler
      ? under(machine, { conditional: true }, () => runFunction(callback, [], machine))
      : runFunction(callback, [], machine);
    perform(result, machine);
  }
  return result.kind === 'chain' ? unknownAt(at) : result;
}

/** A name that the file does not declare: what takes a handle of the framework may do anything with it. */
function callForeign(chain: Chain, values: Value[], at: Place, machine: Machine): Value | undefined {
  const answer = machine.knowledge.foreign?.(chain, machine) ?? callBuiltin(chain, values, at, machine);
  if (answer) return answer;
  if (values.some((value) => holdsHandle(value))) {
    const name = chain.steps.findLast((step) => step.name !== '')?.name ?? chain.root.name;
    const where = chain.root.module?.startsWith('.') ? 'stands in another file' : 'is not known here';
    sayOpaque(machine, at, machine.when, `\`${name}\` ${where}, and it is given the connection`);
    return unknownAt(at);
  }
  runCallbacks(values, at, machine);
  return undefined;
}

function callFunction(target: FunctionValue, values: Value[], at: Place, machine: Machine, member?: Member): Value {
  if (member?.name === 'bind') return { ...target, bound: [...target.bound, ...values.slice(1)] };
  if (member?.name === 'apply') return runFunction(target, values[1]?.kind === 'list' ? values[1].items : [], machine);
  const from = machine.statements;
  const [self] = values;
  // `call` gives the function its `this`.
  const called = member?.name === 'call' && self?.kind === 'record' ? { ...target, self } : target;
  const result = runFunction(called, member?.name === 'call' ? values.slice(1) : values, machine, at);
  const isElsewhere = fileOf(target.scope) !== machine.file && fileOf(target.scope) !== machine.home;
  const isKnown = result.kind !== 'unknown' && !(result.kind === 'constant' && result.value === undefined);
  // A function of another file that is not given the connection may still have one of its own.
  if (!isElsewhere || isKnown || machine.statements > from || values.some((value) => holdsHandle(value))) return result;
  const [code = ''] = machine.file.text.slice(at.start, at.end).split('\n');
  if (!/log/i.test(code.slice(0, code.indexOf('(')))) sayForeign('application code', at, machine.when, machine);
  return result;
}

function callRecord(target: RecordValue, values: Value[], at: Place, machine: Machine, member?: Member): Value {
  const field = target.fields.get(member?.name ?? '');
  if (field?.kind === 'function') return runFunction({ ...field, self: target }, values, machine, at);
  if (field) return callValue(field, values, at, machine);
  if (target.rest && member) return callChain(chainAt(at, target.rest, machine.when), values, at, machine, member);
  return callUnknown(values, at, machine, member?.name);
}

function callUnknown(values: Value[], at: Place, machine: Machine, name = '', target?: Value): Value {
  if (name === 'then' || name === 'finally' || name === 'catch') {
    const [callback] = values;
    if (callback?.kind !== 'function') return unknownAt(at);
    const result =
      name === 'catch'
        ? under(machine, { conditional: true }, () => runFunction(callback, [], machine))
        : runFunction(callback, target ? [target] : [], machine);
    perform(result, machine);
    return unknownAt(at);
  }
  if (values.some((value) => value.kind !== 'function' && holdsHandle(value)) && name !== 'push')
    sayOpaque(machine, at, machine.when, 'what is called there is not known, and it is given the connection');
  const does = target?.kind === 'made' ? effectOfObject(target.type, target.module) : undefined;
  // What is asked of the client of a pool goes where its pool goes.
  if (does === 'second connection' && sendsNothing.has(name)) return target ?? unknownAt(at);
  if (does) sayForeign(does, at, machine.when, machine);
  const results = runCallbacks(values, at, machine);
  return name === 'map' || name === 'flatMap' ? listAt(at, results, false) : unknownAt(at);
}

/** Calls of a client that open, close or watch its connection and leave the rows alone. */
const sendsNothing = new Set(
  '$connect $disconnect addListener close connect destroy end initialize off on once release removeListener'.split(' '),
);

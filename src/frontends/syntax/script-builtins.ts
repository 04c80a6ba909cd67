/** What every JavaScript program can call: promises, objects, and the control flow packages of older migrations. */
import { invoke, runCallbacks } from './script-call.ts';
import { callList } from './script-collections.ts';
import { givenBy, exportsOf } from './script-import.ts';
import type { Machine } from './script-machine.ts';
import { perform } from './script-perform.ts';
import { runFunction } from './script-run.ts';
import { jsonOf } from './script-json.ts';
import { interpolated } from './script-text.ts';
import {
  chainAt,
  constantAt,
  findText,
  itemsOf,
  listAt,
  textAt,
  unknownAt,
  type Chain,
  type Place,
  type Value,
} from './script-value.ts';

/** What a call of a name outside the file gives, or undefined where it is nothing that is known here. */
export function callBuiltin(chain: Chain, values: Value[], at: Place, machine: Machine): Value | undefined {
  const { name, module } = chain.root;
  // A function that is imported by its own name is called without a step.
  const method = chain.steps.at(-1)?.name || (module === undefined ? '' : name);
  if (name === 'require' && chain.steps.length === 1) return required(values[0], at, machine);
  if (/^(node:)?fs(\/promises)?$/.test(module ?? '') && method.startsWith('readFile'))
    return fileOf(values, at, machine);
  if (module === 'path' || module === 'node:path') return joinedPath(method, values, at);
  if (name === 'console' || name === 'logger' || name === 'log') return unknownAt(at);
  if (name === 'Promise' || module === 'bluebird') return callPromise(method, values, at, machine);
  if (module === 'async') return callAsync(method, values, at, machine);
  if (name === 'Object') return callObject(method, values[0], values, at);
  if (name === 'Array' && (method === 'from' || method === 'of')) return values[0] ?? unknownAt(at);
  if (name === 'JSON' && method === 'stringify') return stringified(values[0], at);
  if (name === 'String' && method === '') return textOf(values[0], at);
  return undefined;
}

/** A file that is read: by its path, until its text is asked for. */
function fileOf(values: Value[], at: Place, machine: Machine): Value {
  const file: Value = { kind: 'made', type: 'file', arguments: values.slice(0, 1), ...at };
  const callback = values.at(-1);
  if (callback?.kind === 'function') perform(runFunction(callback, [constantAt(at, null), file], machine), machine);
  return file;
}

/** `__dirname` counts as empty, so that a path is told from the folder of the file. */
function joinedPath(method: string, values: Value[], at: Place): Value | undefined {
  if (method !== 'join' && method !== 'resolve') return undefined;
  const parts = values.map((value) =>
    value.kind === 'chain' && value.root.name === '__dirname' ? '' : findText(value),
  );
  if (parts.includes(undefined)) return unknownAt(at);
  return textAt(at, parts.filter((part) => part !== '' && part !== '.').join('/'));
}

function required(module: Value | undefined, at: Place, machine: Machine): Value {
  const path = module && findText(module);
  if (path === undefined) return unknownAt(at);
  return (
    machine.knowledge.resolve?.('default', path, machine) ??
    requiredFile(path, at, machine) ??
    chainAt(at, { name: 'default', module: path }, machine.when)
  );
}

function requiredFile(path: string, at: Place, machine: Machine): Value | undefined {
  const exports = exportsOf(path, machine);
  return exports && givenBy(path, at, exports.fields.get('default') ?? exports, machine);
}

function callPromise(method: string, values: Value[], at: Place, machine: Machine): Value {
  const [first] = values;
  if (method === 'reject') {
    if (!machine.when.conditional) machine.raised = messageOf(first);
    return unknownAt(at);
  }
  if (/^(all|allSettled|any|race|resolve|props)$/.test(method)) {
    for (const item of itemsOf(first)) perform(item, machine);
    return first?.kind === 'list' || first?.kind === 'text' ? first : unknownAt(at);
  }
  if (first?.kind === 'list') return callList(first, 'forEach', values.slice(1), at, machine);
  runCallbacks(values, at, machine);
  return unknownAt(at);
}

/** https://caolan.github.io/async: `series` and its kin call what they are given in turn. */
function callAsync(method: string, values: Value[], at: Place, machine: Machine): Value {
  const [first, second] = values;
  if (/^each|^map|^forEach/.test(method) && first?.kind === 'list' && second?.kind === 'function')
    return callList(first, 'forEach', [second], at, machine);
  for (const task of first?.kind === 'record' ? [...first.fields.values()] : itemsOf(first))
    perform(invoke(task, [], at, machine), machine);
  if (second?.kind === 'function') perform(runFunction(second, [], machine), machine);
  return unknownAt(at);
}

function callObject(method: string, value: Value | undefined, values: Value[], at: Place): Value {
  if (method === 'freeze' || method === 'seal') return value ?? unknownAt(at);
  if (method === 'assign') return assigned(values, at);
  if (value?.kind !== 'record') return unknownAt(at);
  const entries = [...value.fields];
  if (method === 'keys')
    return listAt(
      at,
      entries.map(([name]) => textAt(at, name)),
      value.whole,
    );
  if (method === 'values')
    return listAt(
      at,
      entries.map(([, field]) => field),
      value.whole,
    );
  if (method === 'entries')
    return listAt(
      at,
      entries.map(([name, field]) => listAt(at, [textAt(at, name), field])),
      value.whole,
    );
  return unknownAt(at);
}

function assigned(values: Value[], at: Place): Value {
  const fields = new Map<string, Value>();
  let whole = true;
  for (const value of values) {
    whole &&= value.kind === 'record' && value.whole;
    if (value.kind === 'record') for (const [name, field] of value.fields) fields.set(name, field);
  }
  return { kind: 'record', fields, whole, ...at };
}

function stringified(value: Value | undefined, at: Place): Value {
  const json = value && jsonOf(value);
  return json === undefined ? unknownAt(at) : textAt(at, json);
}

function textOf(value: Value | undefined, at: Place): Value {
  return value ? { kind: 'text', pieces: interpolated(value, at), ...at } : constantAt(at, undefined);
}

function messageOf(value: Value | undefined): string {
  const argument = value?.kind === 'made' ? value.arguments[0] : value;
  return (argument && findText(argument)) ?? 'it raises an error';
}

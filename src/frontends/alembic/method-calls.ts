/** Calls of methods of strings, lists and other values of Python, and of statements that are being built. */
import { shortened } from './call.ts';
import { isNetworkPath } from './known-calls.ts';
import { emit, emitOpaque, type Run } from './run.ts';
import { callSqlalchemyObject } from './object-calls.ts';
import { appended, formatString, joined } from './string.ts';
import { pathOf, unknown, type CallValue, type Value } from './value.ts';

/** What a call of a method does and gives. */
export function callOnValue(run: Run, call: CallValue, object: Value, name: string): Value {
  switch (object.kind) {
    case 'string':
      return callOnString(call, object, name);
    case 'list':
      return callOnList(run, call, object, name);
    case 'dictionary':
      return callOnDictionary(call, object, name);
    case 'none':
    case 'number':
    case 'boolean':
      return unknown;
    case 'unknown':
      return object.from === undefined ? callUnknown(run, call, name) : object;
    case 'call':
      return callOnCall(run, call, object, name);
    case 'attribute':
    case 'class':
      return callSqlalchemyObject(run, call, object, name) ?? callUnknown(run, call, name);
  }
  return callUnknown(run, call, name);
}

function callOnString(call: CallValue, object: Extract<Value, { kind: 'string' }>, name: string): Value {
  const [first] = call.positional;
  switch (name) {
    case 'format':
      return formatString(object, call.positional, call.keywords);
    case 'join':
      if (first?.kind !== 'list' || first.open) return { kind: 'string', text: '_computed_' };
      return joined(first.items, object.text);
    case 'strip':
    case 'lstrip':
    case 'rstrip':
      return object;
    case 'lower':
      return { kind: 'string', text: object.text.toLowerCase() };
    case 'upper':
      return { kind: 'string', text: object.text.toUpperCase() };
    case 'split':
      return splitString(object.text, first);
    case 'replace': {
      const [from, to] = call.positional;
      if (from?.kind !== 'string' || to?.kind !== 'string') return unknown;
      return { kind: 'string', text: object.text.replaceAll(from.text, to.text) };
    }
  }
  return unknown;
}

function splitString(text: string, separator: Value | undefined): Value {
  const pieces =
    separator?.kind === 'string' && separator.text !== '' ? text.split(separator.text) : text.trim().split(/\s+/);
  return { kind: 'list', items: pieces.map((piece) => ({ kind: 'string', text: piece })) };
}

/** What is added in a loop whose rounds are not known is added any number of times. */
function callOnList(run: Run, call: CallValue, object: Extract<Value, { kind: 'list' }>, name: string): Value {
  const [first] = call.positional;
  if ((name === 'append' || name === 'add') && first) addItem(run, object, first);
  else if ((name === 'extend' || name === 'update') && first?.kind === 'list') extend(object, first);
  else if (/^(extend|insert|pop|remove|clear|update|sort|reverse)$/.test(name)) object.open = true;
  return unknown;
}

function addItem(run: Run, object: Extract<Value, { kind: 'list' }>, item: Value): void {
  if (object.items.length < 10_000) object.items.push(item);
  if (run.looped) object.open = true;
}

function extend(object: Extract<Value, { kind: 'list' }>, more: Extract<Value, { kind: 'list' }>): void {
  const all = appended(object, more);
  if (all.kind !== 'list') return;
  object.items = all.items;
  if (all.open) object.open = true;
}

function callOnDictionary(call: CallValue, object: Extract<Value, { kind: 'dictionary' }>, name: string): Value {
  const { entries } = object;
  if (object.open) return unknown;
  switch (name) {
    case 'items':
      return { kind: 'list', items: entries.map(([key, value]) => ({ kind: 'list', items: [key, value] })) };
    case 'keys':
      return { kind: 'list', items: entries.map(([key]) => key) };
    case 'values':
      return { kind: 'list', items: entries.map(([, value]) => value) };
    case 'get': {
      const [wanted] = call.positional;
      const found = entries.find(
        ([key]) => key.kind === 'string' && wanted?.kind === 'string' && key.text === wanted.text,
      );
      return found?.[1] ?? unknown;
    }
    case 'update':
    case 'pop':
    case 'setdefault':
      object.open = true;
  }
  return unknown;
}

/** A method of something that a call made: a type, a statement, an instance of a library's class. */
function callOnCall(run: Run, call: CallValue, object: CallValue, name: string): Value {
  const known = callSqlalchemyObject(run, call, object, name);
  if (known) return known;
  const path = rootPath(object);
  if (path !== undefined && isNetworkPath(path)) {
    emit(run, call.node, { kind: 'runCode', code: shortened(run, call.node), does: 'network call' });
    return { kind: 'unknown', from: 'library' };
  }
  return callUnknown(run, call, name);
}

function rootPath(value: Value): string | undefined {
  if (value.kind === 'call') return rootPath(value.callee);
  return value.kind === 'attribute' ? rootPath(value.object) : pathOf(value);
}

/** Methods that read, count or tidy, whatever they are called on. */
const harmless =
  /^(append|title|capitalize|zfill|casefold|isdigit|isnumeric|isalpha|splitlines|rsplit|partition|rpartition|ljust|rjust|hex|removeprefix|removesuffix|find|rfind|model_dump|dict|add|extend|update|get|items|keys|values|pop|setdefault|copy|join|split|strip|format|lower|upper|startswith|endswith|encode|decode|replace|isoformat|strftime|total_seconds|fetchall|fetchone|first|all|one|scalar|scalars|mappings|close|index|count|sort|remove|debug|info|warning|warn|error|exception|log|write|read|readlines|update_one|hexdigest|digest|group|groups|match|search|sub|findall|date|time|timestamp|astimezone|is_testing|union|difference|intersection|issubset|discard|insert|clear|most_common)$/;

function callUnknown(run: Run, call: CallValue, name: string): Value {
  if (harmless.test(name) || run.defining > 0) return unknown;
  emitOpaque(run, call.node, `what \`${shortened(run, call.node)}\` does is not known`);
  return unknown;
}

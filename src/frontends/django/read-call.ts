/** What the calls in the code of a data migration do: rows that are read, changed and made, SQL, code of the application. */
import type { CodeEffect } from '../../operations/operation.ts';
import { argumentOf, bare, qualifiedName, readCall, readChain, type PythonCall } from '../syntax/python-call.ts';
import { parametersOf } from '../syntax/python-module.ts';
import { readValue } from '../syntax/python-value.ts';
import { noteStop } from '../syntax/stopped-loop.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../syntax/tree.ts';
import type { Effect } from '../sql/effect.ts';
import { emit, emitFrom, emitOpaque } from './emission.ts';
import { findHelper } from './helper.ts';
import { readWrite } from './orm.ts';
import { isOwnCode } from './own-code.ts';
import { readCode, visit } from './read-code.ts';
import { emitSql } from './run-sql.ts';
import { thingAt, thingNamed, type Place, type Reading, type Thing } from './thing.ts';

const mostCalls = 40;

/** Reads one call with what stands in it. */
export function visitCall(place: Place, node: SyntaxNode): void {
  const { scope } = place;
  const call = readCall(node, scope.module.text);
  if (!call) return;
  sayModel(place, call);
  const inside = qualifiedName(call.callee, scope.module) === 'django.db.transaction.on_commit';
  for (const child of namedChildren(node)) visit(inside ? { ...place, later: true } : place, child);
  const callee = bare(call.callee);
  const object = callee.type === 'attribute' ? childOf(callee, 'object') : undefined;
  const attribute = childOf(callee, 'attribute');
  if (object && attribute) visitMethod(place, call, object, textOf(attribute, scope.module.text));
  else if (callee.type === 'identifier') visitFunction(place, call, textOf(callee, scope.module.text));
}

/** A model that is imported is the application's of today, not the one of this migration. */
function sayModel(place: Place, call: PythonCall): void {
  const { scope, things } = place;
  const { root } = readChain(call.node, scope.module.text);
  const name = textOf(root, scope.module.text);
  if (root.type !== 'identifier' || things.has(name)) return;
  const origin = scope.module.imports.get(name);
  const isRegistry = origin === 'django.apps.apps' && /\.get_models?$/.test(textOf(call.callee, scope.module.text));
  if (origin !== undefined && (isRegistry || thingNamed(place, name)?.kind === 'model'))
    sayCode(place, call, origin, 'application code');
}

function visitMethod(place: Place, call: PythonCall, object: SyntaxNode, method: string): void {
  const { reading } = place;
  const thing = thingAt(place, object);
  if ((thing?.kind === 'cursor' || thing?.kind === 'editor' || thing?.kind === 'connection') && sqlMethods.has(method))
    return sendSql(place, call, method);
  if (thing?.kind === 'editor' && method === 'alter_db_table') return renameTable(place, call);
  if (thing?.kind === 'editor' && schemaMethods.test(method))
    return emitOpaque(reading.emission, placeOf(place, call), `what schema_editor.${method} does is not read`);
  if (method === 'full_clean' && place.looped) noteStop(reading.stops, 'full_clean()');
  const effect = readWrite(place, thing, method, call);
  if (effect) return say(isByValue(thing, call) ? { ...place, looped: false } : place, call, effect);
  // In a row of which the table is not known, save() still writes.
  if (!thing && method === 'save' && object.type === 'identifier') return saveUnknown(place, call, object);
  const name = qualifiedName(call.callee, place.scope.module) ?? '';
  if (jobMethods.has(method)) return sayCode(place, call, name === '' ? method : name, 'enqueues a job');
  if (networkModules.test(name)) return sayCode(place, call, name, 'network call');
  if (!thing && followHelper(place, call, name)) return;
  if (!thing && isOwnCode(name, place.scope.module)) sayCode(place, call, name, 'application code');
  if (method === 'connect') followArguments({ ...place, later: true }, call);
}

/** `filter(zone=old).update(zone=new)`: one statement for all rows of a value, in whatever loop over values it stands. */
function isByValue(thing: Thing | undefined, { keywords }: PythonCall): boolean {
  const by = (thing?.kind === 'rows' && thing.by) || [];
  return by.length > 0 && by.every((name) => keywords.has(name));
}

/** `schema_editor.alter_db_table(model, old, new)` renames the table, and only that. */
function renameTable(place: Place, call: PythonCall): void {
  const [old, made] = ['old_db_table', 'new_db_table'].map((keyword, index) => {
    const node = argumentOf(call, index + 1, keyword);
    const value = node && readValue(node, place.scope);
    return value?.kind === 'string' ? value.value.replaceAll('"', '') : undefined;
  });
  if (old === undefined || made === undefined)
    return emitOpaque(place.reading.emission, placeOf(place, call), 'the tables that it renames are no literals');
  say(place, call, { kind: 'renameTable', table: old, to: made });
}

function visitFunction(place: Place, call: PythonCall, name: string): void {
  const { module } = place.scope;
  const thing = place.things.get(name);
  const definition = thing?.kind === 'function' ? thing.definition : module.functions.get(name);
  if (definition) return follow(place, call, definition);
  const origin = module.imports.get(name);
  if (thing?.kind === 'model' || origin === undefined || followHelper(place, call, origin)) return;
  if (networkModules.test(origin)) sayCode(place, call, origin, 'network call');
  else if (todaysCode.has(origin) || isOwnCode(origin, module)) sayCode(place, call, origin, 'application code');
}

/** Reads a function of a file that stands with migrations; false where there is none of that name. */
function followHelper(place: Place, call: PythonCall, name: string): boolean {
  const { reading } = place;
  const helper = findHelper(place.scope, name);
  if (!helper) return false;
  emitFrom(reading.emission, helper.scope.module, reading.written, (emission) => {
    const inner: Reading = { ...reading, emission, scope: helper.scope };
    follow(place, call, helper.definition, inner);
    reading.calls = inner.calls;
  });
  return true;
}

/** Reads a function with what it is given; that of another file is read there. */
function follow(place: Place, call: PythonCall, definition: SyntaxNode, reading = place.reading): void {
  const body = childOf(definition, 'body');
  reading.calls++;
  if (!body || reading.calls > mostCalls) return;
  // A function of this file cannot be read in another one.
  const isHere = reading === place.reading;
  const names = parametersOf(definition, reading.scope.module.text);
  const given = names.map((name, index): [string, Thing | undefined] => {
    const argument = argumentOf(call, index, name);
    return [name, argument && thingAt(place, argument)];
  });
  const known = given.flatMap(([name, thing]): [string, Thing][] =>
    thing && (isHere || thing.kind !== 'function') ? [[name, thing]] : [],
  );
  const free = [...place.things].filter(([name, { kind }]) => isHere && kind === 'function' && !names.includes(name));
  const { looped, conditional, later } = place;
  readCode(reading, body, [...free, ...known], { looped, conditional, ...(later ? { later } : {}) });
}

/** Signal handlers that are connected here run after the migration. */
function followArguments(place: Place, call: PythonCall): void {
  for (const argument of call.positional) {
    const name = textOf(argument, place.scope.module.text);
    const thing = place.things.get(name);
    const definition = thing?.kind === 'function' ? thing.definition : place.scope.module.functions.get(name);
    if (argument.type === 'identifier' && definition) follow(place, call, definition);
  }
}

function sendSql(place: Place, call: PythonCall, method: string): void {
  const { reading, looped } = place;
  const sql = argumentOf(call, 0, 'sql');
  const parameters = argumentOf(call, 1, 'params');
  const filled = method === 'executemany' || (parameters !== undefined && parameters.type !== 'none');
  if (!sql) return;
  const written = placeOf(place, call);
  emitSql(reading.emission, sql, place.scope, {
    written,
    filled,
    looped: looped || method === 'executemany',
    comments: reading.comments,
  });
}

function saveUnknown(place: Place, call: PythonCall, object: SyntaxNode): void {
  const table = `_computed_${textOf(object, place.scope.module.text).toLowerCase()}`;
  const effect = readWrite(place, { kind: 'row', table, isNew: false }, 'save', call);
  if (effect) say(place, call, effect);
}

function say(place: Place, call: PythonCall, effect: Effect): void {
  const isRepeated = place.looped && (effect.kind === 'updateRows' || effect.kind === 'deleteRows');
  emit(place.reading.emission, placeOf(place, call), isRepeated ? { ...effect, looped: true } : effect);
}

function sayCode(place: Place, call: PythonCall, code: string, does: CodeEffect): void {
  const { reading } = place;
  if (reading.said.has(code)) return;
  reading.said.add(code);
  emit(reading.emission, placeOf(place, call), {
    kind: 'runCode',
    code,
    does,
    ...(place.later ? { later: true } : {}),
  });
}

function placeOf(
  { conditional, reading }: Place,
  call: PythonCall,
): { start: number; end: number; conditional?: true } {
  const { start, end } = call.node;
  return { start, end, ...(conditional || reading.written.conditional ? { conditional: true } : {}) };
}

/** Django's own ways to what the application is on the day on which the migration runs. */
const todaysCode = new Set(['django.contrib.auth.get_user_model', 'django.core.management.call_command']);
const sqlMethods = new Set(['execute', 'executemany', 'executescript']);
const schemaMethods = /^(create|delete|add|remove|alter|rename)_/;
const jobMethods = new Set(['delay', 'apply_async', 'enqueue', 'send_task', 'delay_on_commit', 'send_with_options']);
/** What takes an address apart speaks to nobody. */
const networkModules =
  /^(requests|httpx|urllib(?!\.parse\b)|urllib3(?!\.util\b)|aiohttp|boto3|http\.client|socket|smtplib|stripe)\b/;

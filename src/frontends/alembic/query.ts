/** Statements built from tables: `table.update().where(…).values(…)`, `sa.insert(table)`, `sa.select(…)`. */
import type { DataOperation } from '../../operations/operation.ts';
import { assignedBy, conditionsOf } from './assigned.ts';
import type { Run } from './run.ts';
import { tableOf } from './table.ts';
import { computedName, pathOf, type CallValue, type Value } from './value.ts';

export type Statement =
  | { kind: 'select'; table?: string }
  | Extract<DataOperation, { kind: 'insertRows' | 'updateRows' | 'deleteRows' }>
  /** It is of a model that the file imports. */
  | { kind: 'application' };

/** The statement that a chain of calls builds, or undefined when it builds none. */
export function readStatement(run: Run, value: Value): Statement | undefined {
  const methods: CallValue[] = [];
  let each: Value = value;
  while (each.kind === 'call' && each.callee.kind === 'attribute' && !verbs.has(each.callee.name)) {
    methods.push(each);
    each = each.callee.object;
  }
  if (each.kind !== 'call') return undefined;
  const start = startOf(run, each);
  return start && finished(run, start, methods);
}

const verbs = new Set(['insert', 'update', 'delete', 'select']);

type Start = { verb: string; target: Value | undefined; table: string | undefined; call: CallValue };

/** `table.update()` or `sa.update(table)`. */
function startOf(run: Run, call: CallValue): Start | undefined {
  if (call.callee.kind === 'attribute') {
    const table = tableOf(run, call.callee.object);
    if (table) return { verb: call.callee.name, target: call.callee.object, table: table.name, call };
    return isForeign(call.callee.object)
      ? { verb: call.callee.name, target: call.callee.object, table: undefined, call }
      : undefined;
  }
  const path = pathOf(call.callee) ?? '';
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (verbs.has(name) && !path.startsWith('sqlalchemy.')) {
    const target: Value = { kind: 'name', path: path.slice(0, -name.length - 1) };
    return { verb: name, target, table: tableOf(run, target)?.name, call };
  }
  if (!path.startsWith('sqlalchemy.')) return undefined;
  if (/^(select|union|union_all|exists|values|cte|except_|intersect)$/.test(name))
    return { verb: 'select', target: undefined, table: selectedTable(run, call), call };
  if (!verbs.has(name) && name !== 'Insert') return undefined;
  const [target] = call.positional;
  return { verb: name.toLowerCase(), target, table: tableOf(run, target)?.name, call };
}

/** An imported model, such as `User.__table__` of the application. */
function isForeign(value: Value): boolean {
  if (value.kind === 'attribute') return isForeign(value.object);
  return value.kind === 'name' && value.path.includes('.');
}

function selectedTable(run: Run, call: CallValue): string | undefined {
  const given = call.positional.flatMap((each) => (each.kind === 'list' ? each.items : [each]));
  return given.map((each) => tableOf(run, each)?.name).find((name) => name !== undefined);
}

function finished(run: Run, start: Start, methods: readonly CallValue[]): Statement {
  const names = methods.map(({ callee }) => (callee.kind === 'attribute' ? callee.name : ''));
  const filtered =
    names.some((name) => narrowing.test(name)) ||
    start.call.positional.length > (start.call.callee.kind === 'attribute' ? 0 : 1) ||
    start.call.keywords.has('whereclause');
  if (start.verb === 'select')
    return start.table === undefined ? { kind: 'select' } : { kind: 'select', table: start.table };
  if (start.table === undefined && start.target && isForeign(start.target)) return { kind: 'application' };
  const table = start.table ?? computedName;
  if (start.verb === 'insert')
    return { kind: 'insertRows', table, source: names.includes('from_select') ? 'query' : 'values' };
  if (start.verb === 'delete') return { kind: 'deleteRows', table, filtered };
  const values = [start.call, ...methods.filter((_, index) => /^(values|ordered_values)$/.test(names[index] ?? ''))];
  const set = values.flatMap((call) => setValues(call));
  const columns = set.map(([column]) => column);
  const isChained = !filtered || names.some((name) => narrowing.test(name));
  const conditions = isChained ? conditionsOf(run, table, methods) : [undefined];
  return { kind: 'updateRows', table, columns, filtered, ...assignedBy(run, table, set, conditions) };
}

const narrowing = /^(where|filter|filter_by|having|join)$/;

/** The columns and values of `.values(name='x')`, `.values({'name': 'x'})`, `.values({table.c.name: 'x'})`, `update(values={…})`. */
function setValues(call: CallValue): (readonly [string, Value])[] {
  const isVerb = call.callee.kind === 'name' || (call.callee.kind === 'attribute' && verbs.has(call.callee.name));
  const given = call.keywords.get('values') ?? (isVerb && call.callee.kind === 'name' ? undefined : call.positional[0]);
  const keywords = isVerb ? [] : [...call.keywords];
  if (given?.kind !== 'dictionary') return keywords;
  return given.entries.map(([key, value]) => [columnName(key), value] as const);
}

/** The keys of the dictionary that an ORM update is given. */
export function columnName(key: Value): string {
  if (key.kind === 'string') return key.text;
  return key.kind === 'attribute' ? key.name : computedName;
}

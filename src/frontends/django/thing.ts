/** What expressions in the code of a data migration stand for: models, their rows, ways to send SQL. */
import type { Comment } from '../../operations/migration.ts';
import { argumentOf, bare, qualifiedName, readCall, type PythonCall } from '../syntax/python-call.ts';
import type { Stops } from '../syntax/stopped-loop.ts';
import { readValue, stringsOf } from '../syntax/python-value.ts';
import { childOf, textOf, type SyntaxNode } from '../syntax/tree.ts';
import { conditionsOf } from './assigned.ts';
import { targetTable } from './column.ts';
import type { Declared } from './declared.ts';
import type { Emission } from './emission.ts';
import type { ListScope } from './operations-list.ts';

/** What a name stands for. */
export type Thing =
  | { kind: 'apps' }
  | { kind: 'editor' }
  | { kind: 'connection' }
  | { kind: 'cursor' }
  | { kind: 'model'; table: string }
  /** `limited`: a slice, or the rows of a list of keys. */
  /** `conditions`: what picks them, as SQL; undefined is one that is not known. */
  | {
      kind: 'rows';
      table: string;
      filtered: boolean;
      limited?: true;
      conditions?: readonly (string | undefined)[];
      by?: readonly string[];
    }
  | { kind: 'row'; table: string; isNew: boolean }
  | { kind: 'function'; definition: SyntaxNode };

/** One RunPython as it is read. */
export type Reading = {
  emission: Emission;
  written: Declared;
  comments: Comment[];
  scope: ListScope;
  /** Functions that were followed; so many and no more. */
  calls: number;
  /** Code outside the migration is named once. */
  said: Set<string>;
  stops: Stops;
  /** Something in it is done on another database only. */
  isForAnother?: boolean;
};

/** Where the walk stands: names, loops and conditions around it. */
export type Place = {
  reading: Reading;
  scope: ListScope;
  things: Map<string, Thing>;
  looped: boolean;
  /** What is called here waits for the commit, or for the end of all migrations. */
  later?: true;
  conditional: boolean;
};

/** What an expression stands for, as far as it is a model, rows of one, or a way to send SQL. */
export function thingAt(place: Place, around: SyntaxNode): Thing | undefined {
  const node = bare(around);
  const { text } = place.scope.module;
  if (node.type === 'identifier') return thingNamed(place, textOf(node, text));
  if (node.type === 'subscript') return thingOfPart(place, node);
  if (node.type === 'attribute') {
    const object = childOf(node, 'object');
    const attribute = childOf(node, 'attribute');
    return object && attribute && thingOfAttribute(thingAt(place, object), textOf(attribute, text));
  }
  const call = node.type === 'call' ? readCall(node, text) : undefined;
  return call && thingOfCall(place, call);
}

export function thingNamed({ things, scope }: Place, name: string): Thing | undefined {
  const thing = things.get(name);
  if (thing) return thing;
  const origin = scope.module.imports.get(name);
  if (origin === undefined || scope.locals?.has(name)) return undefined;
  if (/^django\.db\.(connection|transaction)$|^django\.db\.connections$/.test(origin))
    return origin.endsWith('transaction') ? undefined : { kind: 'connection' };
  if (origin === 'django.apps.apps') return { kind: 'apps' };
  // The model as the application has it today; its table may have any name.
  const isModel = /(^|\.)models\.(\w+\.)*[A-Z]\w*$/.test(origin) && !origin.startsWith('django.db.');
  return isModel ? { kind: 'model', table: `_computed_${name.toLowerCase()}` } : undefined;
}

/** rows[0] is one of them, rows[:10] are some of them; connections["default"] is a connection. */
function thingOfPart(place: Place, node: SyntaxNode): Thing | undefined {
  const value = childOf(node, 'value');
  const thing = value && thingAt(place, value);
  if (thing?.kind !== 'rows') return thing?.kind === 'connection' ? thing : undefined;
  const isSlice = node.children.some((child) => child.type === 'slice');
  return isSlice ? { ...thing, filtered: true, limited: true } : { kind: 'row', table: thing.table, isNew: false };
}

function thingOfAttribute(thing: Thing | undefined, name: string): Thing | undefined {
  if (thing?.kind === 'editor' && name === 'connection') return { kind: 'connection' };
  // Managers have any name; what begins with an underscore or a capital is something else.
  if (thing?.kind === 'model' && (/^[a-z]\w*$/.test(name) || name === '_default_manager' || name === '_base_manager'))
    return { kind: 'rows', table: thing.table, filtered: false };
  return undefined;
}

function thingOfCall(place: Place, call: PythonCall): Thing | undefined {
  const { text } = place.scope.module;
  const callee = bare(call.callee);
  const object = callee.type === 'attribute' ? childOf(callee, 'object') : undefined;
  const attribute = childOf(callee, 'attribute');
  const thing = object ? thingAt(place, object) : undefined;
  const method = attribute ? textOf(attribute, text) : '';
  if (!object) return thingOfFunction(place, call, callee);
  if (thing?.kind === 'apps' && method === 'get_model') return { kind: 'model', table: tableOfModel(place, call) };
  if (thing?.kind === 'connection' && method === 'cursor') return { kind: 'cursor' };
  if (thing?.kind !== 'rows') return undefined;
  if (method === 'filter' && (call.keywords.has('pk__in') || call.keywords.has('id__in')))
    return { ...thing, filtered: true, limited: true };
  if (narrowing.has(method))
    return {
      ...thing,
      filtered: true,
      conditions: [...(thing.conditions ?? []), ...conditionsOf(place, thing.table, method, call)],
      by: [...(thing.by ?? []), ...columnsAsked(method, call)],
    };
  if (single.has(method)) return { kind: 'row', table: thing.table, isNew: method === 'create' };
  return { ...thing };
}

/** The columns that a filter compares with a value; one of no name stands for what else it asks. */
function columnsAsked(method: string, { keywords, positional, spread }: PythonCall): string[] {
  const isPlain = method === 'filter' && positional.length === 0 && !spread;
  return isPlain ? [...keywords.keys()] : [''];
}

function thingOfFunction(place: Place, call: PythonCall, callee: SyntaxNode): Thing | undefined {
  const thing = thingAt(place, callee);
  if (thing?.kind === 'model') return { kind: 'row', table: thing.table, isNew: true };
  const name = qualifiedName(callee, place.scope.module);
  if (name?.endsWith('get_user_model'))
    return { kind: 'model', table: targetTable(place.reading.emission, 'settings.AUTH_USER_MODEL') };
  const [first] = call.positional;
  // list(rows), tqdm(rows), enumerate(rows) and functions that cut rows into batches give the same rows.
  const inner = first && thingAt(place, first);
  return inner?.kind === 'rows' ? inner : undefined;
}

const mostRounds = 40;

/** Where the walk stands in each round of a loop over strings that are written out, such as the names of models; undefined for other loops. */
export function roundsOf(
  place: Place,
  left: SyntaxNode | undefined,
  over: SyntaxNode | undefined,
): Place[] | undefined {
  const list = left?.type === 'identifier' && over ? readValue(over, place.scope) : undefined;
  if (!left || list?.kind !== 'list' || list.items.length > mostRounds || stringsOf(list) === undefined)
    return undefined;
  const name = textOf(left, place.scope.module.text);
  return list.items.map(({ node }) => {
    const locals = new Map([...(place.scope.locals ?? []), [name, [node]] as const]);
    return { ...place, scope: { ...place.scope, locals } };
  });
}

/** apps.get_model("app", "Model") and apps.get_model("app.Model") */
function tableOfModel({ scope, reading }: Place, call: PythonCall): string {
  const [first, second] = [argumentOf(call, 0, 'app_label'), argumentOf(call, 1, 'model_name')];
  const [app] = (first && stringsOf(readValue(first, scope))) ?? [];
  const [model] = (second && stringsOf(readValue(second, scope))) ?? [];
  if (app === undefined || (second && model === undefined)) return '_computed_model';
  return targetTable(reading.emission, model === undefined ? app : `${app}.${model}`);
}

const narrowing = new Set(['filter', 'exclude', 'raw', 'none', 'difference', 'intersection', 'distinct']);
const single = new Set(['get', 'first', 'last', 'earliest', 'latest', 'create', 'get_or_none']);

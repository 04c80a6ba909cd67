/** The methods of Django's ORM that write. */
import { argumentOf, type PythonCall } from '../syntax/python-call.ts';
import type { Scope } from '../syntax/python-module.ts';
import { readValue, stringsOf } from '../syntax/python-value.ts';
import type { Effect } from '../sql/effect.ts';
import { assignedBy } from './assigned.ts';
import type { Place, Thing } from './thing.ts';

/** What a method does to the rows that it is called on, or undefined when it writes nothing. */
export function readWrite(
  place: Place,
  thing: Thing | undefined,
  method: string,
  call: PythonCall,
): Effect | undefined {
  const { scope } = place;
  if (thing?.kind === 'rows') return writeOfRows(place, thing, method, call);
  if (thing?.kind === 'row') return writeOfRow(thing, method, call, scope);
  return undefined;
}

/** https://docs.djangoproject.com/en/stable/ref/models/querysets/ */
function writeOfRows(
  place: Place,
  { table, filtered, limited, conditions = [] }: Extract<Thing, { kind: 'rows' }>,
  method: string,
  call: PythonCall,
): Effect | undefined {
  const more = limited ? { limited } : {};
  switch (method.replace(/^a(?=(update|delete|create|get_|bulk))/, '')) {
    case 'update':
      return {
        kind: 'updateRows',
        table,
        columns: [...call.keywords.keys(), ...(call.spread ? computedColumns : [])],
        filtered,
        ...more,
        ...assignedBy(place, table, call, conditions),
      };
    case 'delete':
    case '_raw_delete':
      return { kind: 'deleteRows', table, filtered, ...more };
    case 'create':
    case 'get_or_create':
    case 'bulk_create':
      return { kind: 'insertRows', table, source: 'values' };
    case 'update_or_create':
      return { kind: 'insertRows', table, source: 'values', replaces: true };
    case 'bulk_update':
      // The rows of one list, and not of the table: a loop over slices writes a batch in each round.
      return {
        kind: 'updateRows',
        table,
        columns: columnsGiven(call, 1, 'fields', place.scope),
        filtered: true,
        limited: true,
        workedOut: true,
      };
    default:
      return undefined;
  }
}

/** save() without update_fields writes every column: they stand as none. */
function writeOfRow(
  { table, isNew }: Extract<Thing, { kind: 'row' }>,
  method: string,
  call: PythonCall,
  scope: Scope,
): Effect | undefined {
  if (method === 'delete' || method === 'adelete') return { kind: 'deleteRows', table, filtered: true };
  if (method !== 'save' && method !== 'asave') return undefined;
  if (isNew) return { kind: 'insertRows', table, source: 'values' };
  return { kind: 'updateRows', table, columns: columnsGiven(call, 3, 'update_fields', scope), filtered: true };
}

/** Some columns, which the program fills in; none would mean all. */
const computedColumns = ['_computed_columns'];

function columnsGiven(call: PythonCall, position: number, keyword: string, scope: Scope): string[] {
  const node = argumentOf(call, position, keyword);
  if (!node) return call.spread ? computedColumns : [];
  return node.type === 'none' ? [] : (stringsOf(readValue(node, scope)) ?? computedColumns);
}

/** Methods of `pgm` for what is not a table: views, functions, policies, privileges and the rest of a schema. */
import type { ObjectKind } from '../../operations/object-operation.ts';
import type { Effect } from '../sql/effect.ts';
import { nameIn, plainTable, tableIn } from '../syntax/generated-sql.ts';
import { fieldOf, isConstantValue, itemsOf, type Value } from '../syntax/script-value.ts';

/** What a method such as `createView` or `renamePolicy` sends; undefined for one that is not known. */
export function effectsOfObject(method: string, values: readonly Value[]): Effect[] | undefined {
  if (method === 'refreshMaterializedView') return [refreshed(values)];
  if (/^(grant|revoke)(Roles|On[A-Z]\w*)$/.test(method)) return [privileges(method, values)];
  const [, verb, noun = ''] = /^(create|add|drop|alter|rename|set)([A-Z]\w*)$/.exec(method) ?? [];
  const known = Object.hasOwn(objects, noun) ? objects[noun] : undefined;
  if (!known || verb === undefined) return undefined;
  const { object } = known;
  const table = known.onTable ? { table: plainTable(tableIn(values[0])) } : {};
  const [first, second] = known.onTable ? values.slice(1) : values;
  // The parameters of a function stand between its old and its new name.
  const renamed = noun === 'Function' ? values[2] : second;
  const options = values.findLast((value) => value.kind === 'record' && isOptions(value));
  if (noun === 'Schema' && verb === 'drop')
    return itemsOf(first).map((schema) => ({ kind: 'dropSchema', schema: nameIn(schema), ...guards(options) }));
  return itemsOf(first).map((value): Effect => {
    const name = plainTable(tableIn(value));
    if (known.part) return { kind: 'alterObject', object, name, change: method };
    if (verb === 'drop') return { kind: 'dropObject', object, name, ...table, ...guards(options) };
    if (verb === 'rename') return { kind: 'renameObject', object, name, to: plainTable(tableIn(renamed)), ...table };
    if (verb === 'alter' || verb === 'set')
      return { kind: 'alterObject', object, name, ...table, change: 'definition' };
    return { kind: 'createObject', object, name, ...table, ...created(options) };
  });
}

/** `onTable`: the table stands first. `part`: something of the object changes. */
type Known = { object: ObjectKind; onTable?: true; part?: true };

const objects: Record<string, Known> = {
  Extension: { object: 'extension' },
  Schema: { object: 'schema' },
  Sequence: { object: 'sequence' },
  Domain: { object: 'domain' },
  Function: { object: 'function' },
  View: { object: 'view' },
  ViewColumn: { object: 'view', part: true },
  MaterializedView: { object: 'materialized view' },
  MaterializedViewColumn: { object: 'materialized view', part: true },
  Trigger: { object: 'trigger', onTable: true },
  Policy: { object: 'policy', onTable: true },
  Role: { object: 'role' },
  Collation: { object: 'collation' },
  Index: { object: 'index' },
  Operator: { object: 'operator' },
  TypeAttribute: { object: 'type', part: true },
};

function refreshed([view, options]: readonly Value[]): Effect {
  const change = isTrue(options, 'concurrently') ? 'refresh concurrently' : 'refresh';
  return { kind: 'alterObject', object: 'materialized view', name: plainTable(tableIn(view)), change };
}

/** The privileges on the first table that is named, or those of a role. */
function privileges(method: string, [options]: readonly Value[]): Effect {
  const tables = itemsOf(fieldOf(options, 'tables')).map((table) => plainTable(tableIn(table)));
  const name = tables[0] ?? nameIn(fieldOf(options, 'schemas') ?? options);
  const table = tables.length === 1 ? { table: name } : {};
  return {
    kind: 'alterObject',
    object: 'privileges',
    name,
    ...table,
    change: method.startsWith('grant') ? 'grant' : 'revoke',
  };
}

function isOptions(value: Value): boolean {
  return ['ifExists', 'ifNotExists', 'cascade', 'replace'].some((name) => fieldOf(value, name) !== undefined);
}

function created(options: Value | undefined): { replaces?: true; ifNotExists?: true } {
  return {
    ...(isTrue(options, 'replace') ? { replaces: true } : {}),
    ...(isTrue(options, 'ifNotExists') ? { ifNotExists: true } : {}),
  };
}

function guards(options: Value | undefined): { ifExists?: true; cascade?: true } {
  return {
    ...(isTrue(options, 'ifExists') ? { ifExists: true } : {}),
    ...(isTrue(options, 'cascade') ? { cascade: true } : {}),
  };
}

function isTrue(options: Value | undefined, name: string): boolean {
  return isConstantValue(fieldOf(options, name), true);
}

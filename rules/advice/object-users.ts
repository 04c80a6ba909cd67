/** What uses a type, a function or a sequence of PostgreSQL, as far as the history tells, and so goes with it. */
import type { Index } from '../../src/operations/column.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { ViewQuery } from '../../src/operations/object-operation.ts';
import { viewsOf } from '../../src/operations/view-queries.ts';
import { code, codes, type Context } from '../../src/rule.ts';
import { extensions } from './extensions.ts';
import { expressionsOf, type Placed } from './placed-expressions.ts';

/** `along` is what goes with it. `isGrave`: values go, or INSERTs fail. `remakes` says of an operation whether it makes it again. */
export type User = { what: string; along?: string; isGrave: boolean; remakes?: (each: Operation) => boolean };

/** Columns, expressions, triggers, functions and views, those after the ones that they read. */
export function usersOf({ object, name }: OperationOf<'dropObject'>, context: Context): User[] {
  if (object === 'sequence') return usersIn((each) => each.sequences.includes(name), context);
  const extension = object === 'extension' ? extensions[name] : undefined;
  const types = object === 'extension' ? (extension?.types ?? []) : [name.toLowerCase()];
  const functions = object === 'extension' ? (extension?.functions ?? []) : [name];
  if (object === 'type' || object === 'domain') return usersOfTypes(types, context);
  const calls = usersIn((each) => each.functions.some((called) => functions.includes(called)), context);
  return [
    ...columnsOfTypes(types, context),
    ...calls,
    ...triggersOf(functions, context),
    ...policiesOf(functions, context),
    ...checksOfDomains(functions, context),
    ...viewsThat(({ calls = [] }) => calls.some((each) => functions.includes(each)), context),
  ];
}

/** What is of one of the types, which may be that of the rows of a table. A domain over one is of it as well. */
export function usersOfTypes(types: readonly Name[], context: Context): User[] {
  const made = [...(context.schema.madeTypes ?? [])];
  const reached = new Set(types);
  for (const each of reached)
    for (const [name, { kind, of }] of made)
      if (kind === 'domain' && of.some((type) => isOf(type, [each]))) reached.add(name.toLowerCase());
  const all = [...reached];
  const makers = made.filter(([, { of }]) => of.some((type) => isOf(type, all)));
  const users: User[] = [
    ...makers.map(([name, { kind }]) => ({
      what: kind === 'domain' ? `the domain ${code(name)}` : `a field of the type ${code(name)}`,
      isGrave: false,
    })),
    ...columnsOfTypes(all, context),
    ...functionsOfTypes(all, context),
    ...viewsThat(({ types: cast = [] }) => cast.some((type) => isOf(type, all)), context),
  ];
  return [...new Map(users.map((each) => [each.what, each])).values()];
}

function checksOfDomains(functions: readonly Name[], { schema }: Context): User[] {
  return [...(schema.madeTypes ?? [])]
    .filter(([, { calls }]) => calls.some((each) => functions.includes(each)))
    .map(([name]) => ({ what: `a check of the domain ${code(name)}`, isGrave: false }));
}

function columnsOfTypes(types: readonly Name[], context: Context): User[] {
  const { schema, isNew } = context;
  const read = new Set<string>();
  const columns = [...schema.tables.values()].flatMap(({ name: table, columns: all, indexes }) =>
    [...all.values()]
      .filter(({ type }) => type !== undefined && types.includes(type.name.toLowerCase()))
      .map(({ name }) => {
        read.add(`${table}.${name}`);
        const keys = indexes.flatMap((index) => (isOver(index, name) && index.name !== undefined ? [index.name] : []));
        const over = keys.length === 0 ? '' : ` (and ${codes(keys)} over it)`;
        return {
          what: `the column ${code(`${table}.${name}`)}`,
          along: `${isNew(table) ? '' : ' with its values'}${over}`,
          isGrave: !isNew(table),
        };
      }),
  );
  if (columns.length === 0) return columns;
  return [
    ...columns,
    ...viewsThat(({ columns: reads }) => reads.some(({ table, name }) => read.has(`${table}.${name}`)), context),
  ];
}

function isOver({ columns, reads = [] }: Index, column: string): boolean {
  return columns.includes(column) || reads.includes(column);
}

function functionsOfTypes(types: readonly Name[], { schema }: Context): User[] {
  return [...(schema.signatures ?? [])].flatMap(([name, all]) =>
    all.some(({ takes, gives }) => [...takes.map(({ type }) => type), gives].some((type) => isOf(type, types)))
      ? [{ what: `the function ${code(name)}`, isGrave: false, remakes: (each: Operation) => makes(each, name) }]
      : [],
  );
}

function isOf(type: string, types: readonly Name[]): boolean {
  return types.includes(type.replace(/\[\]$/, '').replaceAll('"', '').toLowerCase());
}

function usersIn(isUser: (each: Placed) => boolean, { schema, isNew }: Context): User[] {
  return [...schema.tables.values()].flatMap((table) =>
    expressionsOf(table)
      .filter(isUser)
      .map(({ what, isGrave, remakes }) => ({ what, isGrave: isGrave && !isNew(table.name), remakes })),
  );
}

function triggersOf(functions: readonly Name[], { schema }: Context): User[] {
  return [...schema.tables.values()].flatMap(({ name: table, triggerFunctions }) =>
    [...(triggerFunctions ?? [])]
      .filter(([, runs]) => functions.includes(runs))
      .map(([trigger]) => ({
        what: `the trigger ${code(trigger)} of ${code(table)}`,
        isGrave: false,
        remakes: (each) => makes(each, trigger),
      })),
  );
}

function policiesOf(functions: readonly Name[], { schema }: Context): User[] {
  return [...schema.tables.values()].flatMap(({ name: table, policies = [] }) =>
    policies
      .filter(({ calls = [] }) => calls.some((each) => functions.includes(each)))
      .map(({ name }) => ({
        what: `the policy ${code(name)} of ${code(table)}`,
        isGrave: false,
        remakes: (each) => makes(each, name),
      })),
  );
}

/** With all the views that read them. */
function viewsThat(isUser: (query: ViewQuery) => boolean, { schema }: Context): User[] {
  const reached = new Set<Name>();
  for (const [name, query] of schema.views) if (isUser(query)) reached.add(name);
  for (const each of reached) for (const [reader] of viewsOf(schema.views, each)) reached.add(reader);
  return [...reached].map((view) => ({
    what: `the view ${code(view)}`,
    isGrave: false,
    remakes: (each) => makes(each, view),
  }));
}

function makes(each: Operation, name: Name): boolean {
  return each.kind === 'createObject' && each.name === name;
}

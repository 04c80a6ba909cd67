/** Questions that are asked of the models of a change: what became of a class, where its rows are, what it answers. */
import type { ModelClass, ModelFile, Models } from './models.ts';
import type { Schema } from './schema.ts';
import type { Table } from './table.ts';

/** A class on the base branch and the same one afterwards. */
export type ModelPair = { before: ModelClass; now: ModelClass };

/** All classes of some files. */
export function classesIn(files: readonly ModelFile[]): ModelClass[] {
  return files.flatMap((file) => file.classes);
}

/** Classes that stand on both sides, under the same name or under another. */
export function modelPairs(models: Models): ModelPair[] {
  const now = classesIn(models.now);
  const kept = classesIn(models.before).flatMap((before) => {
    const same = now.find((each) => each.name === before.name);
    return same ? [{ before, now: same }] : [];
  });
  return [...kept, ...renamedModels(models)];
}

/** Classes whose name is gone, each with the one new class that is like it. */
export function renamedModels({ before, now }: Models): ModelPair[] {
  const names = new Set([...classesIn(now).map(({ name }) => name), ...now.flatMap(({ aliases }) => aliases)]);
  const old = new Set(classesIn(before).map(({ name }) => name));
  const added = classesIn(now).filter(({ name, superclass }) => !old.has(name) && superclass !== undefined);
  return classesIn(before).flatMap((gone) => {
    if (names.has(gone.name) || gone.superclass === undefined) return [];
    const alike = added.filter((each) => isAlike(gone, each));
    const [only, ...others] = alike;
    return only && others.length === 0 ? [{ before: gone, now: only }] : [];
  });
}

/** The same class in another module, the same table or the same body under another name. */
function isAlike(gone: ModelClass, added: ModelClass): boolean {
  if (lastOf(gone.name) === lastOf(added.name)) return true;
  if (isBase(gone.superclass) && isBase(added.superclass) && isSameTable(gone, added)) return true;
  return gone.body.length > 0 && gone.body === added.body && lastOf(gone.superclass) === lastOf(added.superclass);
}

/** Both say without doubt which table they stand for. */
function isSameTable(gone: ModelClass, added: ModelClass): boolean {
  return gone.tables.length === 1 && added.tables.length === 1 && gone.tables[0] === added.tables[0];
}

function lastOf(name = ''): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

/** A class and those above it, as far as they are known; `above` is the first that is not. */
export function ancestry(model: ModelClass, classes: readonly ModelClass[]): { chain: ModelClass[]; above?: string } {
  const chain = [model];
  for (let current = model; ;) {
    const parent = current.superclass === undefined ? undefined : findClass(current.superclass, current.name, classes);
    if (!parent || chain.includes(parent))
      return { chain, ...(current.superclass === undefined || parent ? {} : { above: current.superclass }) };
    chain.push(parent);
    current = parent;
  }
}

/** The class that a name stands for inside another, as Ruby looks it up. */
function findClass(name: string, inside: string, classes: readonly ModelClass[]): ModelClass | undefined {
  if (name.startsWith('::')) return classes.find((each) => each.name === name.slice(2));
  const modules = inside.split('::').slice(0, -1);
  for (let depth = modules.length; depth >= 0; depth--) {
    const full = [...modules.slice(0, depth), name].join('::');
    const found = classes.find((each) => each.name === full);
    if (found) return found;
  }
  return undefined;
}

/** True for the class that Rails gives to all models. */
export function isBase(superclass: string | undefined): boolean {
  return superclass !== undefined && /(?:^|::)(?:ApplicationRecord|ActiveRecord::Base)$/.test(superclass);
}

/** What is known of the first of some tables, by name. */
export function findTable(schemas: readonly Schema[], names: readonly string[]): Table | undefined {
  for (const name of names) {
    const found = schemas.map((schema) => schema.tables.get(name)).find((table) => table !== undefined);
    if (found) return found;
  }
  return undefined;
}

/** The table in which rows of a model are, or undefined where its name leaves that open. */
export function tableOf(
  model: ModelClass,
  classes: readonly ModelClass[],
  schemas: readonly Schema[],
): string | undefined {
  const { chain, above } = ancestry(model, classes);
  const root = chain.findLast((each) => !each.isAbstract) ?? model;
  const names = above === undefined || isBase(above) || root.isAbstract ? root.tables : tablesAbove(chain, above);
  return findTable(schemas, names)?.name ?? (names.length === 1 ? names[0] : undefined);
}

/** A class under an abstract one has a table of its own. */
function tablesAbove(chain: readonly ModelClass[], above: string): string[] {
  const last = chain.at(-1);
  return last && !last.isAbstract && last.superclass === above ? last.superclassTables : (chain.at(-2)?.tables ?? []);
}

/** Where a class is stored by its name, as one of several in a table: table and column; undefined where it is not, or not known to be. */
export function findInheritance(
  model: ModelClass,
  classes: readonly ModelClass[],
  schemas: readonly Schema[],
): { table: string; column: string } | undefined {
  const { chain, above } = ancestry(model, classes);
  const column = chain.find((each) => each.inheritance !== undefined)?.inheritance ?? 'type';
  if (column === 'none' || model.isAbstract || chain.some((each) => each.namesItself)) return undefined;
  const parents = chain.slice(1).filter((each) => !each.isAbstract);
  const isProven = parents.length > 0 && isBase(above);
  const name = parents.length > 0 || above !== undefined ? tableOf(model, classes, schemas) : undefined;
  const table = name === undefined ? undefined : findTable(schemas, [name]);
  if (name === undefined || (chain.length === 1 && isBase(above))) return undefined;
  return (table ? table.columns.has(column) : isProven) ? { table: name, column } : undefined;
}

/** Everything that a class answers: its own, that of known ancestors, and that of modules that it includes. */
export function membersOf(model: ModelClass, classes: readonly ModelClass[]): Set<string> {
  const members = new Set(methodsOf(model, classes));
  for (const each of withModules(model, classes)) {
    for (const { name } of each.associations) members.add(name);
    for (const { column } of each.declarations) members.add(column);
  }
  return members;
}

/** The methods among that. */
export function methodsOf(model: ModelClass, classes: readonly ModelClass[]): string[] {
  return withModules(model, classes).flatMap(({ methods }) => methods.map((name) => name.replace(/=$/, '')));
}

function withModules(model: ModelClass, classes: readonly ModelClass[]): ModelClass[] {
  const { chain } = ancestry(model, classes);
  const modules = chain.flatMap((each) => each.includes.map((name) => findClass(name, each.name, classes)));
  return [...chain, ...modules.filter((found) => found !== undefined)];
}

/** True where something that is not known may bring more members than there were. */
export function mayAnswerMore({ before, now }: ModelPair, models: Models): boolean {
  const known = classesIn(models.now);
  const old = ancestry(before, classesIn(models.before));
  const { chain, above } = ancestry(now, known);
  const included = old.chain.flatMap((each) => each.includes);
  const isStrange = (name: string, inside: string) => !included.includes(name) && !findClass(name, inside, known);
  if (chain.some((each) => each.includes.some((name) => isStrange(name, each.name)))) return true;
  return above !== old.above && above !== undefined && !isBase(above) && above !== before.superclass;
}

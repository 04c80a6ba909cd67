/** Types and domains of PostgreSQL that are made of others, as far as the history has made them. */
import type { Name } from './name.ts';
import type { Operation } from './operation.ts';

/** The types of the fields of a composite type, or the one below a domain, and the functions that the checks of a domain call. */
export type MadeType = { kind: 'type' | 'domain'; of: readonly Name[]; calls: readonly string[] };

/** By name. A type that is not in it may exist all the same. */
export type MadeTypes = ReadonlyMap<Name, MadeType>;

/** What is known after an operation; the same where it changes nothing. */
export function changedTypes(known: MadeTypes | undefined, operation: Operation): MadeTypes | undefined {
  if (operation.kind === 'createType' && operation.of && !operation.conditional)
    return new Map(known).set(operation.type, { kind: 'type', of: operation.of, calls: [] });
  if (operation.kind === 'createObject' && operation.object === 'domain' && !operation.conditional) {
    const { name, over, calls = [] } = operation;
    return new Map(known).set(name, { kind: 'domain', of: over === undefined ? [] : [over], calls });
  }
  if (known === undefined) return known;
  if (operation.kind === 'dropSchema' || ('cascade' in operation && operation.cascade)) return undefined;
  if (operation.kind === 'alterObject' && (operation.object === 'type' || operation.object === 'domain'))
    return without(known, operation.name);
  if (operation.kind === 'dropObject') return without(known, operation.name);
  if (operation.kind === 'renameTable') return renamed(known, operation.table, operation.to);
  return operation.kind === 'renameObject' ? renamed(known, operation.name, operation.to) : known;
}

function without(known: MadeTypes, name: Name): MadeTypes {
  return known.has(name) ? new Map([...known].filter(([each]) => each !== name)) : known;
}

function renamed(known: MadeTypes, from: Name, to: Name): MadeTypes {
  const as = (name: Name) => (name === from ? to : name);
  return new Map(
    [...known].map(([name, made]) => [as(name), { ...made, of: made.of.map(as), calls: made.calls.map(as) }]),
  );
}

/** Publications of PostgreSQL: which tables they pass on, as far as a history tells. */
import type { Name } from './name.ts';
import type { Operation } from './operation.ts';

/** What a statement says of a publication. ALTER says what it adds, sets or drops. */
export type Published = {
  tables: Name[];
  /** TABLES IN SCHEMA. */
  schemas?: string[];
  /** FOR ALL TABLES. */
  every?: true;
  /** Neither UPDATE nor DELETE is passed on; absent where nothing is said. */
  insertsOnly?: boolean;
};

export type Publication = {
  tables: ReadonlySet<Name>;
  schemas: ReadonlySet<string>;
  every: boolean;
  insertsOnly: boolean;
};

/** By name; a publication that was not seen to be made is not among them. */
export type Publications = ReadonlyMap<string, Publication>;

/** The publications that pass on UPDATE and DELETE of a table. */
export function publishersOf(publications: Publications | undefined, table: Name): string[] {
  return [...(publications ?? [])].flatMap(([name, each]) =>
    !each.insertsOnly && passesOn(each, table) ? [name] : [],
  );
}

/** Whether a table is in a publication. */
export function passesOn({ every, tables, schemas }: Publication, table: Name): boolean {
  return every || tables.has(table) || schemas.has(schemaOf(table));
}

/** The publications after an operation; the same ones where it changes none. */
export function changedPublications(
  publications: Publications | undefined,
  operation: Operation,
): Publications | undefined {
  switch (operation.kind) {
    case 'createObject':
      if (operation.object !== 'publication') return publications;
      return new Map(publications).set(operation.name, created(operation.publishes ?? { tables: [] }));
    case 'alterObject': {
      const known = publications?.get(operation.name);
      if (operation.object !== 'publication' || !known || !operation.publishes) return publications;
      return new Map(publications).set(operation.name, altered(known, operation.change, operation.publishes));
    }
    case 'dropObject':
      return operation.object === 'publication' ? without(publications, operation.name) : publications;
    case 'renameObject':
      return operation.object === 'publication' ? renamed(publications, operation.name, operation.to) : publications;
    case 'dropTable':
      return withTables(publications, operation.table, []);
    case 'renameTable':
      return withTables(publications, operation.table, [operation.to]);
  }
  return publications;
}

function created({ tables, schemas, every, insertsOnly = false }: Published): Publication {
  return { tables: new Set(tables), schemas: new Set(schemas), every: every === true, insertsOnly };
}

function altered(known: Publication, change: string, published: Published): Publication {
  const { tables, schemas = [], insertsOnly = known.insertsOnly } = published;
  switch (change) {
    case 'add':
      return {
        ...known,
        tables: new Set([...known.tables, ...tables]),
        schemas: new Set([...known.schemas, ...schemas]),
      };
    case 'drop':
      return {
        ...known,
        tables: new Set([...known.tables].filter((each) => !tables.includes(each))),
        schemas: new Set([...known.schemas].filter((each) => !schemas.includes(each))),
      };
    case 'set':
      return { ...created(published), insertsOnly };
  }
  return { ...known, insertsOnly };
}

function without(publications: Publications | undefined, name: string): Publications | undefined {
  if (!publications?.has(name)) return publications;
  return new Map([...publications].filter(([each]) => each !== name));
}

function renamed(publications: Publications | undefined, name: string, to: string): Publications | undefined {
  const known = publications?.get(name);
  return known ? new Map(without(publications, name)).set(to, known) : publications;
}

/** A table is in a publication as itself, whatever its name. */
function withTables(
  publications: Publications | undefined,
  table: Name,
  instead: readonly Name[],
): Publications | undefined {
  if (![...(publications?.values() ?? [])].some(({ tables }) => tables.has(table))) return publications;
  const rest = ({ tables }: Publication) =>
    new Set([...tables].flatMap((each): readonly Name[] => (each === table ? instead : [each])));
  return new Map([...(publications ?? [])].map(([name, each]) => [name, { ...each, tables: rest(each) }]));
}

function schemaOf(table: Name): string {
  const dot = table.lastIndexOf('.');
  return dot < 0 ? 'public' : table.slice(0, dot);
}

/** What a migration does to the rest of a schema: views, functions, triggers, sequences, extensions, policies, privileges, roles … */
import type { FunctionSignature } from './function-signatures.ts';
import type { Name } from './name.ts';
import type { Published } from './publications.ts';

export type ObjectOperation =
  | {
      kind: 'createObject';
      object: ObjectKind;
      name: Name;
      table?: Name;
      replaces?: true;
      ifNotExists?: true;
      /** What the query of a view reads and gives, where it could be read; of SQL Server only where it is bound to its tables. */
      query?: ViewQuery;
      /** Of a function of PostgreSQL, as declared; absent where it is declared volatile in SQL, as its body then decides. */
      volatility?: 'immutable' | 'stable' | 'volatile';
      /** Of a function of PostgreSQL, where all of it is said. */
      signature?: FunctionSignature;
      /** Of a domain of PostgreSQL: what it asks of values, and the type below it that is not built in. */
      asks?: DomainAsks;
      over?: Name;
      /** Of a trigger of PostgreSQL: the function that it runs. */
      runs?: Name;
      /** Of a policy of PostgreSQL: it takes rows away from what the others let through. */
      restrictive?: true;
      /** Of a policy of PostgreSQL, as far as it does not ask other tables. */
      reads?: string[];
      /** Of a policy of PostgreSQL, and of the checks of a domain: the functions that they call. */
      calls?: string[];
      /** Of a publication of PostgreSQL. */
      publishes?: Published;
      /** Of a sequence of PostgreSQL. */
      ownedBy?: SequenceOwner;
      /** Of a rule of PostgreSQL: writes of this kind do nothing from then on. */
      swallows?: 'INSERT' | 'UPDATE' | 'DELETE';
    }
  | {
      kind: 'alterObject';
      object: ObjectKind;
      name: Name;
      table?: Name;
      change: string;
      publishes?: Published;
      /** As of `createObject`. */
      ownedBy?: SequenceOwner;
      /** Of a new definition, as of `createObject`. */
      query?: ViewQuery;
    }
  | { kind: 'renameObject'; object: ObjectKind; name: Name; to: Name; table?: Name }
  | { kind: 'dropObject'; object: ObjectKind; name: Name; table?: Name; ifExists?: true; cascade?: true };

/** The column with which a sequence goes. */
export type SequenceOwner = { table: Name; column: string } | 'none';

/** A policy of row security, as of `createObject`. */
export type Policy = { name: string; reads?: string[]; calls?: string[] };

/** A constraint, or a value as well. */
export type DomainAsks = 'constraint' | 'value';

export type ViewQuery = {
  tables: Name[];
  /** What it reads. Where the query does not say of which table a column is, `among` are those that it may be of, the innermost first. The name `*` stands for all columns. */
  columns: {
    table?: Name;
    among?: Name[];
    name: string;
    /** A trigger writes it, which is looked up only when it fires. */
    written?: true;
  }[];
  /** What reads so, where it is no view: of SQL Server what is bound to its tables, of SQLite a trigger. */
  of?: 'function' | 'procedure' | 'trigger';
  /** Of a trigger: the table that it goes with. */
  on?: Name;
  /** The columns of the view in their order; absent where a name is not written out. */
  gives?: string[];
  /** Of PostgreSQL: the functions that it calls, and types that are not built in to which it casts. */
  calls?: string[];
  types?: Name[];
  /** Of a materialized view of PostgreSQL: it is made WITH NO DATA, or emptied so, and fails who reads it. */
  unfilled?: true;
};

export type ObjectKind =
  | 'aggregate'
  | 'collation'
  | 'constraint'
  | 'database'
  | 'default privileges'
  | 'domain'
  | 'event'
  | 'event trigger'
  | 'extension'
  | 'function'
  | 'index'
  | 'materialized view'
  | 'operator'
  | 'partition scheme'
  | 'policy'
  | 'privileges'
  | 'procedure'
  | 'publication'
  | 'role'
  | 'rule'
  | 'schema'
  | 'sequence'
  | 'server'
  | 'statistics'
  | 'subscription'
  | 'synonym'
  | 'system setting'
  | 'text search'
  | 'trigger'
  | 'type'
  | 'view';

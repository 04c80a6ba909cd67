/** The vocabulary: what a migration does, said the same way for every framework and database. */

/** A place in a file, in GitHub's annotation fields. Lines and columns count from 1; `endColumn` is the last character. */
export type Span = {
  path: string;
  startLine: number;
  endLine: number;
  startColumn: number;
  endColumn: number;
};

/** What every operation carries. */
export type Located = {
  span: Span;
  /** Number of the statement in its direction, from 1; operations of one statement share it. */
  statement: number;
  /** It runs only when a condition that the migration itself tests holds (IF …, DO blocks with a guard). */
  conditional?: true;
  /** The online clauses of MySQL and MariaDB, or ONLINE = ON of SQL Server, as written. */
  online?: { algorithm?: string; lock?: string; online?: boolean };
  /** Of SQL Server: which batch it is sent in, absent for the first one of a file. What EXEC runs is a batch of its own. */
  batch?: number;
  /** The program itself says to a linter that this was looked at, and on which line. It is not part of what the operation does. */
  mutedBy?: { marker: 'safety_assured' | 'IgnoreMigration()'; line: number };
};

/**
 * A type as the database would name it: lower case, aliases resolved where the database resolves them
 * (PostgreSQL: int4 → integer, timestamptz → timestamp with time zone). `arguments` are length, precision and scale,
 * or the values of an enum or set.
 */
export type DataType = {
  name: string;
  arguments: (string | number)[];
  array?: true;
  unsigned?: true;
  collation?: string;
};

/**
 * An expression as far as rules need it. `functions` are the functions it calls, lower case and without pg_catalog;
 * keywords that are calls (CURRENT_TIMESTAMP) are named as keywords. Known and without functions, columns means a constant.
 * `known` is false where it could not be read; its volatility is then unknown.
 */
export type Expression = {
  sql: string;
  functions: string[];
  columns: string[];
  known: boolean;
};

/** A name in `tables`, `table`, `type` and so on: unquoted names folded as the database folds them, the default schema (public, dbo) dropped, other schemas kept as `schema.name`. */
export type Name = string;

export type Reference = {
  table: Name;
  /** Empty: the primary key of the table. */
  columns: string[];
  onDelete?: 'cascade' | 'set null' | 'set default' | 'restrict' | 'no action';
};

/** Of keys of MySQL, by column: how many characters, or bytes, from its beginning are in the key; 0 where the number could not be read. */
export type Prefixes = Record<string, number>;

export type Constraint = { name?: string } &
  /** `clustered` is SQL Server's word, where it is written. */
  (
    | { kind: 'primaryKey'; columns: string[]; prefixes?: Prefixes; usingIndex?: string; clustered?: boolean }
    | { kind: 'unique'; columns: string[]; prefixes?: Prefixes; usingIndex?: string; clustered?: boolean }
    | {
        kind: 'foreignKey';
        columns: string[];
        references: Reference;
        validated: boolean;
        /** INITIALLY DEFERRED: checked when the transaction ends, unless it is set otherwise. */
        initiallyDeferred?: true;
      }
    | { kind: 'check'; expression: Expression; notNull?: string; validated: boolean; enforced?: false }
    | { kind: 'notNull'; columns: [string]; validated: boolean }
    | { kind: 'exclusion'; columns: string[] }
  );

export type Column = {
  name: string;
  /** Absent where the database allows a column without one (SQLite) or it could not be read. */
  type?: DataType;
  nullable: boolean;
  /** What the database fills in; absent for none and for NULL. */
  default?: Expression;
  /** Of SQL Server, where a default is a constraint: its name, where it was given one. */
  defaultName?: string;
  /** WITH VALUES of SQL Server: rows that exist get the default too, though the column may be NULL. */
  withValues?: true;
  /** serial and AUTO_INCREMENT count as identity. `rowversion` is SQL Server's own. */
  generated?: 'stored' | 'virtual' | 'identity' | 'rowversion';
  /** Constraints written at the column: primary key, unique, foreign key, check. NOT NULL is `nullable`. */
  constraints: Constraint[];
  /** REFERENCES written at the column, as MySQL reads it: before 9.0 it makes no foreign key. */
  inlineReference?: Reference;
  /** Where MySQL was told to put it. */
  position?: 'first' | 'after';
};

export type Index = {
  /** Absent where the database picks it. */
  name?: string;
  /** Column names; an expression stands as its SQL in parentheses. */
  columns: string[];
  prefixes?: Prefixes;
  /** Columns that its expressions read, on PostgreSQL. */
  reads?: string[];
  unique: boolean;
  /** The method where one is named: btree, gin, fulltext, spatial, clustered, columnstore … */
  method?: string;
  /** The predicate of a partial or filtered index. */
  where?: Expression;
};

export type SchemaOperation =
  | {
      kind: 'createTable';
      table: Name;
      columns: Column[];
      constraints: Constraint[];
      indexes: Index[];
      ifNotExists?: true;
      /** CREATE OR REPLACE TABLE: an existing one is dropped. */
      replaces?: true;
      temporary?: true;
      unlogged?: true;
      /** PARTITION BY: the parent of partitions. */
      partitioned?: true;
      partitionOf?: Name;
      /** The DEFAULT partition: it holds what no other one does. */
      holdsRest?: true;
      /** Of MySQL: the collation, or the character set, of columns that say none; and that rows are stored compressed. */
      collation?: string;
      compressed?: true;
      /** ROW_FORMAT is COMPACT or REDUNDANT, whose keys are short. */
      compact?: true;
      /** CREATE TABLE AS, SELECT INTO: filled from a query. LIKE: shaped as another table. */
      from?: 'query' | 'like';
    }
  | { kind: 'dropTable'; table: Name; ifExists?: true; cascade?: true; temporary?: true }
  | { kind: 'renameTable'; table: Name; to: Name }
  | {
      kind: 'addColumn';
      table: Name;
      column: Column;
      ifNotExists?: true;
      /** An index is asked for in words that the framework does not know: it leaves them out, or refuses the call. */
      unknownIndex?: 'ignored' | 'refused';
    }
  | { kind: 'dropColumn'; table: Name; column: string; ifExists?: true; cascade?: true }
  | { kind: 'renameColumn'; table: Name; column: string; to: string }
  | {
      kind: 'alterColumn';
      table: Name;
      column: string;
      type?: DataType;
      using?: Expression;
      nullable?: boolean;
      /** Of a column said anew: NULL is written out, and not what is left out. */
      saidNullable?: true;
      default?: Expression | 'none';
      defaultName?: string;
      generated?: Column['generated'] | 'none';
      position?: 'first' | 'after';
      /** MODIFY, CHANGE, SQL Server's ALTER COLUMN: the whole column is said anew, and what is the same does not change. */
      restated?: true;
    }
  | { kind: 'addConstraint'; table: Name; constraint: Constraint; ifNotExists?: true }
  | {
      kind: 'dropConstraint';
      table: Name;
      name?: string;
      constraint?: Constraint['kind'];
      ifExists?: true;
      cascade?: true;
    }
  | { kind: 'validateConstraint'; table: Name; name: string }
  | {
      kind: 'createIndex';
      table: Name;
      index: Index;
      concurrently?: true;
      ifNotExists?: true;
      onlyParent?: true;
      /** DROP_EXISTING of SQL Server: it takes the place of the one of its name. */ replaces?: true;
    }
  | { kind: 'dropIndex'; table?: Name; name: string; concurrently?: true; ifExists?: true; cascade?: true }
  | {
      kind: 'rebuildIndex';
      table?: Name;
      name?: string;
      concurrently?: true;
      /** Those of many tables, as written: SCHEMA public, DATABASE shop. */
      all?: string;
    }
  /** Every row is written anew: VACUUM FULL, CLUSTER, SET LOGGED, FORCE, ENGINE=, CONVERT TO, OPTIMIZE, REBUILD. */
  | {
      kind: 'rebuildTable';
      table: Name;
      how: string;
      /** Of CONVERT TO: the collation, or the character set, that its texts have from then on. */
      collation?: string;
    }
  /** A setting of the table that rewrites nothing: owner, storage parameters, comment, row security, triggers on or off. */
  | { kind: 'alterTable'; table: Name; change: string }
  | {
      kind: 'alterPartition';
      table: Name;
      action: 'attach' | 'detach' | 'add' | 'drop' | 'truncate' | 'reorganize' | 'exchange' | 'repartition';
      partition?: Name;
      concurrently?: true;
    }
  | { kind: 'createType'; type: Name; values?: string[] }
  | { kind: 'addEnumValue'; type: Name; value: string; ifNotExists?: true }
  | { kind: 'renameEnumValue'; type: Name; value: string; to: string }
  | { kind: 'dropSchema'; schema: string; cascade?: true; ifExists?: true }
  | { kind: 'dropDatabase'; database: string; ifExists?: true }
  /** The rest of a schema: views, functions, triggers, sequences, extensions, policies, privileges, roles … */
  | {
      kind: 'createObject';
      object: ObjectKind;
      name: Name;
      table?: Name;
      replaces?: true;
      ifNotExists?: true;
      /** What the query of a view reads and gives, where it could be read. */
      query?: ViewQuery;
      /** Of a function of PostgreSQL, as declared; absent where it is declared volatile in SQL, as its body then decides. */
      volatility?: 'immutable' | 'stable' | 'volatile';
      /** Of a domain of PostgreSQL: what it asks of values. */
      asks?: DomainAsks;
      /** Of a policy of PostgreSQL: it takes rows away from what the others let through. */
      restrictive?: true;
      /** Of a rule of PostgreSQL: writes of this kind do nothing from then on. */
      swallows?: 'INSERT' | 'UPDATE' | 'DELETE';
    }
  | { kind: 'alterObject'; object: ObjectKind; name: Name; table?: Name; change: string }
  | { kind: 'renameObject'; object: ObjectKind; name: Name; to: Name; table?: Name }
  | { kind: 'dropObject'; object: ObjectKind; name: Name; table?: Name; ifExists?: true; cascade?: true };

/** A constraint, or a value as well. */
export type DomainAsks = 'constraint' | 'value';

export type ViewQuery = {
  tables: Name[];
  /** What it reads. Where the query does not say of which table a column is, `among` are those that it may be of, the innermost first. The name `*` stands for all columns. */
  columns: { table?: Name; among?: Name[]; name: string }[];
  /** The columns of the view in their order; absent where a name is not written out. */
  gives?: string[];
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

export type DataOperation =
  | {
      kind: 'insertRows';
      table: Name;
      source: 'values' | 'query' | 'file';
      replaces?: true;
      /** The query reads every row of this one table. Told of SQLite, where tables are altered so. */
      copies?: Name;
      stopsBy?: StopsBy;
    }
  | {
      kind: 'updateRows';
      table: Name;
      columns: string[];
      /** There is a WHERE (or a join that picks rows). */
      filtered: boolean;
      /** At most a fixed number of rows per statement: LIMIT, TOP. */
      limited?: true;
      /** It stands in a loop: WHILE, LOOP. */
      looped?: true;
      /** The program has read the rows of the batch and worked out the values of each, as for Django's `bulk_update`. */
      workedOut?: true;
      /** What is written, where that can be said again: one table by its own name, and no value that a program puts in. */
      assigned?: Assigned;
      stopsBy?: StopsBy;
    }
  | { kind: 'deleteRows'; table: Name; filtered: boolean; limited?: true; looped?: true; stopsBy?: StopsBy }
  | { kind: 'truncateTable'; table: Name; cascade?: true }
  /** Code whose effect is not in the migration: CALL, a SELECT of a function of the project's own. */
  | {
      kind: 'runCode';
      code: string;
      does?: CodeEffect;
      /** It waits for the commit, or for the end of all migrations. */
      later?: true;
    };

/** What an UPDATE says: a value for every one of its columns, and its WHERE, which stands without SQL where a program puts a part of it in: with the columns that it bounds, if it does nothing but bound them. */
export type Assigned = { values: Record<string, Expression>; where?: Expression };

/** What ends the loop around with an error at the first row that does not pass, as written: `raise ValueError`, `save!`. */
export type StopsBy = string;

/** What is known of code whose effect is not in the migration. */
export type CodeEffect = 'application code' | 'enqueues a job' | 'network call' | 'second connection';

export type SessionOperation =
  | { kind: 'begin' }
  | { kind: 'commit' }
  | { kind: 'rollback' }
  /** `milliseconds` absent: could not be read; 0: waits for ever. `local`: for this transaction. `reset`: as the role or the server has it. */
  | { kind: 'setTimeout'; timeout: 'lock' | 'statement' | 'idle'; milliseconds?: number; local?: true; reset?: true }
  /** Another setting, lower case: foreign_key_checks, sql_mode, search_path, timezone, foreign_keys … */
  | { kind: 'setSession'; setting: string; value: string; local?: true }
  | { kind: 'lockTable'; table: Name; mode: string };

export type Operation = Located &
  (
    | SchemaOperation
    | DataOperation
    | SessionOperation
    /** Read, and deliberately of no effect on schema or data: SELECT, SET NAMES, ANALYZE, PRINT. `what` names it. */
    | { kind: 'noEffect'; what: string }
    /** Could not be read; never counted as safe. `reason` completes "line 3 could not be read: …". */
    | { kind: 'opaque'; reason: string }
  );

export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

/** What `noEffect` is of a part that a program leaves out where it runs in production. */
export const neverInProduction = 'a part that never runs in production';

/** The name that stands for every one of which nothing is known, not even the variable that it comes from. */
export const anyComputedName = '_computed_';

/** True for a name with a part that a program puts in at run time: readers write such a part as `_computed_`, or `_ccc` where it is short. */
export function isComputedName(name: Name): boolean {
  return name.includes('_computed') || /_c{3,}|^_c+$/.test(name);
}

const dataKinds: ReadonlySet<Operation['kind']> = new Set([
  'insertRows',
  'updateRows',
  'deleteRows',
  'truncateTable',
  'runCode',
]);
const sessionKinds: ReadonlySet<Operation['kind']> = new Set([
  'begin',
  'commit',
  'rollback',
  'setTimeout',
  'setSession',
  'lockTable',
]);

/** True for operations that change, or may change, rows. */
export function isData(operation: Operation): boolean {
  return dataKinds.has(operation.kind);
}

/** True for operations that change the schema. */
export function isSchema(operation: Operation): boolean {
  return (
    !isData(operation) &&
    !sessionKinds.has(operation.kind) &&
    operation.kind !== 'noEffect' &&
    operation.kind !== 'opaque'
  );
}

/** True for an expression that is the same for every row and every call: a literal, also a cast one. */
export function isConstant(expression: Expression): boolean {
  return expression.known && expression.functions.length === 0 && expression.columns.length === 0;
}

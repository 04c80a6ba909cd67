/** What a table is made of: columns with their types and expressions, constraints and indexes. */
import type { Name } from './name.ts';

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

export type Reference = {
  table: Name;
  /** Empty: the primary key of the table. */
  columns: string[];
  onDelete?: ReferenceAction;
  /** Of PostgreSQL: the only columns that SET NULL or SET DEFAULT is about at a DELETE. */
  onDeleteColumns?: string[];
  onUpdate?: ReferenceAction;
  /** MATCH FULL of PostgreSQL: NULL in one column of the key alone is refused. */
  matchFull?: true;
};

export type ReferenceAction = 'cascade' | 'set null' | 'set default' | 'restrict' | 'no action';

/** Of keys of MySQL, by column: how many characters, or bytes, from its beginning are in the key; 0 where the number could not be read. */
export type Prefixes = Record<string, number>;

export type Constraint = { name?: string } &
  /** `clustered` is SQL Server's word, where it is written. */
  (
    | { kind: 'primaryKey'; columns: string[]; prefixes?: Prefixes; usingIndex?: string; clustered?: boolean }
    | {
        kind: 'unique';
        columns: string[];
        prefixes?: Prefixes;
        usingIndex?: string;
        clustered?: boolean;
        /** Of PostgreSQL: it may be checked when the transaction ends, so that `ON CONFLICT` does not take it. */
        deferrable?: true;
        initiallyDeferred?: true;
      }
    | {
        kind: 'foreignKey';
        columns: string[];
        references: Reference;
        validated: boolean;
        /** DEFERRABLE alone: checked at once, unless the transaction sets it otherwise. */
        deferrable?: true;
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
  /** Of SQLite, and of a column that is added on PostgreSQL: what its default, or NULL for want of one, does with the checks of its own, where that is known. */
  ownCheck?: 'broken' | 'obeyed';
  /** Of SQLite: AUTOINCREMENT, so that no number comes twice, also where its row is gone. */
  autoincrement?: true;
  /** Of MySQL: what every UPDATE of the row that leaves the column out puts into it, as written. */
  onUpdate?: string;
  /** What its author notes of it, as a literal of SQL. */
  comment?: string;
  /** Of a generated column: the columns that it is worked out from, as far as they are read. */
  reads?: string[];
  /** Of a generated column of PostgreSQL: the functions that it calls. */
  calls?: string[];
  /** Constraints written at the column: primary key, unique, foreign key, check. NOT NULL is `nullable`. */
  constraints: Constraint[];
  /** REFERENCES written at the column, as MySQL reads it: before 9.0 it makes no foreign key. */
  inlineReference?: Reference;
  /** Where MySQL was told to put it. */
  position?: Position;
};

/** Before all others, or behind one of them. */
export type Position = 'first' | { after: string };

export type Index = {
  /** Absent where the database picks it. */
  name?: string;
  /** Column names; an expression stands as its SQL in parentheses. */
  columns: string[];
  prefixes?: Prefixes;
  /** ONLY of PostgreSQL: its table is partitioned, and has taken none of the partitions' indexes. */
  onlyParent?: true;
  /** The index of the parent of partitions to which it is attached by its name. */
  partOf?: string;
  /** Columns that its expressions read. */
  reads?: string[];
  /** Of PostgreSQL: the functions that its expressions call, and the classes of operators that it names. */
  calls?: string[];
  unique: boolean;
  /** Of SQL Server: columns that it holds beside those of its key. */
  includes?: string[];
  /** The method where one is named: btree, gin, fulltext, spatial, clustered, columnstore … */
  method?: string;
  /** The predicate of a partial or filtered index. */
  where?: Expression;
  /** Of PostgreSQL, where more is said than columns (order, operator classes, INCLUDE, WITH): all from the parenthesis on, but for the predicate, as SQL. */
  definition?: string;
  /** Of Django, where more is said than names of columns: the declaration as its author wrote it. */
  declaration?: string;
};

/** True for an expression that is the same for every row and every call: a literal, also a cast one. */
export function isConstant(expression: Expression): boolean {
  return expression.known && expression.functions.length === 0 && expression.columns.length === 0;
}

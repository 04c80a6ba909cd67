/** What a migration does to the schema, said the same way for every framework and database. */
import type { Column, Constraint, DataType, Expression, Index, Position } from './column.ts';
import type { Name } from './name.ts';
import type { ObjectOperation } from './object-operation.ts';
import type { RangePart } from './range-parts.ts';

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
      /** The columns by which; an expression of PostgreSQL stands as `(…)`, of MySQL the columns that it reads. */
      partitionKey?: string[];
      /** Of MySQL: its partitions, where they are written out. */
      parts?: RangePart[];
      partitionOf?: Name;
      /** INHERITS of PostgreSQL: it has the columns of others as well. */
      inherits?: true;
      /** The DEFAULT partition: it holds what no other one does. */
      holdsRest?: true;
      /** Of MySQL: the collation, or the character set, of columns that say none; and that rows are stored compressed. */
      collation?: string;
      compressed?: true;
      /** ROW_FORMAT is COMPACT or REDUNDANT, whose keys are short. */
      compact?: true;
      kinds?: TableKind[];
      /** Of a table whose versions are kept: where, if that is named. */
      history?: Name;
      /** CREATE TABLE AS, SELECT INTO: filled from a query. LIKE: shaped as another table. */
      from?: 'query' | 'like';
      /** Of MySQL: the table of LIKE. */
      like?: Name;
      /** As of `insertRows`. */
      readsAll?: Name;
    }
  | {
      kind: 'dropTable';
      table: Name;
      ifExists?: true;
      cascade?: true;
      temporary?: true;
      /** Of Rails: the call with the block that makes the table again on the way back, as its author wrote it. */
      written?: string;
    }
  | {
      kind: 'renameTable';
      table: Name;
      to: Name;
      /** Of SQL Server: no type is given, and it may be any object of the name. */
      orOther?: true;
    }
  | {
      kind: 'addColumn';
      table: Name;
      column: Column;
      ifNotExists?: true;
      /** ONLY of PostgreSQL: not to its partitions and children. */
      onlyParent?: true;
      /** The type of PostgreSQL that the framework names and does not make, where it would with a table. */
      unmadeType?: Name;
      /** An index is asked for in words that the framework does not know: it leaves them out, or refuses the call. */
      unknownIndex?: { is: 'ignored' | 'refused'; unique: boolean };
    }
  | {
      kind: 'dropColumn';
      table: Name;
      column: string;
      ifExists?: true;
      cascade?: true;
      /** Of Rails, here and below: what the author says that it was, for the way back. */
      was?: Column;
    }
  | { kind: 'renameColumn'; table: Name; column: string; to: string }
  | {
      kind: 'alterColumn';
      table: Name;
      column: string;
      type?: DataType;
      /** As of `addColumn`. */
      unmadeType?: Name;
      using?: Expression;
      /** The tool takes the default away before, and puts it back as one of the new type. */
      keepsDefault?: true;
      nullable?: boolean;
      /** As of `addConstraint`. */
      newValues?: 'broken' | 'obeyed';
      /** Of a column said anew: NULL is written out, also as its default, and not what is left out. */
      saidNullable?: true;
      default?: Expression | 'none';
      was?: Partial<Column>;
      defaultName?: string;
      generated?: Column['generated'] | 'none';
      /** Of a column of MySQL that is said anew, as of the column: absent where it is left out, which takes it away. */
      onUpdate?: string;
      comment?: string;
      reads?: string[];
      /** Of an identity of PostgreSQL that is added: its numbers begin with 1. */
      fromOne?: true;
      /** Of the same: ALWAYS, so that it takes no value from INSERTs. */
      always?: true;
      position?: Position;
      /** Of TypeORM: where its type or length is another than before, the column is dropped and made anew. */
      anewIfOther?: true;
      /** MODIFY, CHANGE, SQL Server's ALTER COLUMN: the whole column is said anew, and what is the same does not change. */
      restated?: true;
    }
  | {
      kind: 'addConstraint';
      table: Name;
      constraint: Constraint;
      ifNotExists?: true;
      /** Of a check or NOT NULL of PostgreSQL: what the values of columns that the same file adds, which are one for all rows, do with it. */
      newValues?: 'broken' | 'obeyed';
    }
  | {
      kind: 'dropConstraint';
      table: Name;
      name?: string;
      constraint?: Constraint['kind'];
      ifExists?: true;
      cascade?: true;
      was?: Constraint;
    }
  | {
      kind: 'validateConstraint';
      table: Name;
      name: string;
      /** As of `addConstraint`. */
      newValues?: 'broken' | 'obeyed';
    }
  | {
      kind: 'createIndex';
      table: Name;
      index: Index;
      concurrently?: true;
      ifNotExists?: true;
      onlyParent?: true;
      /** DROP_EXISTING of SQL Server: it takes the place of the one of its name. */ replaces?: true;
      /** Of SQL Server: said as a part of ALTER TABLE, as tables in memory ask for it. */
      inTable?: true;
    }
  | {
      kind: 'dropIndex';
      table?: Name;
      name: string;
      concurrently?: true;
      ifExists?: true;
      cascade?: true;
      was?: Index;
      /** As of `createIndex`. */
      inTable?: true;
    }
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
  | {
      kind: 'alterTable';
      table: Name;
      change: string;
      /** Of a comment on a column: a literal of SQL; without it the column has none. */
      note?: { column: string; text?: string };
      /** Of SQL Server: from here on it is of this kind, or no longer. */
      sets?: { kind: TableKind; on: boolean; history?: Name };
    }
  | {
      kind: 'alterPartition';
      table: Name;
      action: 'attach' | 'detach' | 'add' | 'drop' | 'truncate' | 'reorganize' | 'exchange' | 'repartition';
      partition?: Name;
      concurrently?: true;
      /** Of MySQL, as of `createTable`: those that are added, or take the place of the others. */
      parts?: RangePart[];
      partitionKey?: string[];
      /** REMOVE PARTITIONING: it is one table again. */
      whole?: true;
      /** EXCHANGE of MySQL: the table whose rows take the place of the others, and that they are not read. */
      with?: Name;
      unvalidated?: true;
    }
  | {
      kind: 'createType';
      type: Name;
      values?: string[];
      /** Of a composite type of PostgreSQL: the types of its fields that are not built in. */
      of?: Name[];
    }
  | { kind: 'addEnumValue'; type: Name; value: string; ifNotExists?: true }
  | { kind: 'renameEnumValue'; type: Name; value: string; to: string }
  | { kind: 'dropSchema'; schema: string; cascade?: true; ifExists?: true }
  | { kind: 'dropDatabase'; database: string; ifExists?: true }
  | ObjectOperation;

/** What sets a table apart from the others of its database: of SQL Server the first three, of SQLite the others. */
export type TableKind = 'versioned' | 'in memory' | 'captured' | 'strict' | 'without rowid' | 'virtual';

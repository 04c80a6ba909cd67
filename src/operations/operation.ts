/** The vocabulary: what a migration does, said the same way for every framework and database. */
import type { Expression } from './column.ts';
import type { Name } from './name.ts';
import type { SchemaOperation } from './schema-operation.ts';

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
  /** Of SQL Server: an error of it is caught, and not passed on. */
  unheard?: true;
  /** The online clauses of MySQL and MariaDB, or ONLINE = ON of SQL Server, as written. */
  online?: { algorithm?: string; lock?: string; online?: boolean };
  /** Of SQL Server: which batch it is sent in, absent for the first one of a file. What EXEC runs is a batch of its own. */
  batch?: number;
  /** The program itself says to a linter that this was looked at, and on which line. It is not part of what the operation does. */
  mutedBy?: { marker: 'safety_assured' | 'IgnoreMigration()'; line: number };
};

export type DataOperation =
  | {
      kind: 'insertRows';
      table: Name;
      source: 'values' | 'query' | 'file';
      replaces?: true;
      /** Told of SQL: it stands in a loop. */
      looped?: true;
      /** Of `replaces`: the columns that it names. */
      columns?: string[];
      /** A row that fails is left out without an error: IGNORE of MySQL, OR IGNORE of SQLite, ON CONFLICT DO NOTHING. */
      ignores?: true;
      /** The query reads every row of this one table. Told of SQLite, where tables are altered so, and of SQL Server. */
      copies?: Name;
      /** Of SQLite: `copies` goes by the order of the columns on both sides, without naming any. */
      byPosition?: true;
      /** Of MySQL and PostgreSQL: the one table of which the query reads every row, in whatever way. */
      readsAll?: Name;
      /** The one table of which it reads those that a WHERE picks. */
      picks?: Name;
      stopsBy?: StopsBy;
    }
  | {
      kind: 'updateRows';
      table: Name;
      columns: string[];
      /** IGNORE of MySQL: what would be an error is a warning. */
      ignores?: true;
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
  | {
      kind: 'deleteRows';
      table: Name;
      filtered: boolean;
      limited?: true;
      looped?: true;
      stopsBy?: StopsBy;
      /** Of a MERGE: those that its source has not. */
      rest?: true;
    }
  | { kind: 'truncateTable'; table: Name; cascade?: true }
  /** Code whose effect is not in the migration: CALL, a SELECT of a function of the project's own. */
  | {
      kind: 'runCode';
      code: string;
      does?: CodeEffect;
      /** It waits for the commit, or for the end of all migrations. */
      later?: true;
      /** The rows that it writes, if any, are told by operations of their own: a model that is named, a call around statements that were read. */
      rowsTold?: true;
    };

/** What an UPDATE says: a value for every one of its columns, and its WHERE, which stands without SQL where a program puts a part of it in: with the columns that it bounds, if it does nothing but bound them. */
export type Assigned = { values: Record<string, Expression>; where?: Expression };

/** What ends the loop around with an error at the first row that does not pass, as written: `raise ValueError`, `save!`. */
export type StopsBy = string;

/** What is known of code whose effect is not in the migration. */
export type CodeEffect = 'application code' | 'enqueues a job' | 'network call' | 'second connection';

export type SessionOperation =
  | {
      kind: 'begin';
      /** As of `updateRows`: each round has a transaction of its own. */
      looped?: true;
    }
  | {
      kind: 'commit';
      looped?: true;
      /** Of PostgreSQL: it stands in a DO block, which ends no transaction but its own. */
      inBlock?: true;
    }
  | { kind: 'rollback'; inBlock?: true }
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

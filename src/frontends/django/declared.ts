/** The operations of a Django migration as written, before anything is known of the app around it. */
import type { PythonCall } from '../syntax/python-call.ts';
import type { Field } from './field.ts';
import type { ListScope } from './operations-list.ts';

/** An index as `Meta.indexes` declares it; `columns` are names of fields, or expressions in parentheses. */
export type DeclaredIndex = {
  name?: string;
  fields: string[];
  /** Fields that its expressions read. */
  reads?: string[];
  method?: string;
  where?: { text: string; fields: string[] };
  /** As written, on one line. */
  text?: string;
  /** More is written than names of fields and its own. */
  saysMore?: boolean;
};

/** A constraint as `Meta.constraints` declares it. */
export type DeclaredConstraint = { name?: string } & (
  | { kind: 'check'; text: string; fields: string[] }
  /** With a condition, covering columns, operator classes or expressions it is an index. */
  | { kind: 'unique'; fields: string[]; reads?: string[]; isIndex: boolean; where?: { text: string; fields: string[] } }
  | { kind: 'exclusion'; fields: string[] }
  | { kind: 'unknown'; type: string }
);

export type ModelOptions = {
  table?: string;
  managed: boolean;
  proxy: boolean;
  uniqueTogether: string[][];
  indexTogether: string[][];
  indexes: DeclaredIndex[];
  constraints: DeclaredConstraint[];
  orderWithRespectTo?: string;
};

/** Where it stands in its file, and whether a condition decides if it is there. */
export type Written = { start: number; end: number; conditional?: true };

export type Declared = Written &
  (
    | { kind: 'createModel'; name: string; fields: [string, Field][]; bases: string[]; options: ModelOptions }
    | { kind: 'deleteModel'; name: string }
    | { kind: 'renameModel'; name: string; to: string }
    | { kind: 'alterModelTable'; model: string; table: string | undefined }
    | { kind: 'alterTogether'; model: string; option: 'uniqueTogether' | 'indexTogether'; groups: string[][] }
    | { kind: 'alterOrder'; model: string; field: string | undefined }
    | { kind: 'alterModelOptions'; model: string; managed: boolean | undefined }
    | { kind: 'addField' | 'alterField'; model: string; name: string; field: Field }
    /** Of django-add-default-value: the database gets a default that stays. `text` is the value as it is written. */
    | { kind: 'setDefault'; model: string; name: string; text: string; known: boolean }
    | { kind: 'removeField'; model: string; name: string }
    | { kind: 'renameField'; model: string; name: string; to: string }
    | { kind: 'addIndex'; model: string; index: DeclaredIndex; concurrently: boolean }
    | { kind: 'removeIndex'; model: string; name: string; concurrently: boolean }
    | { kind: 'renameIndex'; model: string; name?: string; fields?: string[]; to: string }
    | { kind: 'addConstraint'; model: string; constraint: DeclaredConstraint; validated: boolean }
    | { kind: 'removeConstraint'; model: string; name: string }
    | { kind: 'validateConstraint'; model: string; name: string }
    | { kind: 'comment'; model: string }
    | { kind: 'object'; action: 'create' | 'drop'; object: 'extension' | 'collation'; name: string }
    | { kind: 'separate'; database: Declared[]; state: Declared[] }
    | { kind: 'runSql'; call: PythonCall; scope: ListScope; state: Declared[] }
    | { kind: 'runPython'; call: PythonCall; scope: ListScope }
    /** Nothing that a database sees. */
    | { kind: 'nothing'; what: string }
    /** django-migration-linter is told to pass over the migration. */
    | { kind: 'ignoreMigration' }
    | { kind: 'unread'; reason: string; model?: string; field?: string }
  );

export type DeclaredOf<Kind extends Declared['kind']> = Extract<Declared, { kind: Kind }>;

/** What a file says of itself and its place among others. */
export type DeclaredMigration = {
  /** App label and name of each migration that it needs. */
  dependencies: [string, string][];
  /** The same for those that it stands for; a name that could not be read is empty. */
  replaces: [string, string][];
  /** False: it is not run in a transaction. Undefined where it is not a literal. */
  atomic: boolean | undefined;
  operations: Declared[];
  /** An operations list was found, though it may be empty. */
  hasOperations: boolean;
  /** There is a class that may be a migration. */
  isMigration: boolean;
};

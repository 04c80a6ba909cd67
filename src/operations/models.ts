/** What an application's models say of their tables, the same way for every framework. */
import type { Span } from './operation.ts';

/** One file: the classes that it defines, and what it calls on the models of others. */
export type ModelFile = {
  path: string;
  classes: ModelClass[];
  aliases: string[];
  uses: ModelUse[];
  mapped: MappedClass[];
};

/** A file of which nothing is known. */
export function emptyModelFile(path: string): ModelFile {
  return { path, classes: [], aliases: [], uses: [], mapped: [] };
}

export type ModelClass = {
  /** In full: `Notification::RssFeedItem`. A module that is included is told the same way. */
  name: string;
  /** The name where it is defined. */
  span: Span;
  /** As written; absent for a module. */
  superclass?: string;
  /** Tables that it may stand for: the one that it names, or those of Rails' convention, the likeliest first. */
  tables: string[];
  /** The same for a superclass that stands in a file that is not known. */
  superclassTables: string[];
  /** It has no table of its own. */
  isAbstract?: true;
  /** It says itself under which name it is stored. */
  namesItself?: true;
  /** The column that tells subclasses apart where it is not `type`; `none` where there is none. */
  inheritance?: string;
  includes: string[];
  associations: Association[];
  declarations: Declaration[];
  ignoredColumns: string[];
  /** Instance and class methods, scopes and accessors. */
  methods: string[];
  /** Where it names columns. */
  names: { column: string; span: Span }[];
  /** Its body without white space, to know it again under another name. */
  body: string;
};

export type Association = {
  kind: 'belongs_to' | 'has_one' | 'has_many' | 'has_and_belongs_to_many';
  name: string;
  /** `polymorphic: true`: any class may stand at its other end. */
  isPolymorphic?: true;
  /** `as:` of the other end: rows of other tables store the name of this class. */
  as?: string;
  span: Span;
};

/** How the values of one column are read and written. */
export type Declaration = { column: string; span: Span } & (
  | { kind: 'serialize'; coder: string; type?: string; by?: 'store' }
  | { kind: 'attribute'; type: string }
  /** `values` as written, by their names; absent where they are computed. */
  | { kind: 'enum'; values?: Record<string, string> }
  /** `readsOld`: values of before can still be read, as it says. */
  | { kind: 'encrypts'; options: string; readsOld: boolean }
);

/** A class, or a table of a schema file, that says its columns itself; Rails asks the database. */
export type MappedClass = {
  framework: 'django' | 'sqlalchemy' | 'typeorm' | 'mikro-orm' | 'sequelize' | 'drizzle';
  name: string;
  /** The name where it is defined. */
  span: Span;
  /** The folder of its app, whose classes share migrations; empty for the root. */
  home: string;
  /** What Django calls the app. */
  app?: string;
  /** As written, imports resolved. */
  bases: string[];
  /** All that it inherits is in the same file: its columns are those that are known. */
  isWhole: boolean;
  /** Absent where it has none of its own (abstract, proxy, unmanaged) or its name is computed. */
  table?: string;
  columns: MappedColumn[];
  /** Indexes and constraints that a class declares, and the database has to have; Django's are told by `drift`. */
  keys?: MappedKey[];
  /** Every name that its body gives to something. */
  members: string[];
  /** What keeps earlier versions of its rows. */
  history?: { by: 'django-simple-history' | 'django-auditlog' | 'django-reversion'; span: Span };
  /** What tells its rows apart in a table of several classes: `polymorphic_identity`. */
  identity?: { value: string; span: Span };
  /** The column that holds the identities: `polymorphic_on`. */
  discriminator?: string;
  /** Names from which migrations of Django rename the model to this one. */
  renamedFrom: string[];
  /** What `makemigrations` would find still to be written, compared with all migrations of its app. */
  drift: Drift[];
  /** Its body without white space, to know it again under another name. */
  body: string;
};

export type MappedColumn = {
  /** The attribute of the class. */
  name: string;
  column: string;
  /**
   * The name is not written out: it is made of the attribute's as the mapper does by itself, and its settings may say
   * otherwise. That of a relation ends in the key of the other class, which stands elsewhere.
   */
  namedAfter?: 'attribute' | 'relation';
  /** The declaration as written, in one line. */
  declared: string;
  nullable: boolean;
  /** What the program fills in on its own INSERTs, as written. */
  default?: string;
  /** The database fills it in. */
  hasDatabaseDefault: boolean;
  span: Span;
};

/** `columns` is empty where it is about an expression. */
export type MappedKey = {
  kind: 'index' | 'unique' | 'foreignKey' | 'check';
  name?: string;
  columns: string[];
  /** As written, in one line. */
  declared: string;
  span: Span;
};

/** One difference between a class and the migrations of its app. */
export type Drift = { field: string; span: Span } & (
  | { kind: 'model' }
  | { kind: 'added'; column?: string; declared: string }
  /** `isRequired`: its column must have a value and has no default in the database. */
  | { kind: 'removed'; isRequired: boolean }
  | { kind: 'altered'; what: string; declared: string }
  /** Something of the table as a whole; `field` is its name, a group of fields, or the name of the table. */
  | {
      kind: 'meta';
      thing: 'index' | 'unique constraint' | 'constraint' | 'unique_together' | 'index_together' | 'table';
      change: 'added' | 'removed' | 'altered';
      declared: string;
    }
);

/** Something that is called on rows of a model: `item.user`, `where(user: …)`. */
export type ModelUse = { model: string; member: string; span: Span };

/** The models that a change touches, as they are on the base branch and as they will be. */
export type Models = { before: readonly ModelFile[]; now: readonly ModelFile[] };

/** What prints migrations for one framework. */
import type { Migration } from '../operations/migration.ts';
import type { Step } from './step.ts';

/** Where the printed migration belongs: the migration that it corrects. */
export type Target = Pick<Migration, 'framework' | 'path' | 'database' | 'databaseVersion' | 'isModule'>;

/** What is to be printed. */
export type Script = {
  target: Target;
  up: readonly Step[];
  /** Absent where it cannot be taken back. */
  down?: readonly Step[];
  /** It runs outside a transaction. */
  outside: boolean;
};

export type Language = 'sql' | 'ruby' | 'python' | 'ts';

export type Writer = {
  language: Language;
  /** The body of the migration, to be pasted into the class or file that is there; undefined where a step cannot be said. */
  write: (script: Script) => string[] | undefined;
};

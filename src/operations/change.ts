/** A change under review: a pull request or a git range, with the texts that matter. */
import type { Configuration, ConfigurationProblem } from './configuration.ts';
import type { OtherChange } from './collision.ts';
import type { Status } from './migration.ts';

export type ChangedFile = {
  path: string;
  /** Its path on the base branch when it was renamed. */
  previousPath?: string;
  status: Status;
  /** Text on the base branch; absent when it did not exist there or was not needed. */
  before?: string;
  /** Text after the change; absent when it is deleted or was not needed. */
  after?: string;
  /** Why a text that is needed is absent: too large, binary. Completes "could not be read: …". */
  unread?: string;
};

export type Change = {
  files: ChangedFile[];
  /** Why the list of files is not whole; absent when it is. Completes "cannot read all of it: …". */
  incomplete?: string;
  /** Every path of the base branch that frontends asked for (migrations and their neighbours). */
  basePaths: string[];
  /** Texts of files that tell which database and framework a project uses (schema.prisma, lock files …), keyed by path, as after the change. */
  projectTexts: Record<string, string>;
  /** Texts of the base branch that tell its schema, keyed by path: the earlier migrations beside those that change with the files that state what they lead to, or the file that holds it whole. */
  history: Record<string, string>;
  /** Texts of programs, templates and queries that may name a column which the change takes away, keyed by path, as after the change; absent where it takes none. */
  programs?: Record<string, string>;
  /** Title of the pull request; the newest commit's first line for a git range. */
  title?: string;
  /** Description of the pull request; empty for a git range. */
  description: string;
  /** Other open pull requests to the same branch, by number; absent where they are not known. */
  others?: OtherChange[];
  configuration: Configuration;
  configurationProblems: ConfigurationProblem[];
};

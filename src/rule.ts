/** What a rule is: a plain object that asks questions of operations. */
import type { Change, ChangedFile } from './operations/change.ts';
import type { Concern } from './operations/concern.ts';
import type { Severity, TableSize } from './operations/configuration.ts';
import type { Deployment } from './operations/deployment.ts';
import { isDjangoHistory } from './operations/history-table.ts';
import type { Lineage, Migration, SchemaCopy } from './operations/migration.ts';
import type { Models } from './operations/models.ts';
import type { Name } from './operations/name.ts';
import type { Operation, OperationOf, Span } from './operations/operation.ts';
import type { Schema } from './operations/schema.ts';
import type { DraftMigration } from './writers/write-migration.ts';

/** What a rule says. The severity is the rule's own unless it is given; the span that of the operation unless it is given. */
export type Found = {
  /** What happens, to which table, under which lock or statement. Markdown; names from the migration go through `code()`. */
  message: string;
  /** What to do. Markdown; a corrected migration stands in a fence. */
  advice: string;
  severity?: Severity;
  /** Where it answers another question than the rule does otherwise. */
  concerns?: Concern;
  span?: Span;
  /** What corrects the statement where it is put in, so that the rest of it stays as written. It is tried before it is shown. */
  insertion?: Insertion;
  /** The migrations of the advice, where those of several findings of one file can be joined. */
  correction?: Correction;
};

/** Migrations that take the place of a statement, one after the other. */
export type Correction = {
  /** The same for statements that are corrected alike, by whatever rule. */
  cure: string;
  /** With the sentence that leads to each where it stands for several findings. */
  migrations: readonly (DraftMigration & { lead: string })[];
  /** What is to be known beside. */
  note?: string;
};

/** Words that are put on a line of their own before a statement, at its end, or after the first word of its own that is `after` (upper case). */
export type Insertion = {
  words: string;
  at: 'line before' | 'end' | { after: string };
  /** The same as the last argument of a call, by framework; absent where a call takes more than that. */
  arguments?: Record<string, string>;
};

/** Where an operation stands when a rule is asked about it. */
export type Context = {
  migration: Migration;
  /** What is known just before the operation runs. */
  schema: Schema;
  /** Operations of the same direction that run before it. */
  before: readonly Operation[];
  /** Operations of the same direction that run after it. */
  after: readonly Operation[];
  /** Those of the migrations of the change that run after this one, on the same database. */
  later: readonly Operation[];
  /** The new migrations of the change, this one among them, which one deploy runs; empty where a migration is read by itself. */
  deploy: readonly Migration[];
  /**
   * Whether it runs inside a transaction together with others: the framework's or the migration's own.
   * Undefined where the framework leaves it to a setting that is not known.
   */
  inTransaction: boolean | undefined;
  /** Created in this change, so that nothing reads it yet. */
  isNew: (table: Name) => boolean;
  /** The models that the change touches. */
  models: Models;
  /** How migrations are run and models compared with them, as far as its files are at hand. */
  deployments: readonly Deployment[];
  /** The statement of this operation as its author wrote it in a file of SQL; undefined in programs, and where the text is not there. */
  statementOf: (operation: Operation) => string | undefined;
  /** As the team's configuration says. */
  sizeOf: (table: Name) => TableSize;
};

/** A migration that stands on the base branch and is touched: as it is there, and in which direction it does something else now. */
export type Edit = { before: Migration; changesUp: boolean; changesDown: boolean };

/** The whole change, for rules that look further than one migration. */
export type ChangeContext = {
  change: Change;
  files: readonly ChangedFile[];
  migrations: readonly Migration[];
  /** By the path of the migration; only those whose text on the base branch is known. */
  edits: ReadonlyMap<string, Edit>;
  /** What the change says about how migrations are run. */
  deployments: readonly Deployment[];
  /** The same as the base branch has it. */
  deploymentsBefore: readonly Deployment[];
  /** What the change leaves alone and is at hand: workflows that may compare models with migrations, files that say how far Alembic goes. */
  standingDeployments: readonly Deployment[];
  /** The models that the change touches. */
  models: Models;
  /** The migrations of the change among those of the base branch. */
  lineages: readonly Lineage[];
  /** The files that repeat the schema. */
  schemaCopies: readonly SchemaCopy[];
  /** What is known before the change, for each kin of migrations that it touches. */
  schemasBefore: readonly Schema[];
};

export type Finder<Kind extends Operation['kind']> = (
  operation: OperationOf<Kind>,
  context: Context,
) => Found | undefined;

/** A comment that allows rules, in a file that the change adds or where it adds the comment. */
export type AllowanceContext = {
  span: Span;
  /** Rules that it names. */
  rules: readonly string[];
  /** Names among them that no rule has, with the one that may be meant. */
  unknown: readonly { name: string; near?: string }[];
  /** Nothing is said that it could mute, though all of the migration was read and all of its rules were asked. */
  isIdle: boolean;
  /** Another migration, of this change or before it, that holds the same comment to the letter. */
  alsoIn?: string;
};

export type Rule = {
  /** Names the pattern, not the cure, and reads well in "allow `rename-column`". */
  id: string;
  /** What happens, in a few words, for lists. */
  title: string;
  severity: Severity;
  /** The question that it answers. */
  concerns: Concern;
  check: { [Kind in Operation['kind']]?: Finder<Kind> } & {
    /** Asked once per migration, with all operations of the up direction in `migration.up`. `schema` is as before the migration. */
    migration?: (migration: Migration, context: Context) => Found[];
    change?: (context: ChangeContext) => (Found & { span: Span })[];
    /** Asked once per allowance, after everything else. */
    allowance?: (allowance: AllowanceContext) => Found | undefined;
  };
};

/** What a rule says of an operation. */
export function ask(rule: Rule, operation: Operation, context: Context): Found | undefined {
  // The key picks the finder of exactly this operation's kind, which the type system cannot follow.
  const finder = rule.check[operation.kind] as Finder<Operation['kind']> | undefined;
  return finder?.(operation, context);
}

/** The severity of what costs by size: large or hot tables block, medium and unknown ones are for people to judge, small ones are folded away. */
export function costSeverity(size: TableSize): Severity {
  if (size === 'large' || size === 'hot') return 'error';
  return size === 'small' ? 'notice' : 'warning';
}

/** Says what is known of a table's size, to close a message about cost. */
export function sizeNote(table: Name, size: TableSize): string {
  if (size === 'unknown')
    return `The size of ${code(table)} is unknown here: state it under \`tables:\` in \`.github/plimsoll.yml\`.`;
  return `${code(table)}${isDjangoHistory(table) ? ', or what it keeps the history of,' : ''} is configured as ${size}.`;
}

/**
 * A piece of user text as inline code: the only way that names and SQL of a pull request enter a message.
 * Control and bidirectional characters are dropped, the length is capped, the fence is longer than any run of backticks inside.
 */
export function code(text: string, limit = 120): string {
  // A part that the program puts in has no name here.
  const clean = text
    .replace(/_computed_*/g, '…')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const cut =
    Array.from(clean).length > limit
      ? `${Array.from(clean)
          .slice(0, limit - 1)
          .join('')}…`
      : clean;
  const runs = cut.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const padded = cut.startsWith('`') || cut.endsWith('`') || cut === '' ? ` ${cut} ` : cut;
  return `${fence}${padded}${fence}`;
}

/** Names as inline code, one after the other. */
export function codes(names: readonly string[]): string {
  return names.map((name) => code(name)).join(', ');
}

/** Parts as a sentence says them: `a, b and c`. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** The first of a list, and how many more there are. */
export function someOf(parts: readonly string[], most = 5): string {
  const rest = parts.length - most;
  return rest > 0 ? `${parts.slice(0, most).join(', ')} and ${rest} more` : parts.join(', ');
}

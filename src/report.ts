/** What a review says, as plain JSON: `docs/report.schema.json` describes it. */
import type { Concern } from './operations/concern.ts';
import type { Severity } from './operations/configuration.ts';
import type { Database, Links, Status } from './operations/migration.ts';
import type { Operation } from './operations/operation.ts';
import type { Plan } from './plan/plan.ts';

/** `clear`: nothing to do. `sign-off`: people have to tick. `blocked`: an error, or something that could not be read at all. */
export type Verdict = 'clear' | 'sign-off' | 'blocked';

export type MigrationReport = Links & {
  path: string;
  framework: string;
  database: Database;
  databaseVersion?: string;
  status: Status;
  /** What orders it among its kin, as the framework compares it. */
  version?: string;
  /** Statements of the up direction, and how many of them could not be read. */
  statements: number;
  opaque: number;
  operations: Operation[];
  /** SHA-256 of what the migration does, in both directions; the same after a rebase, a comment or a move of lines. */
  digest: string;
};

export type Finding = {
  rule: string;
  severity: Severity;
  /** The question that it answers. */
  concerns: Concern;
  path: string;
  startLine: number;
  endLine: number;
  startColumn?: number;
  endColumn?: number;
  /** Markdown, already escaped where it quotes the pull request. */
  message: string;
  advice: string;
  /** Address of the team's own page about the rule. */
  link?: string;
  /** SHA-256 of what the file says, for overrides, where it is no migration; a migration has its own. */
  digest?: string;
  /** What alone corrects it, where that is so. */
  replacement?: Replacement;
  /** Number of the correction, among those of the report, that corrects it together with others; `advice` corrects it alone. */
  joined?: number;
};

/** Migrations that correct several findings of one file together. */
export type JoinedCorrection = {
  /** Counted from 1. */
  number: number;
  path: string;
  /** How many findings it corrects, and in how many migrations. */
  findings: number;
  migrations: number;
  /** Markdown; a fence holds those that may follow each other at once, each begun by a comment with its number where there are several. */
  text: string;
};

/** Whole lines of a file, and what takes their place: lines without the last line end. */
export type Replacement = { startLine: number; endLine: number; text: string };

/** A finding that the author muted in the file, and how. */
export type Suppressed = Finding & {
  /** `plimsoll: allow`, or what another linter was told: `squawk-ignore`, `safety_assured`. */
  marker: string;
  markerLine: number;
  /** Absent where another linter asks for none. */
  reason?: string;
  /** The last day on which it is muted, as an ISO date. */
  until?: string;
};

export type Opaque = { path: string; startLine: number; reason: string };

/** Who has to tick a box: the author of the pull request, or someone else who may review it. */
export type Who = 'author' | 'reviewer';

export type ChecklistItem = {
  /** Stable name of the question, such as `ran-on-copy`. */
  id: string;
  text: string;
  who: Who;
  /** Paths of the migrations that call for it, and of other files that do. */
  because: string[];
  /** Name of the check whose success ticks it, as configured. */
  proof?: string;
  /** Over the digests of those migrations: a tick counts for this content only. */
  digest: string;
};

export type Report = {
  version: 1;
  verdict: Verdict;
  /** Labels that should stand, by their configured names. */
  labels: string[];
  migrations: MigrationReport[];
  findings: Finding[];
  /** Absent where nothing can be joined. */
  corrections?: JoinedCorrection[];
  suppressed: Suppressed[];
  opaque: Opaque[];
  /** What keeps the review from being whole or fair: an incomplete list of files, a mistake in the configuration. Each blocks. */
  problems: { message: string; path?: string; startLine?: number }[];
  checklist: ChecklistItem[];
  /** How it is rolled out; absent where no migration is added. */
  plan?: Plan;
  /** SHA-256 of everything above: two reports with the same one say the same. */
  fingerprint: string;
};

/** What a team may set in `.github/plimsoll.yml`: data, never code. */
import type { Database } from './migration.ts';

export type Severity = 'error' | 'warning' | 'notice';

/** `small`: cost findings become notices. `medium`: warnings, as where nothing is stated. `large`, `hot`: errors. */
export type TableSize = 'small' | 'medium' | 'large' | 'hot' | 'unknown';

export type PathSetting = {
  /** A glob over paths from the root of the repository. */
  path: string;
  framework?: string;
  database?: Database;
  version?: string;
  /** Files below are not this team's migrations: vendored, fixtures. */
  ignore?: true;
};

/** Boxes of the author's that a machine can answer. */
export const provableBoxes = ['ran-on-copy', 'old-release-works', 'rows-counted', 'backfill-repeatable'] as const;
export type ProvableBox = (typeof provableBoxes)[number];

export type Configuration = {
  database?: Database;
  version?: string;
  /** The last one that fits a path wins. */
  paths: PathSetting[];
  /** Keyed by table name, as in `Name`. */
  tables: Record<string, TableSize>;
  /** Keyed by rule id. */
  rules: Record<string, 'off' | Severity>;
  /** Addresses of the team's own pages, keyed by rule id. */
  links: Record<string, string>;
  labels: { migration: string; monkeyPatched: string };
  /** Logins, and teams as `org/team`, who may tick a reviewer's box; empty: anyone with write permission who is not the author. */
  reviewers: string[];
  /** Names of checks that answer a box of the author's, keyed by box. */
  proofs: Partial<Record<ProvableBox, string>>;
  /** Commands of the team's own that run migrations, as they begin: `acme-db up`. */
  migrationCommands: string[];
  /** Corrections of a few lines are put beside them, to be applied with a click. */
  suggestions: boolean;
};

export const defaultConfiguration: Configuration = {
  paths: [],
  tables: {},
  rules: {},
  links: {},
  labels: { migration: '[migration]', monkeyPatched: '[monkey-patched]' },
  reviewers: [],
  proofs: {},
  migrationCommands: [],
  suggestions: true,
};

/** A mistake in the configuration, in plain words, with its place. */
export type ConfigurationProblem = { path: string; line: number; message: string };

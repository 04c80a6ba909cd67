/** Sign-off as a state machine: who has vouched for what, bound to the content that they vouched for. */
import type { ChecklistItem } from '../report.ts';

/** Someone acting on a pull request, with what GitHub said of them when they acted. */
export type Actor = {
  login: string;
  role: 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';
  isAuthor: boolean;
  /** May tick a reviewer's box: write permission, not the author, and named by the configuration where it names anyone. */
  mayReview: boolean;
  /** An App or another machine account: it signs for nobody. */
  isBot?: true;
};

/** A ticked box. It counts while the item's digest is `digest`. */
export type Tick = {
  item: string;
  login: string;
  role: Actor['role'];
  /** ISO 8601, UTC. */
  at: string;
  digest: string;
  via: 'comment' | 'command' | 'check';
  /** Of a check, whose name is the login: its page, and how long it ran. */
  proof?: { url: string; seconds: number };
};

/** An error that a reviewer let pass, with the reason. It counts while the migration that it was said of stays as it is. */
export type Override = { rule: string; path: string; digest: string; login: string; reason: string; at: string };

/** A change that was put into production by hand before this pull request. */
type Patch = { where: string; why: string; login: string; at: string };

/** One sentence that answers an act that was refused. */
export type Refusal = { login: string; at: string; message: string };

export type SignOff = {
  /** What the newest review asks for. */
  items: ChecklistItem[];
  /** At most one per item. */
  ticks: Tick[];
  overrides: Override[];
  patches: Patch[];
  /** Newest last; shown until the next accepted act of the same person. */
  refusals: Refusal[];
  /** Proofs that a person took back: the check does not tick them again. */
  declined?: { item: string; digest: string }[];
};

export type Event =
  /** A review was made: boxes whose digest changed, or that are no longer asked for, are cleared. `digests` by path of migration. */
  | { kind: 'reviewed'; items: ChecklistItem[]; digests: Record<string, string> }
  | { kind: 'ticked'; item: string; actor: Actor; at: string; via: 'comment' | 'command' }
  /** The check that an item names as its proof has succeeded. */
  | { kind: 'proved'; item: string; check: string; url: string; seconds: number; at: string }
  | { kind: 'unticked'; item: string; actor: Actor; at: string }
  /** `targets`: the error findings of the rule that stand now, one per migration. */
  | {
      kind: 'overridden';
      rule: string;
      reason: string;
      targets: { path: string; digest: string }[];
      actor: Actor;
      at: string;
    }
  | { kind: 'patched'; where: string; why: string; actor: Actor; at: string }
  /** An act that never came to be judged: a command that could not be read, a tick for content that has changed since. */
  | { kind: 'refused'; message: string; actor: Actor; at: string };

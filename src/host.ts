/** The ports: where a change is read from and where a review is written to. */
import type { Status } from './operations/migration.ts';

/** A file of the change as listed, before any text is read. */
export type ListedFile = {
  path: string;
  previousPath?: string;
  status: Status;
  /** Git blob id after the change; absent for deleted files. */
  blob?: string;
  /** The whole text after the change where the listing carries it and its blob id proves it whole. */
  text?: string;
  /** Stretches of its lines after the change that the page of the change shows, where the listing tells. */
  shown?: { from: number; to: number }[];
  /** The lines that go, one below the other, where the listing tells. */
  removed?: string;
  /** Lines added and removed. */
  additions: number;
  deletions: number;
};

/** What is reviewed. */
export type Subject = {
  title: string;
  description: string;
  /** Login of the author; empty for a git range. */
  author: string;
  /** Name of the branch that it is to be merged into; absent for a git range. */
  baseBranch?: string;
  /** Commit on the base branch whose configuration and history count. */
  base: string;
  head: string;
};

/** Reads one change. Every method may be called once per review; texts are immutable and may be cached for ever. */
export type Host = {
  subject: () => Promise<Subject>;
  /** All files of the change, or as many as can be had, with the reason why the rest is missing. */
  files: () => Promise<{ files: ListedFile[]; incomplete?: string }>;
  /** Every path of the base commit with its blob id. */
  baseTree: () => Promise<{ blobs: Map<string, string>; incomplete?: string }>;
  /** The text of a path at the base commit, or undefined when it is not there. */
  baseText: (path: string) => Promise<string | undefined>;
  /** The text of a blob; `unread` says why there is none (too large, binary). */
  blob: (id: string) => Promise<{ text: string } | { unread: string }>;
};

export type CheckName = 'plimsoll/review' | 'plimsoll/sign-off';

export type Annotation = {
  path: string;
  startLine: number;
  endLine: number;
  startColumn?: number;
  endColumn?: number;
  level: 'failure' | 'warning' | 'notice';
  title: string;
  /** Plain text; GitHub renders no Markdown here. */
  message: string;
};

/** What should stand as one check on the head commit. A person is awaited with `action_required`; nothing is left in progress. */
export type Check = {
  name: CheckName;
  conclusion: 'success' | 'neutral' | 'failure' | 'action_required';
  title: string;
  /** Markdown, at most 65,535 characters. */
  summary: string;
  annotations: Annotation[];
};

export type LabelDefinition = { name: string; color: string; description: string };

/** Whether a label of this name is among others: GitHub holds names that differ in case for the same. */
export function hasLabel(names: readonly string[], name: string): boolean {
  return names.some((other) => other.toLowerCase() === name.toLowerCase());
}

/** A replacement of lines that a reader can apply with one click. `key` names what it says, wherever its lines are by now. */
export type Suggestion = { key: string; path: string; startLine: number; endLine: number; body: string };
/** `isAnswered`: somebody has replied to it. */
export type StandingSuggestion = { id: number; key: string; isAnswered: boolean };
export type StandingComment = { id: number; body: string };
export type StandingCheck = {
  id: number;
  name: string;
  conclusion: string | null;
  title: string | null;
  externalId: string | null;
};

/** What may do what in the repository, as GitHub tells it. `none` for those it does not know. */
export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

/** A check of another app or workflow that has succeeded. `seconds`: how long it ran. */
export type Proof = { name: string; url: string; at: string; seconds: number };

/** Writes a review to one pull request. Whoever calls it has compared first: every call writes. */
export type Desk = {
  labels: () => Promise<string[]>;
  addLabel: (label: LabelDefinition) => Promise<void>;
  removeLabel: (name: string) => Promise<void>;
  /** Our own comments, oldest first: by our app and with the marker on the first line. */
  comments: () => Promise<StandingComment[]>;
  createComment: (body: string) => Promise<StandingComment>;
  updateComment: (id: number, body: string) => Promise<void>;
  deleteComment: (id: number) => Promise<void>;
  /** Our own suggestions, oldest first. */
  suggestions: () => Promise<StandingSuggestion[]>;
  /** Gives the id; undefined where GitHub does not take it, as its page shows other lines by now. */
  createSuggestion: (commit: string, suggestion: Suggestion) => Promise<number | undefined>;
  deleteSuggestion: (id: number) => Promise<void>;
  /** Our own checks on a commit, the newest of each name. */
  checks: (commit: string) => Promise<StandingCheck[]>;
  /** Which of these checks of others have succeeded on a commit, as they ran last. */
  proofs: (commit: string, names: readonly string[]) => Promise<Proof[]>;
  /** Creates the check, or updates the one with `id`. `externalId` is stored with it. */
  writeCheck: (commit: string, check: Check, externalId: string, id?: number) => Promise<void>;
  roleOf: (login: string) => Promise<Role>;
  /** True when the login belongs to `org/team`. */
  isMember: (team: string, login: string) => Promise<boolean>;
};

/** The first line of our comment. */
export const commentMarker = '<!-- plimsoll -->';

/** The first line of a suggestion, with what it says as a key. */
export function suggestionMarker(key: string): string {
  return `<!-- plimsoll:suggestion ${key} -->`;
}

/** The key of a suggestion from its first line; undefined where it is none of ours. */
export function suggestionKeyIn(body: string): string | undefined {
  return /^<!-- plimsoll:suggestion ([0-9a-f]{16,64}) -->\s*$/.exec(body.split('\n', 1)[0] ?? '')?.[1];
}

/** No migration is longer; what is, is a dump. In bytes. */
export const largestText = 2 * 1024 * 1024;

/** The text of a file's bytes, or why it has none. UTF-16 with a byte order mark is what SQL Server's tools write. */
export function textOfBytes(bytes: Uint8Array): { text: string } | { unread: string } {
  if (bytes.length > largestText) return { unread: 'larger than 2 MB' };
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  if (encoding === 'utf-8' && bytes.includes(0)) return { unread: 'binary' };
  return { text: new TextDecoder(encoding).decode(bytes) };
}

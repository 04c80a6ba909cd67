import type { Fields } from './json.ts';

/** Who is asking, by what they authenticate with. */
export type Caller =
  | { kind: 'app' }
  | { kind: 'installation' }
  | { kind: 'person'; login: string }
  | { kind: 'nobody' };

/** An answer, its body parsed from JSON; undefined where it has none. */
export type Answer = { status: number; headers: Record<string, string>; body: unknown };

/** One request as it reached the proxy. */
export type Call = {
  method: string;
  /** Path and query. */
  target: string;
  query: URLSearchParams;
  body: unknown;
  caller: Caller;
  /** Passes the request on, with another body where one is given. */
  forward: (body?: unknown) => Promise<Answer>;
};

/** Asks the emulator as the owner of the repositories. */
export type Ask = (method: string, target: string, body?: unknown) => Promise<Answer>;

/** What GitHub keeps and the emulator does not. */
export type Supplement = {
  app: { id: number; slug: string; installation: number; owner: string };
  /** Heads that moved after the pull request was opened, by `owner/repo#number`. */
  heads: Map<string, string>;
  /** Merge commits of pull requests whose head had moved, by `owner/repo#number`. */
  merges: Map<string, string>;
  /** Annotations by check run, in the order that they were added. */
  annotations: Map<number, Fields[]>;
  /** Texts that comments had before their edits, oldest first; taken when the edit is delivered. */
  textsBefore: Map<number, string[]>;
};

export function createSupplement(app: Supplement['app']): Supplement {
  return { app, heads: new Map(), merges: new Map(), annotations: new Map(), textsBefore: new Map() };
}

/** An answer of our own. */
export function answer(status: number, body?: unknown): Answer {
  return { status, headers: {}, body };
}

/** A refusal in GitHub's form. */
export function refuse(status: number, message: string): Answer {
  return answer(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) });
}

/** One page of a list, as the query asks for it. */
export function pageOf<Item>(items: readonly Item[], query: URLSearchParams): Item[] {
  const size = Number(query.get('per_page') ?? 30);
  const start = (Number(query.get('page') ?? 1) - 1) * size;
  return items.slice(start, start + size);
}

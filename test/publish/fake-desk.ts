/** A desk in memory: what stands on a pull request, and every request that was made. */
import type { Check, Desk, Proof, Role, StandingCheck, StandingComment, Suggestion } from '../../src/host.ts';

export type FakeDesk = Desk & {
  standing: {
    labels: string[];
    comments: StandingComment[];
    checks: (StandingCheck & { commit: string })[];
    proofs: (Proof & { commit: string })[];
    suggestions: (Suggestion & { id: number; isAnswered: boolean })[];
  };
  /** Requests since the last look; reading labels costs none, as they come with the pull request. */
  requests: () => string[];
  roles: Record<string, Role>;
  teams: Record<string, string[]>;
  /** Runs before the next request of this name, as if somebody were faster. */
  before: (name: string, work: () => void) => void;
};

/** A path whose lines GitHub does not show. */
export const refused = 'refused.sql';

/** An empty pull request. */
export function fakeDesk(): FakeDesk {
  const standing: FakeDesk['standing'] = { labels: [], comments: [], checks: [], proofs: [], suggestions: [] };
  const hooks = new Map<string, () => void>();
  let log: string[] = [];
  let lastId = 100;

  function did(name: string): void {
    log.push(name);
    const hook = hooks.get(name);
    hooks.delete(name);
    hook?.();
  }

  return {
    standing,
    roles: {},
    teams: {},
    requests() {
      const seen = log;
      log = [];
      return seen;
    },
    before: (name, work) => void hooks.set(name, work),
    labels: async () => [...standing.labels],
    async addLabel({ name }) {
      did(`add label ${name}`);
      standing.labels.push(name);
    },
    async removeLabel(name) {
      did(`remove label ${name}`);
      standing.labels = standing.labels.filter((label) => label !== name);
    },
    async comments() {
      did('list comments');
      return standing.comments.map((comment) => ({ ...comment }));
    },
    async createComment(body) {
      did('create comment');
      const comment = { id: ++lastId, body };
      standing.comments.push(comment);
      return comment;
    },
    async updateComment(id, body) {
      did('update comment');
      standing.comments = standing.comments.map((comment) => (comment.id === id ? { id, body } : comment));
    },
    async deleteComment(id) {
      did('delete comment');
      standing.comments = standing.comments.filter((comment) => comment.id !== id);
    },
    async suggestions() {
      did('list suggestions');
      return standing.suggestions.map(({ id, key, isAnswered }) => ({ id, key, isAnswered }));
    },
    async createSuggestion(_, suggestion) {
      did('create suggestion');
      if (suggestion.path === refused) return undefined;
      const written = { ...suggestion, id: ++lastId, isAnswered: false };
      standing.suggestions.push(written);
      return written.id;
    },
    async deleteSuggestion(id) {
      did('delete suggestion');
      standing.suggestions = standing.suggestions.filter((suggestion) => suggestion.id !== id);
    },
    async checks(commit) {
      did('list checks');
      return standing.checks.filter((check) => check.commit === commit);
    },
    async proofs(commit, names) {
      did(`read checks ${names.join(', ')}`);
      return standing.proofs.filter((proof) => proof.commit === commit && names.includes(proof.name));
    },
    async writeCheck(commit: string, check: Check, externalId: string, id?: number) {
      did(`${id === undefined ? 'create' : 'update'} check ${check.name}`);
      const { name, conclusion, title } = check;
      const written = { id: id ?? ++lastId, commit, name, conclusion, title, externalId };
      standing.checks = [...standing.checks.filter((other) => other.id !== written.id), written];
    },
    async roleOf(login) {
      did(`role of ${login}`);
      return this.roles[login] ?? 'none';
    },
    async isMember(team, login) {
      did(`member ${login} of ${team}`);
      return this.teams[team]?.includes(login) ?? false;
    },
  };
}

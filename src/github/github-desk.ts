import type { Desk, LabelDefinition, Proof, Role, StandingCheck, StandingComment } from '../host.ts';
import { commentMarker, hasLabel } from '../host.ts';
import {
  attempt,
  type GitHubClient,
  nameOf,
  type PullRequestPlace,
  type Repository,
  statusOf,
} from './github-client.ts';
import { type PullRequest, pullRequestReader } from './pull-request.ts';
import { retryAfterOf } from './retry-after.ts';
import { createSuggestion, deleteSuggestion, listSuggestions } from './suggestions.ts';
import { writeCheck } from './write-check.ts';

/** Writes to one pull request as the app with the id `app`; everything that another wrote is left alone. */
export function githubDesk(
  client: GitHubClient,
  place: PullRequestPlace,
  app: number,
  readPullRequest: () => Promise<PullRequest> = pullRequestReader(client, place),
): Desk {
  const repository: Repository = { owner: place.owner, repo: place.repo };
  return {
    labels: async () => (await readPullRequest()).labels,
    addLabel: async (label) => addLabel(client, place, label, (await readPullRequest()).repositoryLabels),
    removeLabel: (name) => removeLabel(client, place, name),
    comments: () => listComments(client, place, app),
    createComment: (body) => createComment(client, place, body),
    updateComment: (id, body) => updateComment(client, repository, id, body),
    deleteComment: (id) => deleteComment(client, repository, id),
    suggestions: () => listSuggestions(client, place),
    createSuggestion: (commit, suggestion) => createSuggestion(client, place, commit, suggestion),
    deleteSuggestion: (id) => deleteSuggestion(client, repository, id),
    checks: (commit) => listChecks(client, repository, commit, app),
    proofs: (commit, names) => listProofs(client, repository, commit, names),
    writeCheck: (commit, check, externalId, id) => writeCheck(client, repository, { commit, check, externalId, id }),
    roleOf: (login) => readRole(client, repository, login),
    isMember: (team, login) => isMember(client, team, login),
  };
}

async function addLabel(
  client: GitHubClient,
  place: PullRequestPlace,
  label: LabelDefinition,
  defined: readonly string[],
): Promise<void> {
  const { owner, repo, pull } = place;
  if (!hasLabel(defined, label.name)) await defineLabel(client, { owner, repo }, label);
  await attempt(`adding label ${label.name} to ${nameOf(place)}`, () =>
    client.rest.issues.addLabels({ owner, repo, issue_number: pull, labels: [label.name] }),
  );
}

/** A label that the team has changed stays as they made it. */
async function defineLabel(client: GitHubClient, repository: Repository, label: LabelDefinition): Promise<void> {
  try {
    await attempt(`creating label ${label.name} in ${nameOf(repository)}`, () =>
      client.rest.issues.createLabel({ ...repository, ...label }),
    );
  } catch (error) {
    if (!isTaken(error)) throw error;
  }
}

function isTaken(error: unknown): boolean {
  return statusOf(error) === 422 && error instanceof Error && /already_exists/.test(messageOf(error.cause));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

async function removeLabel(client: GitHubClient, place: PullRequestPlace, name: string): Promise<void> {
  const { owner, repo, pull } = place;
  await unlessGone(
    attempt(`removing label ${name} from ${nameOf(place)}`, () =>
      client.rest.issues.removeLabel({ owner, repo, issue_number: pull, name }),
    ),
  );
}

async function unlessGone(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}

const pageSize = 100;

async function listComments(client: GitHubClient, place: PullRequestPlace, app: number): Promise<StandingComment[]> {
  const { owner, repo, pull } = place;
  const comments: StandingComment[] = [];
  for (let page = 1; ; page++) {
    const { data } = await attempt(`listing the comments of ${nameOf(place)}, page ${page}`, () =>
      client.rest.issues.listComments({ owner, repo, issue_number: pull, per_page: pageSize, page }),
    );
    for (const { id, body = '', performed_via_github_app: by } of data)
      if (by?.id === app && isMarked(body)) comments.push({ id, body });
    if (data.length < pageSize) return comments.sort((one, other) => one.id - other.id);
  }
}

/** A body that was edited in the browser ends its lines with CRLF. */
function isMarked(body: string): boolean {
  return body.split('\n', 1)[0]?.trimEnd() === commentMarker;
}

async function createComment(client: GitHubClient, place: PullRequestPlace, body: string): Promise<StandingComment> {
  const { owner, repo, pull } = place;
  const { data } = await attempt(`commenting on ${nameOf(place)}`, () =>
    client.rest.issues.createComment({ owner, repo, issue_number: pull, body }),
  );
  return { id: data.id, body: data.body ?? body };
}

async function updateComment(client: GitHubClient, repository: Repository, id: number, body: string): Promise<void> {
  await attempt(`editing comment ${id} in ${nameOf(repository)}`, () =>
    client.rest.issues.updateComment({ ...repository, comment_id: id, body }),
  );
}

async function deleteComment(client: GitHubClient, repository: Repository, id: number): Promise<void> {
  await unlessGone(
    attempt(`deleting comment ${id} in ${nameOf(repository)}`, () =>
      client.rest.issues.deleteComment({ ...repository, comment_id: id }),
    ),
  );
}

async function listChecks(
  client: GitHubClient,
  repository: Repository,
  commit: string,
  app: number,
): Promise<StandingCheck[]> {
  const newest = new Map<string, StandingCheck>();
  for (let page = 1; ; page++) {
    const { data } = await attempt(`listing the checks of ${nameOf(repository)} at ${commit}, page ${page}`, () =>
      client.rest.checks.listForRef({ ...repository, ref: commit, app_id: app, per_page: pageSize, page }),
    );
    for (const { id, name, conclusion, output, external_id: externalId } of data.check_runs)
      if (id > (newest.get(name)?.id ?? 0)) newest.set(name, { id, name, conclusion, title: output.title, externalId });
    if (data.check_runs.length < pageSize) return [...newest.values()];
  }
}

/** GitHub gives the newest run of a name alone, unless two apps have one each: then both have to have succeeded. */
async function listProofs(
  client: GitHubClient,
  repository: Repository,
  commit: string,
  names: readonly string[],
): Promise<Proof[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const { data } = await attempt(`reading check ${name} of ${nameOf(repository)} at ${commit}`, () =>
        client.rest.checks.listForRef({ ...repository, ref: commit, check_name: name, per_page: pageSize }),
      );
      const [run] = data.check_runs;
      const hasSucceeded = data.check_runs.every(({ conclusion }) => conclusion === 'success');
      return run && hasSucceeded ? [proofOf(run)] : [];
    }),
  );
  return found.flat();
}

type CheckRun = Awaited<ReturnType<GitHubClient['rest']['checks']['listForRef']>>['data']['check_runs'][number];

function proofOf({ name, html_url: url, started_at: from, completed_at: to }: CheckRun): Proof {
  const at = to ?? from ?? '';
  const seconds = Math.max(0, Math.round((Date.parse(at) - Date.parse(from ?? at)) / 1000)) || 0;
  return { name, url: url ?? '', at, seconds };
}

/** GitHub knows no permission of an app's account: https://github.com/getsentry/sentry/issues/120485 */
async function readRole(client: GitHubClient, repository: Repository, login: string): Promise<Role> {
  if (login.endsWith('[bot]')) return 'none';
  try {
    const { data } = await attempt(`reading the permission of ${login} in ${nameOf(repository)}`, () =>
      client.rest.repos.getCollaboratorPermissionLevel({ ...repository, username: login }),
    );
    return data.user?.type === 'Bot' ? 'none' : roleNamed(data.role_name, data.permission);
  } catch (error) {
    if (statusOf(error) === 404) return 'none';
    throw error;
  }
}

const roles: readonly Role[] = ['admin', 'maintain', 'write', 'triage', 'read', 'none'];

/** `permission` folds maintain into write and triage into read; it is what a role of the organisation's own is built on. */
function roleNamed(roleName: string, permission: string): Role {
  return roles.find((role) => role === roleName) ?? roles.find((role) => role === permission) ?? 'none';
}

/** A team that the app cannot see has no members for it. */
async function isMember(client: GitHubClient, team: string, login: string): Promise<boolean> {
  const [org = '', slug = ''] = team.replace(/^@/, '').split('/');
  try {
    const { data } = await attempt(`reading whether ${login} is in ${team}`, () =>
      client.rest.teams.getMembershipForUserInOrg({ org, team_slug: slug, username: login }),
    );
    return data.state === 'active';
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || (status === 403 && retryAfterOf(error) === undefined)) return false;
    throw error;
  }
}

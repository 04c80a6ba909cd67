import type { Octokit } from '@octokit/rest';
import { author, type Incident, incidents, owner, reviewer, stranger } from './incidents.ts';
import { type FileTexts, openPullRequest, pushFiles, requireChecks } from './repository.ts';
import { type RunningEmulator, startEmulator } from './start-emulator.ts';
import { until } from './until.ts';

/** A pull request, and how it stands at GitHub. */
export type Page = { owner: string; repo: string; pull_number: number };

export type Standing = {
  state: string;
  isMerged: boolean;
  head: string;
  labels: string[];
  /** Conclusion and title of the newest check of each name on the head. */
  checks: Record<string, { conclusion: string | null; title: string | null }>;
  /** Rules named by the annotations of the review, in order. */
  rules: string[];
  /** Comments of the app. */
  comments: { id: number; body: string }[];
  /** The first line of its comment that is seen; empty without one. */
  headline: string;
  /** Ids of the boxes in its comment. */
  boxes: { ticked: string[]; open: string[] };
  /** Logins whose acts its comment says it refused. */
  refused: string[];
};

/** A GitHub with the repositories of all incidents, in which the app is installed and both checks are required. */
export async function setStage(): Promise<RunningEmulator> {
  const repositories = [...new Set(incidents.map((incident) => incident.repository))];
  const github = await startEmulator({ owner, people: [author, reviewer, stranger], repositories });
  const asOwner = github.as(owner);
  for (const repo of repositories) {
    for (const username of [author, reviewer])
      await asOwner.rest.repos.addCollaborator({ owner, repo, username, permission: 'push' });
    const before = incidents.filter((incident) => incident.repository === repo).map((incident) => incident.before);
    await pushFiles(asOwner, { owner, repo }, 'main', 'What runs today', Object.assign({}, ...before));
    await requireChecks(asOwner, { owner, repo }, ['plimsoll/review', 'plimsoll/sign-off']);
  }
  return github;
}

/** The author opens the pull request. */
export async function openPage(
  github: RunningEmulator,
  opened: Pick<Incident, 'repository' | 'title' | 'change'>,
): Promise<Page> {
  const { repository: repo, title, change } = opened;
  return { owner, repo, pull_number: await openPullRequest(github.as(author), { owner, repo }, title, change) };
}

/** How the pull request stands now, as anyone can see it. */
export async function readStanding(github: RunningEmulator, page: Page): Promise<Standing> {
  const { owner, repo, pull_number } = page;
  const { rest } = github.as(stranger);
  const { data: pull } = await rest.pulls.get(page);
  const runs = await rest.checks.listForRef({ owner, repo, ref: pull.head.sha });
  const review = runs.data.check_runs.find((run) => run.name === 'plimsoll/review');
  const comments = await rest.issues.listComments({ owner, repo, issue_number: pull_number });
  const ours = comments.data.filter(({ user }) => user?.type === 'Bot').map(({ id, body = '' }) => ({ id, body }));
  const body = ours.map((comment) => comment.body).join('\n');
  return {
    state: pull.state,
    isMerged: pull.merged,
    head: pull.head.sha,
    labels: pull.labels.map((label) => label.name),
    checks: Object.fromEntries(
      runs.data.check_runs.map(({ name, conclusion, output }) => [name, { conclusion, title: output.title }]),
    ),
    rules: review === undefined ? [] : await annotatedRules(rest, { owner, repo }, review.id),
    comments: ours,
    headline: /^### (.*)$/m.exec(body)?.[1] ?? '',
    boxes: { ticked: boxesOf(body, 'x'), open: boxesOf(body, ' ') },
    refused: [...body.matchAll(/^@([\w-]+): /gm)].map((match) => match[1] ?? ''),
  };
}

function boxesOf(body: string, mark: 'x' | ' '): string[] {
  const boxes = [...body.matchAll(/^- \[( |x)\] .*<!-- box:([a-z0-9-]+) -->$/gm)];
  return boxes.filter((box) => box[1] === mark).map((box) => box[2] ?? '');
}

/** How the pull request stands once it is as awaited; after a minute, how it stands then. */
export async function awaitStanding(
  github: RunningEmulator,
  page: Page,
  isAwaited: (standing: Standing) => boolean,
): Promise<Standing> {
  const awaited = `${page.owner}/${page.repo}#${page.pull_number}`;
  await until(awaited, async () => isAwaited(await readStanding(github, page))).catch(() => undefined);
  await github.settle();
  return readStanding(github, page);
}

/** True when both checks have come to a conclusion. */
export function isReviewed({ checks }: Standing): boolean {
  return ['plimsoll/review', 'plimsoll/sign-off'].every((name) => (checks[name]?.conclusion ?? null) !== null);
}

async function annotatedRules(
  rest: Octokit['rest'],
  repository: { owner: string; repo: string },
  run: number,
): Promise<string[]> {
  const { data } = await rest.checks.listAnnotations({ ...repository, check_run_id: run });
  return data.map((annotation) => annotation.title ?? '');
}

/** Comments on the pull request. */
export async function comment(github: RunningEmulator, login: string, page: Page, body: string): Promise<void> {
  const { owner, repo, pull_number } = page;
  await github.as(login).rest.issues.createComment({ owner, repo, issue_number: pull_number, body });
}

/** Pushes to the branch that the pull request comes from, and returns the commit. */
export async function push(github: RunningEmulator, login: string, page: Page, files: FileTexts): Promise<string> {
  const { data } = await github.as(login).rest.pulls.get(page);
  return pushFiles(github.as(login), page, data.head.ref, 'Another commit', files);
}

/** Ticks the boxes with these ids in the comment, as a click on GitHub's page does. */
export async function tick(
  github: RunningEmulator,
  login: string,
  page: Page,
  boxes: readonly string[],
): Promise<void> {
  const [comment] = (await readStanding(github, page)).comments;
  if (!comment) throw new Error('There is no comment to tick');
  const isAsked = (line: string): boolean => boxes.some((box) => line.includes(`<!-- box:${box} -->`));
  const lines = comment.body.split('\n').map((line) => (isAsked(line) ? line.replace('[ ]', '[x]') : line));
  const { owner, repo } = page;
  await github.as(login).rest.issues.updateComment({ owner, repo, comment_id: comment.id, body: lines.join('\n') });
}

/** Queues the pull request: a merge group of main with these files. Returns its head, which waits for both checks. */
export async function queue(github: RunningEmulator, page: Page, files: FileTexts): Promise<string> {
  const { owner, repo, pull_number } = page;
  const asOwner = github.as(owner);
  const { data: base } = await asOwner.rest.git.getRef({ owner, repo, ref: 'heads/main' });
  const branch = `gh-readonly-queue/main/pr-${pull_number}-${base.object.sha}`;
  const head = await pushFiles(asOwner, page, branch, `Merge pull request #${pull_number}`, files);
  const { data: repository } = await asOwner.rest.repos.get({ owner, repo });
  const group = {
    head_sha: head,
    head_ref: `refs/heads/${branch}`,
    base_sha: base.object.sha,
    base_ref: 'refs/heads/main',
  };
  github.deliver('merge_group', {
    action: 'checks_requested',
    merge_group: group,
    repository,
    sender: repository.owner,
  });
  return head;
}

/** Conclusions of the newest checks on a commit, by name; of those that have come to one. */
export async function readConclusions(
  github: RunningEmulator,
  { owner, repo }: Page,
  commit: string,
): Promise<Record<string, string>> {
  const { data } = await github.as(stranger).rest.checks.listForRef({ owner, repo, ref: commit });
  return Object.fromEntries(data.check_runs.map(({ name, conclusion }) => [name, conclusion ?? '']));
}

/** Tries to merge; undefined when it went through, and GitHub's reason when it did not. */
export async function tryMerge(github: RunningEmulator, login: string, page: Page): Promise<string | undefined> {
  try {
    await github.as(login).rest.pulls.merge(page);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Webhook → what to do: acts of people are recorded at once, everything else is "make that pull request right". */
import type { Probot } from 'probot';
import { defaultConfiguration } from '../operations/configuration.ts';
import { hashOf } from '../publish/publish-comment.ts';
import type { Event } from '../signoff/sign-off.ts';
import { priorities } from '../store/jobs.ts';
import { keyOf, type Place } from '../store/place.ts';
import { eventsOfComment, eventsOfEdit, hasRecheck, identify, onlyRechecks, type Act } from './acts.ts';
import { judgeGroup } from './judge-group.ts';
import type { Reviewing } from './reconcile.ts';
import type { Repository } from './site.ts';
import { sweepRepositories } from './sweep.ts';

export type Handling = Reviewing & { appId: number };

/** Registers a handler for every event that the App subscribes to. */
export function registerEvents(app: Probot, handling: Handling): void {
  registerPullRequests(app, handling);
  registerComments(app, handling);
  registerChecks(app, handling);
  registerRepositories(app, handling);
}

function registerPullRequests(app: Probot, { store }: Handling): void {
  app.on(
    [
      'pull_request.opened',
      'pull_request.synchronize',
      'pull_request.reopened',
      'pull_request.ready_for_review',
      'pull_request.edited',
    ],
    ({ payload }) => ask(placeOf(payload, payload.pull_request.number), store),
  );
  app.on('pull_request.closed', ({ payload }) => {
    const place = placeOf(payload, payload.pull_request.number);
    const head = payload.pull_request.head.sha;
    store.pulls.close(place);
    store.jobs.drop(keyOf(place));
    for (const pull of store.pulls.findByHead(place, head)) askAnew({ ...place, pull }, head, store);
  });
  app.on(['pull_request.labeled', 'pull_request.unlabeled'], ({ payload }) => {
    const place = placeOf(payload, payload.pull_request.number);
    const { migration, monkeyPatched } = defaultConfiguration.labels;
    const ours = store.pulls.find(place)?.state.labels ?? [migration, monkeyPatched];
    if (ours.some((name) => name.toLowerCase() === payload.label?.name.toLowerCase())) ask(place, store);
  });
}

function registerComments(app: Probot, handling: Handling): void {
  const { store } = handling;
  app.on('issue_comment.created', async ({ id, payload }) => {
    const place = placeOf(payload, payload.issue.number);
    const { body } = payload.comment;
    if (hasRecheck(body)) forgetStanding(place, store);
    if (!onlyRechecks(body)) {
      const isOutdated = (store.jobs.receivedAt(id) ?? 0) < store.signOffs.contentAt(keyOf(place));
      const errors = store.pulls.find(place)?.state.errors ?? [];
      await record(id, place, payload, handling, (act) => eventsOfComment(body, errors, isOutdated, act));
    }
    ask(place, store);
  });
  app.on('issue_comment.edited', async ({ id, payload }) => {
    const place = placeOf(payload, payload.issue.number);
    if (!isOurs(payload.comment, place, handling)) return;
    const body = { from: payload.changes.body?.from ?? '', to: payload.comment.body };
    const signOff = store.signOffs.find(keyOf(place));
    await record(id, place, payload, handling, (act) => eventsOfEdit(signOff, body, act));
    noteEdit(place, payload.comment.id, body, store);
    ask(place, store);
  });
  app.on('issue_comment.deleted', ({ payload }) => {
    const place = placeOf(payload, payload.issue.number);
    if (!isOurs(payload.comment, place, handling)) return;
    // Another of ours may stand, where a crash has left two: it is looked for.
    store.pulls.saveComment(place, { mayStand: true });
    ask(place, store);
  });
}

/** Whatever events were lost: the comment and the checks are compared with GitHub itself. */
function forgetStanding(place: Place, store: Handling['store']): void {
  const known = store.pulls.find(place);
  if (known?.head === undefined) return;
  const { id } = known.state.comment;
  store.pulls.saveComment(place, { mayStand: true, ...(id === undefined ? {} : { id }) });
  store.pulls.forgetChecks(place, known.head);
}

type Commented = {
  issue: { user: { login: string } | null };
  sender: { login: string; type: string };
};

/** Asks who acted and applies what they did, once per delivery. */
async function record(
  delivery: string,
  place: Place,
  { issue, sender }: Commented,
  { store, site }: Handling,
  eventsFor: (act: Act) => Event[],
): Promise<void> {
  const known = store.pulls.find(place);
  const { desk } = await site.open(place);
  const person = { login: sender.login, isBot: sender.type === 'Bot', author: issue.user?.login ?? '' };
  const actor = await identify(person, known?.state.reviewers ?? [], desk);
  const receivedAt = store.jobs.receivedAt(delivery) ?? Date.now();
  const events = eventsFor({ actor, at: new Date(receivedAt).toISOString() });
  const head = known?.head;
  store.signOffs.apply(keyOf(place), events, { delivery, ...(head === undefined ? {} : { head }) });
}

/** An edit of another text than the one that we know of comes after one whose event is still on its way: that one is awaited. */
function noteEdit(place: Place, id: number, body: { from: string; to: string }, store: Handling['store']): void {
  const known = store.pulls.find(place)?.state.comment ?? { mayStand: true };
  const isNext = known.hash === hashOf(body.from);
  store.pulls.saveComment(place, { ...known, mayStand: true, id, ...(isNext ? { hash: hashOf(body.to) } : {}) });
}

/** By the App that wrote it, or by its id where GitHub leaves the App out. */
function isOurs(
  comment: { id: number; performed_via_github_app?: { id: number } | null },
  place: Place,
  { appId, store }: Handling,
): boolean {
  return comment.performed_via_github_app?.id === appId || store.pulls.find(place)?.state.comment.id === comment.id;
}

function registerChecks(app: Probot, handling: Handling): void {
  app.on('check_run.rerequested', ({ payload }) => {
    const { head_sha: head, check_suite: suite, pull_requests: pulls } = payload.check_run;
    return askForCommit(repositoryOf(payload), { head, branch: suite.head_branch ?? '', pulls }, handling);
  });
  app.on('check_suite.rerequested', ({ payload }) => {
    const { head_sha: head, head_branch: branch, pull_requests: pulls } = payload.check_suite;
    return askForCommit(repositoryOf(payload), { head, branch: branch ?? '', pulls }, handling);
  });
  app.on('merge_group.checks_requested', ({ payload }) => {
    const { head_sha: head, head_ref: ref } = payload.merge_group;
    return judgeGroup(repositoryOf(payload), { head, ref }, handling);
  });
}

/** GitHub lists no pull requests of forks in a check: those are known by their head. */
async function askForCommit(
  repository: Repository,
  commit: { head: string; branch: string; pulls: readonly ({ number: number } | null)[] },
  handling: Handling,
): Promise<void> {
  const { head, branch } = commit;
  if (branch.startsWith('gh-readonly-queue/')) return judgeGroup(repository, { head, ref: branch }, handling);
  const listed = commit.pulls.map((pull) => pull?.number ?? 0).filter((pull) => pull > 0);
  const pulls = new Set([...listed, ...handling.store.pulls.findByHead(repository, head)]);
  for (const pull of pulls) askAnew({ ...repository, pull }, head, handling.store);
}

function registerRepositories(app: Probot, handling: Handling): void {
  const { store, site } = handling;
  app.on('push', async ({ payload }) => {
    const repository = repositoryOf(payload);
    const branch = payload.ref.replace(/^refs\/heads\//, '');
    const touchesConfiguration = payload.commits.some(({ added, modified, removed }) =>
      [added, modified, removed].some((paths) => (paths ?? []).length > 0),
    );
    for (const { pull } of await site.openPulls(repository, branch)) {
      const place = { ...repository, pull };
      const known = store.pulls.find(place);
      const isConcerned = !known || touchesConfiguration || Object.keys(known.state.blobs).length > 0;
      if (isConcerned) ask(place, store, priorities.background);
    }
  });
  app.on(
    ['installation.created', 'installation.unsuspend', 'installation.new_permissions_accepted'],
    async ({ payload }) => {
      await sweepRepositories(await site.repositories(payload.installation.id), handling);
    },
  );
  app.on('installation.deleted', ({ payload }) => store.jobs.forgetInstallation(payload.installation.id));
  app.on('installation_repositories.added', ({ payload }) => {
    const installation = payload.installation.id;
    const repositories = payload.repositories_added.map(({ full_name: name }) => {
      const [owner = '', repo = ''] = name.split('/');
      return { installation, owner, repo };
    });
    return sweepRepositories(repositories, handling);
  });
}

type InRepository = {
  installation?: { id: number } | undefined;
  repository?: { name: string; owner: { login: string } | null } | undefined;
};

/** Deliveries without an installation and a repository are not kept for these events, so that both are here. */
function repositoryOf({ installation, repository }: InRepository): Repository {
  return {
    installation: installation?.id ?? 0,
    owner: repository?.owner?.login ?? '',
    repo: repository?.name ?? '',
  };
}

function placeOf(payload: InRepository, pull: number): Place {
  return { ...repositoryOf(payload), pull };
}

function ask(place: Place, store: Handling['store'], priority: number = priorities.asked): void {
  store.jobs.ask(keyOf(place), place, { priority });
}

/** Also what stands already is written anew. */
function askAnew(place: Place, head: string, store: Handling['store']): void {
  store.pulls.forgetChecks(place, head);
  ask(place, store);
}

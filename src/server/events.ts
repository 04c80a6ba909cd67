/** Webhook → what to do: acts of people are recorded at once, everything else is "make that pull request right". */
import type { Probot } from 'probot';
import { defaultConfiguration } from '../operations/configuration.ts';
import { priorities } from '../store/jobs.ts';
import { missing } from '../signoff/standing.ts';
import { keyOf } from '../store/place.ts';
import { closePull } from './beside.ts';
import { registerComments } from './comments.ts';
import { ask, askAnew, placeOf, repositoryOf, type Handling } from './handling.ts';
import { judgeGroup } from './judge-group.ts';
import type { Repository } from './site.ts';
import { sweepRepositories } from './sweep.ts';

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
    closePull(place, store);
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

function registerChecks(app: Probot, handling: Handling): void {
  app.on('check_run.rerequested', ({ payload }) => {
    const { head_sha: head, check_suite: suite, pull_requests: pulls } = payload.check_run;
    return askForCommit(repositoryOf(payload), { head, branch: suite.head_branch ?? '', pulls }, handling);
  });
  app.on('check_run.completed', ({ payload }) => {
    const { name, head_sha: head, pull_requests: pulls } = payload.check_run;
    const repository = repositoryOf(payload);
    for (const pull of pullsAt(repository, head, pulls, handling)) {
      const place = { ...repository, pull };
      if (missing(handling.store.signOffs.find(keyOf(place))).some(({ proof }) => proof === name))
        ask(place, handling.store);
    }
  });
  app.on('check_suite.rerequested', ({ payload }) => {
    const { head_sha: head, head_branch: branch, pull_requests: pulls } = payload.check_suite;
    return askForCommit(repositoryOf(payload), { head, branch: branch ?? '', pulls }, handling);
  });
  app.on('merge_group.checks_requested', ({ payload }) => {
    const { head_sha: head, head_ref: ref, base_sha: base } = payload.merge_group;
    return judgeGroup(repositoryOf(payload), { head, ref, base }, handling);
  });
}

async function askForCommit(
  repository: Repository,
  commit: { head: string; branch: string; pulls: readonly ({ number: number } | null)[] },
  handling: Handling,
): Promise<void> {
  const { head, branch } = commit;
  if (branch.startsWith('gh-readonly-queue/')) return judgeGroup(repository, { head, ref: branch }, handling);
  for (const pull of pullsAt(repository, head, commit.pulls, handling))
    askAnew({ ...repository, pull }, head, handling.store);
}

/** GitHub lists no pull requests of forks in a check: those are known by their head. */
function pullsAt(
  repository: Repository,
  head: string,
  pulls: readonly ({ number: number } | null)[],
  { store }: Handling,
): Set<number> {
  const listed = pulls.map((pull) => pull?.number ?? 0).filter((pull) => pull > 0);
  return new Set([...listed, ...store.pulls.findByHead(repository, head)]);
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
  app.on('installation.deleted', ({ payload }) => {
    store.jobs.forgetInstallation(payload.installation.id);
    site.forgetTexts(payload.installation.id);
  });
  app.on('installation_repositories.added', ({ payload }) => {
    const installation = payload.installation.id;
    const repositories = payload.repositories_added.map(({ full_name: name }) => {
      const [owner = '', repo = ''] = name.split('/');
      return { installation, owner, repo };
    });
    return sweepRepositories(repositories, handling);
  });
  app.on('installation_repositories.removed', ({ payload }) => {
    const names = payload.repositories_removed.map(({ full_name: name }) => name);
    // Without names it would be all of them.
    if (names.length > 0) site.forgetTexts(payload.installation.id, names);
  });
}

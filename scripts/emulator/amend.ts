import type { Ask, Supplement } from './call.ts';
import { at, type Fields, isFields, listOf, numberAt, textAt } from './json.ts';

/** Completes what the emulator says of pull requests, comments and checks, in answers and in deliveries alike. */
export async function amend(value: unknown, supplement: Supplement, ask: Ask): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => amend(item, supplement, ask)));
  if (!isFields(value)) return value;
  const entries = Object.entries(value).map(
    async ([key, inner]) => [key, await amend(inner, supplement, ask)] as const,
  );
  const amended: Fields = Object.fromEntries(await Promise.all(entries));
  if ('head' in amended && 'base' in amended && 'number' in amended) return amendPullRequest(amended, supplement, ask);
  if ('issue_url' in amended && 'body' in amended) return amendComment(amended, supplement, ask);
  if ('check_suite' in amended && 'conclusion' in amended) return amendCheckRun(amended, supplement, ask);
  return amended;
}

/** The emulator gives comments of an app to its account, and names no app. */
async function amendComment(comment: Fields, { app }: Supplement, ask: Ask): Promise<Fields> {
  const isOurs = textAt(comment, 'user', 'login') === `${app.slug}[bot]`;
  return isOurs ? { ...comment, performed_via_github_app: await appFields(app, ask) } : comment;
}

/** The emulator names no app here either; only apps may write checks. */
async function amendCheckRun(run: Fields, { app, annotations }: Supplement, ask: Ask): Promise<Fields> {
  const count = annotations.get(numberAt(run, 'id'))?.length ?? 0;
  const listed = { annotations_count: count, annotations_url: `${textAt(run, 'url')}/annotations` };
  const output = isFields(run.output) ? { ...run.output, ...listed } : run.output;
  return { ...run, output, app: await appFields(app, ask) };
}

async function appFields(app: Supplement['app'], ask: Ask): Promise<Fields> {
  const owner = await ask('GET', `/users/${app.owner}`);
  const address = `https://github.com/apps/${app.slug}`;
  return {
    id: app.id,
    slug: app.slug,
    node_id: `A_${app.id}`,
    client_id: `Iv1.${app.id}`,
    owner: owner.body,
    name: app.slug,
    description: null,
    external_url: address,
    html_url: address,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    permissions: {},
    events: [],
  };
}

/** The emulator leaves the head where it stood when the pull request was opened, and counts no files. */
async function amendPullRequest(pull: Fields, supplement: Supplement, ask: Ask): Promise<Fields> {
  const repository = textAt(pull, 'base', 'repo', 'full_name');
  const key = `${repository}#${numberAt(pull, 'number')}`;
  const sha = supplement.heads.get(key) ?? textAt(pull, 'head', 'sha');
  const compared = await ask('GET', `/repos/${repository}/compare/${textAt(pull, 'base', 'sha')}...${sha}`);
  const files = listOf(at(compared.body, 'files'));
  const head = isFields(pull.head) ? { ...pull.head, sha } : pull.head;
  const merge = supplement.merges.get(key);
  return {
    ...pull,
    head,
    changed_files: files.length,
    additions: files.reduce((total, file) => total + numberAt(file, 'additions'), 0),
    deletions: files.reduce((total, file) => total + numberAt(file, 'deletions'), 0),
    ...(merge === undefined ? {} : { merged: true, state: 'closed', merge_commit_sha: merge }),
  };
}

import { type Answer, answer, type Ask, type Call, refuse, type Supplement } from './call.ts';
import { at, listOf, numberAt, textAt } from './json.ts';

/** Merges a pull request as GitHub does: only when the newest check of every required name has passed on the head. */
export async function merge(
  call: Call,
  { owner, repo, pull }: Record<string, string | undefined>,
  supplement: Supplement,
  ask: Ask,
): Promise<Answer> {
  const repository = `/repos/${owner}/${repo}`;
  const key = `${owner}/${repo}#${pull}`;
  const found = await ask('GET', `${repository}/pulls/${pull}`);
  if (found.status !== 200) return found;
  const head = supplement.heads.get(key) ?? textAt(found.body, 'head', 'sha');
  const base = textAt(found.body, 'base', 'ref');
  const held = await findHeldCheck(ask, repository, base, head);
  if (held !== undefined) return refuse(405, `Required status check "${held}" is not successful.`);
  // The emulator takes no empty body.
  if (!supplement.heads.has(key)) return call.forward(call.body ?? {});
  const sha = await mergeMovedHead(ask, repository, { base, head, message: `Merge pull request #${pull}` });
  await ask('PATCH', `${repository}/pulls/${pull}`, { state: 'closed' });
  supplement.merges.set(key, sha);
  return answer(200, { sha, merged: true, message: 'Pull Request successfully merged' });
}

const passing = ['success', 'neutral', 'skipped'];

async function findHeldCheck(ask: Ask, repository: string, base: string, head: string): Promise<string | undefined> {
  const protection = await ask('GET', `${repository}/branches/${base}/protection`);
  const required = at(protection.body, 'required_status_checks', 'contexts');
  const listed = await ask('GET', `${repository}/commits/${head}/check-runs?filter=all`);
  const runs = listOf(at(listed.body, 'check_runs')).sort((one, other) => numberAt(other, 'id') - numberAt(one, 'id'));
  return (Array.isArray(required) ? required.map(String) : []).find((name) => {
    const newest = runs.find((run) => textAt(run, 'name') === name);
    return !passing.includes(textAt(newest, 'conclusion'));
  });
}

async function mergeMovedHead(
  ask: Ask,
  repository: string,
  merging: { base: string; head: string; message: string },
): Promise<string> {
  const [commit, branch] = await Promise.all([
    ask('GET', `${repository}/git/commits/${merging.head}`),
    ask('GET', `${repository}/git/ref/heads/${merging.base}`),
  ]);
  const created = await ask('POST', `${repository}/git/commits`, {
    message: merging.message,
    tree: textAt(commit.body, 'tree', 'sha'),
    parents: [textAt(branch.body, 'object', 'sha'), merging.head],
  });
  const sha = textAt(created.body, 'sha');
  const moved = await ask('PATCH', `${repository}/git/refs/heads/${merging.base}`, { sha });
  if (moved.status !== 200) throw new Error(`The emulator did not merge: ${JSON.stringify(moved.body)}`);
  return sha;
}

/** A local git repository as a host: reads a range of commits as GitHub would show it as a pull request. */
import type { Host, ListedFile, Subject } from '../host.ts';
import { parseDiff } from './parse-diff.ts';
import { createBlobReader } from './read-blobs.ts';
import { runGit } from './run-git.ts';

/** Which range of which repository. Revisions are branches, tags or commit ids. */
export type GitRange = { repository: string; base: string; head: string };

type Commits = { base: string; head: string; mergeBase: string };

/** Reads what `head` brings to `base`. Works without a work tree. Rejects with one sentence for people when it cannot. */
export function gitHost(range: GitRange): Host {
  const { repository } = range;
  let commits: Promise<Commits> | undefined;
  const resolved = () => (commits ??= resolveCommits(range));
  const blob = createBlobReader(repository);
  return {
    subject: async () => readSubject(repository, await resolved()),
    files: async () => ({ files: await listFiles(repository, await resolved()) }),
    baseTree: async () => ({ blobs: await readTree(repository, (await resolved()).base) }),
    baseText: async (path) => {
      const id = await findBlob(repository, (await resolved()).base, path);
      const text = id === undefined ? undefined : await blob(id);
      return text && 'text' in text ? text.text : undefined;
    },
    blob,
  };
}

async function resolveCommits({ repository, base, head }: GitRange): Promise<Commits> {
  const inside = await runGit(repository, ['rev-parse', '--is-shallow-repository']);
  if (!inside.ok) throw new Error(`${repository} is no git repository that can be read: ${inside.complaint}`);
  const isShallow = inside.output.toString().trim() === 'true';
  const baseCommit = await resolveCommit(repository, base, isShallow);
  const headCommit = await resolveCommit(repository, head, isShallow);
  const merge = await runGit(repository, ['merge-base', baseCommit, headCommit]);
  if (merge.ok) return { base: baseCommit, head: headCommit, mergeBase: merge.output.toString().trim() };
  if (isShallow)
    throw new Error(
      `The clone ${repository} is shallow and lacks the commit at which ${head} left ${base}: run \`git fetch --unshallow\` in it.`,
    );
  throw new Error(`${base} and ${head} have no commit in common, so there is nothing to compare.`);
}

async function resolveCommit(repository: string, revision: string, isShallow: boolean): Promise<string> {
  if (revision === '' || revision.startsWith('-'))
    throw new Error(`"${revision}" is no revision: give a branch, a tag or a commit id.`);
  const options = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const { ok, output } = await runGit(repository, options);
  if (ok) return output.toString().trim();
  const advice = isShallow
    ? 'The clone is shallow: run `git fetch --unshallow` in it.'
    : 'Fetch it, or correct its name.';
  throw new Error(
    `There is no commit ${revision} in ${repository === '.' ? 'this repository' : repository}. ${advice}`,
  );
}

/** Commit messages stand for the title and the description of a pull request. */
async function readSubject(repository: string, { base, head, mergeBase }: Commits): Promise<Subject> {
  const title = await answer(repository, ['log', '-1', '--format=%s', head]);
  const description = await answer(repository, ['log', '-n', '250', '--format=%B', `${mergeBase}..${head}`]);
  return { title: title.toString().trim(), description: description.toString().trim(), author: '', base, head };
}

/** Plumbing, so that nobody's settings for diffs apply. */
async function listFiles(repository: string, { mergeBase, head }: Commits): Promise<ListedFile[]> {
  const format = ['-r', '-z', '--raw', '--numstat', '--no-abbrev', '--no-ext-diff', '--no-textconv'];
  const similar = await runGit(repository, ['diff-tree', '-M', ...format, mergeBase, head]);
  if (similar.ok) return parseDiff(similar.output);
  // A partial clone lacks contents: what is the same blob under another name can be told without them, counts of lines cannot.
  const bare = format.filter((option) => option !== '--numstat');
  return parseDiff(await answer(repository, ['diff-tree', '-M100%', ...bare, mergeBase, head]));
}

async function readTree(repository: string, commit: string): Promise<Map<string, string>> {
  return parseTree(await answer(repository, ['ls-tree', '-r', '-z', '--full-tree', commit]));
}

async function findBlob(repository: string, commit: string, path: string): Promise<string | undefined> {
  return parseTree(await answer(repository, ['ls-tree', '-z', '--full-tree', commit, '--', path])).get(path);
}

/** `<mode> <kind> <id>\t<path>\0` for each; submodules and symbolic links have no text of their own. */
function parseTree(listing: Buffer): Map<string, string> {
  const blobs = new Map<string, string>();
  for (const entry of listing.toString('utf8').split('\0')) {
    const tab = entry.indexOf('\t');
    const [mode, kind, id] = entry.slice(0, tab).split(' ');
    if (kind === 'blob' && mode !== '120000' && id !== undefined) blobs.set(entry.slice(tab + 1), id);
  }
  return blobs;
}

async function answer(repository: string, options: readonly string[]): Promise<Buffer> {
  const { ok, output, complaint } = await runGit(repository, options);
  if (!ok) throw new Error(`git ${options[0] ?? ''} failed in ${repository}: ${complaint}`);
  return output;
}

/** A pull request, as the installation that reaches it. */
export type Place = { installation: number; owner: string; repo: string; pull: number };

/** The name of a pull request in the store: what is done under the same one is done one at a time. */
export function keyOf({ installation, owner, repo, pull }: Place): string {
  return `${installation}/${owner}/${repo}#${pull}`.toLowerCase();
}

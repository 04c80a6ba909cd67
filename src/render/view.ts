/** What a comment knows of the page that it stands on. */
import { code } from '../rule.ts';
import { pathInUrl } from './escape.ts';

export type View = {
  /** Such as `https://github.com`; empty where there is no page to link to, as on a terminal. */
  baseUrl: string;
  owner: string;
  repo: string;
  pull: number;
  /** Commit id that was read; empty where files were read as they lie on disk. */
  head: string;
  /** Login; empty where nobody is known. */
  author: string;
};

/** A line of a file as it is at the head commit, as a link where there is a page. */
export function lineLink(view: View, path: string, startLine: number, endLine = startLine): string {
  const text = startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`;
  if (view.baseUrl === '') return text;
  const anchor = startLine === endLine ? `L${startLine}` : `L${startLine}-L${endLine}`;
  return `[${text}](${repositoryUrl(view)}/blob/${pathInUrl(view.head)}/${pathInUrl(path)}#${anchor})`;
}

/** Where all findings can be read, to close "… more are not shown here: see". */
export function restLink(view: View): string {
  if (view.baseUrl === '') return `run ${code('plimsoll review --format text')}`;
  return `see [the checks](${repositoryUrl(view)}/pull/${view.pull}/checks)`;
}

function repositoryUrl(view: View): string {
  return `${view.baseUrl.replace(/\/+$/, '')}/${pathInUrl(`${view.owner}/${view.repo}`)}`;
}

/** Where a reader learns more about a rule: its page, and what the team has written itself. */
import type { Finding } from '../report.ts';
import { code } from '../rule.ts';
import { pathInUrl } from './escape.ts';

/** The pages of the rules as they stand in the project's repository, as `app.yml` names it. */
const pages = 'https://github.com/plimsoll-app/plimsoll/blob/main/rules';

/** What a link to the team's own page is called. */
const ownPageTitle = 'how we do it';

/** The address of the page of a rule: what happens, with the recipe for it. */
export function pageOf(rule: string): string {
  return `${pages}/${pathInUrl(rule)}.md`;
}

/** The name of a finding's rule as a link to its page, with a second one to the team's own where there is one. Markdown. */
export function ruleLinks({ rule, link }: Pick<Finding, 'rule' | 'link'>): string {
  const page = `[${code(rule)}](${pageOf(rule)})`;
  return link === undefined ? page : `${page} · [${ownPageTitle}](${link})`;
}

/** The same for those who read no Markdown: a line for the team's own page, empty where there is none. */
export function ownPageLine({ link }: Pick<Finding, 'link'>): string {
  return link === undefined ? '' : `${ownPageTitle}: ${link}`;
}

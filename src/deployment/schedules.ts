/** What runs again and again, beside releases and people: schedules of jobs, and which tables they speak of. */
import { isBystander } from '../frontends/paths.ts';

/** True for a file in which jobs get their times: whenever, clockwork, Sidekiq, Solid Queue, Resque, Celery, cron, CronJobs of Kubernetes. */
export function isSchedule(path: string): boolean {
  return !isBystander(path) && scheduleName.test(path);
}

/** A project has one or two. */
const most = 5;

/** The schedules of a repository, few. */
export function schedulesAmong(paths: Iterable<string>): string[] {
  return [...paths].filter(isSchedule).slice(0, most);
}

const scheduleName =
  /(?:^|\/)(?:config\/(?:schedule|clock)\.rb|clock\.rb|config\/(?:sidekiq\w*|recurring|\w*schedule)\.ya?ml|celery\w*\.py|\w*beat\w*\.py|(?:[\w.-]*\.)?crontab|[\w.-]*cron[\w.-]*\.ya?ml)$/;

/** The first line that names a table or a class of it: `order_items`, `OrderItem`, `order-items:sweep`; comments are passed over. */
export function lineNaming(text: string, table: string): number | undefined {
  const wanted = ` ${wordsOf(table)} `;
  const at = text
    .split(/\r\n|\r|\n/)
    .findIndex((line) => !/^\s*(?:#|\/\/)/.test(line) && ` ${wordsOf(line)} `.includes(wanted));
  return at === -1 ? undefined : at + 1;
}

/** In lower case and singular, one space between two. */
function wordsOf(text: string): string {
  return text
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1'))
    .join(' ');
}

/** The verdict in one line: what stands, and who has to act. */
import type { ChecklistItem, Report } from '../report.ts';
import type { Standing } from '../signoff/standing.ts';
import { person } from './escape.ts';
import { listed } from '../rule.ts';
import { count, severities } from './words.ts';

/** The verdict with the person who has to act; `author` is a login, or empty where nobody is known. */
export function titleOf(report: Report, standing: Standing, author: string): string {
  const whose = author === '' ? 'the author' : person(author);
  if (standing.verdict === 'blocked') return `Blocked: ${whatBlocks(report, standing)}. Next: ${whose}`;
  if (standing.verdict === 'sign-off') return `Waiting for sign-off: ${whoseBoxes(standing.missing, `${whose}'s`)}`;
  if (saysNothing(report)) return 'No migrations in this pull request';
  if (report.checklist.length > 0) return 'Clear: signed off';
  const said = severities(report.findings);
  return said === '' ? 'Clear: nothing to sign' : `Clear: ${said}, nothing to sign`;
}

/** No migration, and nothing about how migrations are run. */
export function saysNothing({ migrations, findings, suppressed, opaque }: Report): boolean {
  return [migrations, findings, suppressed, opaque].every((part) => part.length === 0);
}

/** What holds the review: `2 errors in 1 migration and 1 problem with the review itself`. */
export function whatBlocks(report: Report, { openErrors }: Standing): string {
  const files = new Set(openErrors.map((finding) => finding.path));
  const migrations = new Set(report.migrations.map((migration) => migration.path));
  const noun = [...files].every((path) => migrations.has(path)) ? 'migration' : 'file';
  const parts = [
    openErrors.length > 0 ? `${count(openErrors.length, 'error')} in ${count(files.size, noun)}` : '',
    report.problems.length > 0 ? count(report.problems.length, 'problem that keeps', 'problems that keep') : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return 'a migration could not be read at all';
  return listed(parts) + (report.problems.length > 0 ? ' the review from being whole' : '');
}

/** Whose boxes are missing: `1 box of @octocat's, 2 of a reviewer's`. */
export function whoseBoxes(missing: readonly ChecklistItem[], author: string): string {
  const ofAuthor = missing.filter((item) => item.who === 'author').length;
  const ofReviewer = missing.length - ofAuthor;
  if (ofReviewer === 0) return `${count(ofAuthor, 'box', 'boxes')} of ${author}`;
  if (ofAuthor === 0) return `${count(ofReviewer, 'box', 'boxes')} of a reviewer's`;
  return `${count(ofAuthor, 'box', 'boxes')} of ${author}, ${ofReviewer} of a reviewer's`;
}

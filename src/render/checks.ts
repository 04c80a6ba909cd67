/** Report and sign-off → the two checks. A person is awaited with `action_required`; nothing is left in progress. */
import type { Annotation, Check } from '../host.ts';
import type { Finding, Report } from '../report.ts';
import type { SignOff } from '../signoff/sign-off.ts';
import { standing } from '../signoff/standing.ts';
import type { Standing } from '../signoff/standing.ts';
import { renderGroups } from './comment.ts';
import { plain } from './escape.ts';
import { renderFindings } from './findings.ts';
import { ownPageLine } from './rule-links.ts';
import { saysNothing, titleOf, whatBlocks, whoseBoxes } from './title.ts';
import type { View } from './view.ts';
import { count, severities } from './words.ts';

/** GitHub takes 65,535 characters. */
const summaryLimit = 65_000;
/** GitHub takes 255. */
const titleLimit = 200;
/** GitHub is sent 50 at a time; the summary counts the rest. */
const mostAnnotations = 200;

/**
 * The check of the review: failure while something blocks. What could not be read is never green:
 * it is neutral, which lets the merge pass to sign-off, where a reviewer is asked to read it.
 */
export function reviewCheck(report: Report, signOff: SignOff): Check {
  const now = standing(report, signOff);
  const annotations = annotationsOf(report, now);
  return {
    name: 'plimsoll/review',
    conclusion: reviewConclusion(report, now),
    title: reviewTitle(report, now),
    summary: reviewSummary(report, now, annotations.length),
    annotations: annotations.slice(0, mostAnnotations),
  };
}

/** The check of the sign-off: success once every box is ticked, or where there is none. */
export function signOffCheck(report: Report, signOff: SignOff): Check {
  const now = standing(report, signOff);
  const check = { name: 'plimsoll/sign-off' as const, annotations: [] };
  if (now.verdict === 'blocked')
    return {
      ...check,
      conclusion: 'action_required',
      title:
        now.openErrors.length > 0 ? 'Opens when the errors are fixed or overridden' : 'Opens when the review is whole',
      summary: 'The boxes appear in the comment of Plimsoll on this pull request once nothing blocks the review.',
    };
  if (now.missing.length > 0)
    return {
      ...check,
      conclusion: 'action_required',
      title: `Waiting for ${whoseBoxes(now.missing, "the author's")}`,
      summary: 'Tick the boxes in the comment of Plimsoll on this pull request, or comment `/plimsoll ack <item>`.',
    };
  return {
    ...check,
    conclusion: 'success',
    title: signedTitle(report, signOff),
    summary: signedTitle(report, signOff),
  };
}

function signedTitle(report: Report, { items }: SignOff): string {
  if (items.length > 0) return `Signed off: ${items.length} of ${count(items.length, 'box', 'boxes')}`;
  return report.migrations.length === 0 ? noMigrations : 'Nothing to sign';
}

const noMigrations = 'No migrations in this pull request';

function reviewConclusion(report: Report, { verdict }: Standing): Check['conclusion'] {
  if (verdict === 'blocked') return 'failure';
  return report.opaque.length > 0 ? 'neutral' : 'success';
}

function reviewTitle(report: Report, now: Standing): string {
  if (now.verdict === 'blocked') return cut(`Blocked: ${whatBlocks(report, now)}`);
  if (saysNothing(report)) return noMigrations;
  const open = report.findings.filter((finding) => !now.overridden.some((each) => each.finding === finding));
  const parts = [
    severities(open),
    now.overridden.length > 0 ? `${count(now.overridden.length, 'error')} overridden` : '',
    report.opaque.length > 0 ? `${count(report.opaque.length, 'place')} could not be read` : '',
  ].filter((part) => part !== '');
  return cut(parts.length > 0 ? parts.join(', ') : `${count(report.migrations.length, 'migration')}, no findings`);
}

const noPage: View = { baseUrl: '', owner: '', repo: '', pull: 0, head: '', author: '' };

function reviewSummary(report: Report, now: Standing, annotations: number): string {
  const more =
    annotations > mostAnnotations ? `${annotations - mostAnnotations} of them are not annotated in the files.` : '';
  const head = [titleOf(report, now, ''), renderGroups(report.migrations), more].filter((part) => part !== '');
  const findings = renderFindings(report, now, noPage, summaryLimit - head.join('\n\n').length);
  return [...head, findings].filter((part) => part !== '').join('\n\n');
}

function annotationsOf(report: Report, now: Standing): Annotation[] {
  const overridden = new Map(now.overridden.map(({ finding, override }) => [finding, override]));
  const findings = report.findings.map((finding) => {
    const override = overridden.get(finding);
    const note = override ? `Overridden by ${plain(override.login, 60)}: ${plain(override.reason, 500)}` : '';
    return annotation(finding, override ? 'notice' : levelOf(finding), note);
  });
  const opaque = report.opaque.map(({ path, startLine, reason }) => ({
    path,
    startLine,
    endLine: startLine,
    level: 'warning' as const,
    title: 'Could not be read',
    message: plain(`This could not be read and was not judged: ${reason}`, 2000),
  }));
  return [...findings, ...opaque];
}

function annotation(finding: Finding, level: Annotation['level'], note: string): Annotation {
  const { path, startLine, endLine, startColumn, endColumn } = finding;
  // GitHub refuses columns where an annotation spans lines.
  const columns = startLine === endLine && startColumn !== undefined && endColumn !== undefined;
  return {
    path,
    startLine,
    endLine,
    ...(columns && { startColumn, endColumn }),
    level,
    title: cut(finding.rule),
    message: [plain(finding.message), plain(finding.advice), ownPageLine(finding), note]
      .filter((part) => part !== '')
      .join('\n\n'),
  };
}

function levelOf({ severity }: Finding): Annotation['level'] {
  return severity === 'error' ? 'failure' : severity;
}

function cut(title: string): string {
  return title.length > titleLimit ? `${title.slice(0, titleLimit - 1)}…` : title;
}

/** The findings of a report as Markdown: errors and warnings as alerts by file, the rest folded. */
import type { Finding, Report } from '../report.ts';
import { code, listed } from '../rule.ts';
import type { Standing } from '../signoff/standing.ts';
import { alikeTogether, headlineOf, quoted, renderAlert, textLimit } from './alert.ts';
import { adviceWith, longestJoined, shownCorrections, type Shown } from './corrections.ts';
import { inline, markdown, person } from './escape.ts';
import { splitHeadline } from './headline.ts';
import { mutedHow } from './muted.ts';
import { lineLink, restLink } from './view.ts';
import type { View } from './view.ts';
import { unreadTogether, type Unread } from './unread.ts';
import { count, day, groupBy } from './words.ts';

/** What is said of a report, in at most `budget` characters; what does not fit is counted. Empty where there is nothing to say. */
export function renderFindings(report: Report, standing: Standing, view: View, budget: number): string {
  const reserve = 2000;
  const first = [...report.problems.slice(0, 20).map(renderProblem), renderOpaque(report, view)];
  const said = takeWithin(
    first.filter((part) => part !== '').map((text) => ({ text })),
    budget - reserve,
  );
  const overridden = new Set(standing.overridden.map(({ finding }) => finding));
  const open = report.findings.filter((finding) => finding.severity !== 'notice' && !overridden.has(finding));
  const alike = alikeTogether(open);
  const inOrder = alike.flatMap(({ finding, others }) => [finding, ...others]);
  const shownWith = shownCorrections([...inOrder, ...noticesOf(report)], report);
  const alerts = alike.map((each) => ({ ...each, text: renderAlert(each, shownWith, view) }));
  const shown = takeWithin(alerts, budget - reserve - said.length);
  const folded = foldedOf(report, standing, shownWith, view);
  const lines = takeWithin(folded.lines, budget - reserve - said.length - shown.length);
  const dropped = open.length - shown.taken.reduce((sum, { others }) => sum + 1 + others.length, 0);
  return [
    ...said.taken.map(({ text }) => text),
    ...byFile(shown.taken, report),
    dropped > 0
      ? `${count(dropped, 'more finding')} ${dropped === 1 ? 'is' : 'are'} not shown here: ${restLink(view)}.`
      : '',
    fold(
      folded.summary,
      lines.taken.map(({ text }) => text),
      folded.lines.length - lines.taken.length,
      view,
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** As many from the beginning as fit. A file's heading and the blank lines are counted with each. */
function takeWithin<Part extends { text: string; finding?: Finding }>(
  parts: readonly Part[],
  budget: number,
): { taken: Part[]; length: number } {
  const taken: Part[] = [];
  let length = 0;
  for (const part of parts) {
    const more = part.text.length + (part.finding ? heading(part.finding.path).length : 0) + 4;
    if (length + more > budget) break;
    taken.push(part);
    length += more;
  }
  return { taken, length };
}

/** The file is named wherever it could be another one. */
function byFile(alerts: readonly { finding: Finding; text: string }[], { migrations }: Report): string[] {
  const files = groupBy(alerts, ({ finding }) => finding.path);
  return files.flatMap(([path, group]) => [
    ...(files.length > 1 || migrations.length > 1 ? [heading(path)] : []),
    ...group.map(({ text }) => text),
  ]);
}

function heading(path: string): string {
  return `#### ${code(path, 300)}`;
}

function renderProblem({ message, path, startLine }: Report['problems'][number]): string {
  const place = path === undefined ? '' : ` · ${code(path)}${startLine === undefined ? '' : ` line ${startLine}`}`;
  const title = path === undefined ? 'The review is not whole' : 'The configuration has a mistake';
  return quoted('CAUTION', `**${title}**${place}\n${inline(message, 1000)}`);
}

/** The file is named wherever it could be another one. */
function renderOpaque({ opaque, migrations }: Report, view: View): string {
  if (opaque.length === 0) return '';
  const isOneFile = migrations.length < 2 && new Set(opaque.map((place) => place.path)).size === 1;
  const groups = groupBy(unreadTogether(opaque), ({ reason }) => reason).flatMap(([, alike]) =>
    alike.length > mostNamed ? [alike] : alike.map((each) => [each]),
  );
  const lines = groups.slice(0, 20).map((group) => renderUnread(group, isOneFile, view));
  const rest = groups.length > 20 ? [`- and ${groups.length - 20} more: ${restLink(view)}`] : [];
  const title = `**${count(opaque.length, 'place')} could not be read and ${opaque.length === 1 ? 'was' : 'were'} not judged**`;
  return quoted('WARNING', [title, '', ...lines, ...rest].join('\n'));
}

/** Files that are unread for one reason are one line. */
function renderUnread(group: readonly Unread[], isOneFile: boolean, view: View): string {
  const places = group.slice(0, mostNamed).map(({ path, lines }) => {
    const links = lines.slice(0, 5).map((line) => lineLink(view, path, line));
    const more = lines.length > 5 ? ` and ${lines.length - 5} more` : '';
    return `${isOneFile ? '' : `${code(path)} `}${links.join(', ')}${more}`;
  });
  const more = group.length > places.length ? ` and ${count(group.length - places.length, 'more file')}` : '';
  return `- ${places.join(group.length > 1 ? '; ' : ', ')}${more}: ${inline(group[0]?.reason ?? '', 300)}`;
}

const mostNamed = 3;

function noticesOf({ findings }: Report): Finding[] {
  return findings.filter(({ severity }) => severity === 'notice');
}

function foldedOf(
  report: Report,
  standing: Standing,
  shownWith: (finding: Finding) => Shown,
  view: View,
): { summary: string; lines: { text: string }[] } {
  const notices = noticesOf(report);
  const lines = [
    ...standing.overridden.map(({ finding, override }) => {
      const by = `overridden by ${person(override.login)} on ${day(override.at)}: ${inline(override.reason)}`;
      return { text: item(`${shortFinding(finding, report, view)} – ${by}`) };
    }),
    ...report.suppressed.map((finding) => ({
      text: item(`${shortFinding(finding, report, view)} – ${inline(mutedHow(finding), 600)}`),
    })),
    ...notices.map((finding) => {
      const { rest } = splitHeadline(finding.message);
      const text = [rest, ...adviceWith(finding, shownWith(finding))].filter((part) => part !== '').join('\n\n');
      return {
        text: item(
          `${shortFinding(finding, report, view)}\n${markdown(text, finding.joined === undefined ? textLimit : longestJoined)}`,
        ),
      };
    }),
  ];
  const parts = [
    standing.overridden.length > 0 ? `${count(standing.overridden.length, 'error')} overridden` : '',
    notices.length > 0 ? count(notices.length, 'notice') : '',
    report.suppressed.length > 0 ? `${report.suppressed.length} muted by the author` : '',
  ];
  return { summary: listed(parts.filter((part) => part !== '')), lines };
}

function shortFinding(finding: Finding, { migrations }: Report, view: View): string {
  const file = migrations.length > 1 ? `${code(finding.path)} ` : '';
  return `${file}${headlineOf(finding, splitHeadline(finding.message).headline, view)}`;
}

function fold(summary: string, lines: string[], dropped: number, view: View): string {
  if (summary === '') return '';
  const rest = dropped > 0 ? [`- and ${dropped} more: ${restLink(view)}`] : [];
  return `<details><summary>${summary}</summary>\n\n${[...lines, ...rest].join('\n')}\n\n</details>`;
}

function item(text: string): string {
  return `- ${text.trim().replace(/\n(?!\n)/g, '\n  ')}`;
}

/** The report for a terminal: one block per finding, `path:line` first so that editors can jump to it. */
import { concerns } from '../operations/concern.ts';
import type { Finding, Report } from '../report.ts';
import { adviceWith, longestJoined, shownCorrections, type Shown } from './corrections.ts';
import { plain } from './escape.ts';
import { mutedHow } from './muted.ts';
import { ownPageLine } from './rule-links.ts';
import { unreadTogether } from './unread.ts';
import { count, severities } from './words.ts';

/** The report as text with a final line end; `colour` only where a terminal reads it. */
export function renderText(report: Report, colour: boolean): string {
  const paint = colour ? painted : (_: Colour, text: string) => text;
  const shownWith = shownCorrections(report.findings, report);
  const blocks = [
    ...report.problems.map((problem) => {
      const place = problem.path === undefined ? '' : `${placeOf(problem.path, problem.startLine ?? 1)}  `;
      return `${place}${paint('error', 'problem')}  ${plain(problem.message)}`;
    }),
    ...report.findings.map((finding) => renderFinding(finding, shownWith(finding), paint)),
    ...unreadTogether(report.opaque).map(({ path, reason, lines: [first = 1, ...others] }) => {
      const also = others.length > 0 ? `, and so lines ${others.join(', ')}` : '';
      return `${placeOf(path, first)}  ${paint('warning', 'unread')}\n${indented(`could not be read and was not judged: ${plain(reason)}${also}`)}`;
    }),
    ...report.suppressed.map(
      (finding) =>
        `${placeOf(finding.path, finding.startLine)}  ${paint('notice', 'muted')}  ${finding.rule}: ${plain(mutedHow(finding))}`,
    ),
  ];
  return `${[...blocks, summaryOf(report)].join('\n\n')}\n`;
}

type Colour = Finding['severity'];

/** Red, yellow, cyan. */
const codes: Record<Colour, number> = { error: 31, warning: 33, notice: 36 };

function painted(colour: Colour, text: string): string {
  return `\u001b[${codes[colour]}m${text}\u001b[39m`;
}

function renderFinding(finding: Finding, shown: Shown, paint: (colour: Colour, text: string) => string): string {
  const head = `${placeOf(finding.path, finding.startLine)}  ${paint(finding.severity, finding.severity)}  ${plain(finding.rule)} · ${concerns[finding.concerns].words}`;
  const more = [...adviceWith(finding, shown).map((part) => plain(part, longestJoined)), ownPageLine(finding)].filter(
    (part) => part !== '',
  );
  return [head, indented(plain(finding.message)), ...more.map((part) => indented(indented(part)))].join('\n');
}

function placeOf(path: string, line: number): string {
  return `${plain(path.replaceAll('\n', ' '))}:${line}`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function summaryOf(report: Report): string {
  if (report.migrations.length === 0 && report.problems.length === 0) return 'No migrations found.';
  const verdict = { clear: 'Clear', 'sign-off': 'Sign-off needed', blocked: 'Blocked' }[report.verdict];
  const said = severities(report.findings);
  const unread = report.opaque.length > 0 ? `, ${count(report.opaque.length, 'place')} not read` : '';
  const problems = report.problems.length > 0 ? `, ${count(report.problems.length, 'problem')}` : '';
  return `${verdict}: ${count(report.migrations.length, 'migration')}, ${said === '' ? 'no findings' : said}${unread}${problems}.`;
}

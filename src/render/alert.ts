/** One finding, or several alike in one file, as an alert with the corrected migration folded below. */
import { concerns } from '../operations/concern.ts';
import type { Finding, JoinedCorrection } from '../report.ts';
import { longestJoined, splitAdvice, titleOfJoined, type Shown } from './corrections.ts';
import { blocksIn, markdown, splitAtFence } from './escape.ts';
import { splitHeadline } from './headline.ts';
import { ruleLinks } from './rule-links.ts';
import { lineLink } from './view.ts';
import type { View } from './view.ts';
import { groupBy } from './words.ts';

/** A finding that speaks for others of the same rule and severity in the same file. */
export type Alike = { finding: Finding; others: Finding[] };

/** Ten indexes that are built alike in one file are one thing to understand. */
export function alikeTogether(findings: readonly Finding[]): Alike[] {
  const groups = groupBy(findings, ({ path, rule, severity, concerns }) =>
    JSON.stringify([severity, path, rule, concerns]),
  );
  return groups.flatMap(([, [finding, ...others]]) => (finding ? [{ finding, others }] : []));
}

/** Longer than this is not read in a comment; the check carries the rest. In characters before escaping. */
export const textLimit = 3000;

/** The alert of a finding and of those like it, with links to all of their lines, and below it what corrects them. */
export function renderAlert({ finding, others }: Alike, shownWith: (finding: Finding) => Shown, view: View): string {
  const { before } = splitAdvice(finding.advice);
  const { headline, rest } = splitHeadline(finding.message);
  const text = [rest, before].filter((part) => part !== '');
  const body = markdown(text.join(text.some((part) => part.includes('\n')) ? '\n\n' : '\n'), textLimit);
  const shown = [finding, ...others].map(shownWith);
  const lines = [
    headlineOf(finding, headline, view),
    body,
    alsoOn(others, view),
    correctedElsewhere(shown, [finding, ...others], view),
  ].filter((part) => part !== '');
  const alert = quoted(finding.severity === 'error' ? 'CAUTION' : 'WARNING', lines.join('\n'));
  const own = shown.flatMap((each) => (each.kind === 'own' && each.text !== '' ? [each.text] : []));
  const joined = shown.flatMap((each) => (each.kind === 'joined' ? [each.correction] : []));
  return [alert, ...joined.map(foldedJoined), folded(own)].filter((part) => part !== '').join('\n\n');
}

/** Other findings of the file are corrected by the same migrations, and an alert above shows them. */
function correctedElsewhere(shown: readonly Shown[], own: readonly Finding[], view: View): string {
  const first = shown.flatMap((each) =>
    each.kind === 'elsewhere' && !own.includes(each.first) ? [each.first] : [],
  )[0];
  return first ? `Corrected together with ${lineLink(view, first.path, first.startLine, first.endLine)}, above.` : '';
}

/** More than these are left to the annotations. */
const mostListed = 12;

function alsoOn(others: readonly Finding[], view: View): string {
  if (others.length === 0) return '';
  const lines = others.slice(0, mostListed).map((finding) => {
    const { headline } = splitHeadline(finding.message);
    const place = lineLink(view, finding.path, finding.startLine, finding.endLine);
    return headline === '' ? `- ${place}` : `- ${place}: ${markdown(headline).replaceAll('\n', ' ')}`;
  });
  const rest = others.length > mostListed ? [`- and on ${others.length - mostListed} more lines`] : [];
  const again = others.length === 1 ? 'once' : `${others.length} times`;
  return ['', `The same ${again} more:`, '', ...lines, ...rest].join('\n');
}

/** Many long corrections would leave no room for other findings. In characters before escaping. */
const longestFold = 8000;

function foldedJoined(correction: JoinedCorrection): string {
  return `<details><summary>${titleOfJoined(correction)}</summary>\n\n${markdown(correction.text, longestJoined)}\n\n</details>`;
}

function folded(corrections: readonly string[]): string {
  if (corrections.length === 0) return '';
  const title = titleOfFold(corrections);
  const texts = (phaseByPhase(corrections) ?? withinFold(saidOnce(corrections))).map((text) =>
    markdown(text, textLimit * 2),
  );
  return `<details><summary>${title}</summary>\n\n${texts.join('\n\n')}\n\n</details>`;
}

function withinFold(corrections: readonly string[]): string[] {
  const shown: string[] = [];
  for (const correction of corrections)
    if (shown.length === 0 || shown.join('').length + correction.length < longestFold) shown.push(correction);
  return shown;
}

/** What comes first in all of them, then what comes next, each under what introduces it; undefined of a single one, and where they are not alike, or too long. */
function phaseByPhase(corrections: readonly string[]): string[] | undefined {
  if (corrections.length < 2) return undefined;
  const all = corrections.map((correction) => blocksIn(correction).flatMap((block) => block.trim() || []));
  const [first = []] = all;
  const isAlike = all.every(
    (blocks) => blocks.length === first.length && blocks.every((block, at) => isFence(block) === isFence(first[at])),
  );
  const phases = first.flatMap((_, at) => [...new Set(all.flatMap((blocks) => blocks[at] ?? []))]);
  return isAlike && phases.join('').length < longestFold ? phases : undefined;
}

function isFence(block = ''): boolean {
  return block.startsWith('```');
}

/** What introduces or closes several alike stands once: their migrations are what differs. */
function saidOnce(corrections: readonly string[]): string[] {
  const said = new Set<string>();
  return corrections
    .map((correction) => {
      const blocks = blocksIn(correction).filter((block) => block.trim() === '' || !said.has(block.trim()));
      for (const block of blocks) said.add(block.trim());
      return blocks.join('\n').trim();
    })
    .filter((correction) => correction !== '');
}

function titleOfFold(corrections: readonly string[]): string {
  // Manifests and scripts are no migrations.
  if (corrections.every((correction) => /^```(?:yaml|sh|toml)?\n/.test(splitAtFence(correction).from)))
    return 'Correction';
  return corrections.length === 1 ? 'Corrected migration' : `Corrected migrations for ${corrections.length} statements`;
}

/** The headline of a finding with its place, the question that it answers, and its rule. */
export function headlineOf(finding: Finding, headline: string, view: View): string {
  const place = lineLink(view, finding.path, finding.startLine, finding.endLine);
  const title = headline === '' ? '' : `**${markdown(headline).replaceAll('\n', ' ')}** · `;
  return `${title}${place} · ${concerns[finding.concerns].words} · ${ruleLinks(finding)}`;
}

/** A GitHub alert. */
export function quoted(kind: 'CAUTION' | 'WARNING', text: string): string {
  return [`[!${kind}]`, ...text.split('\n')].map((line) => `> ${line}`.trimEnd()).join('\n');
}

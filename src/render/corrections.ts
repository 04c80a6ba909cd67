/** Where the corrected migrations of a finding are shown: with it, or, where they correct others too, once with the first of them. */
import type { Finding, JoinedCorrection, Report } from '../report.ts';
import { splitAtFence } from './escape.ts';
import { count } from './words.ts';

/** The correction of a finding: its own, as raw Markdown and empty where there is none, or one that it shares. */
export type Shown =
  | { kind: 'own'; text: string }
  /** The first of those that share it. */
  | { kind: 'joined'; correction: JoinedCorrection }
  | { kind: 'elsewhere'; first: Finding };

/** What is shown with each finding, in the order in which they are shown. */
export function shownCorrections(
  findings: readonly Finding[],
  { corrections = [] }: Pick<Report, 'corrections'>,
): (finding: Finding) => Shown {
  const firsts = new Map<number, Finding>();
  for (const finding of findings)
    if (finding.joined !== undefined && !firsts.has(finding.joined)) firsts.set(finding.joined, finding);
  return (finding) => {
    const correction = corrections.find(({ number }) => number === finding.joined);
    const first = correction && firsts.get(correction.number);
    if (!correction || !first) return { kind: 'own', text: splitAdvice(finding.advice).correction };
    return first === finding ? { kind: 'joined', correction } : { kind: 'elsewhere', first };
  };
}

/** Many statements are corrected at once, and one that is cut off corrects none. In characters before escaping. */
export const longestJoined = 16_000;

/** The advice of a finding in parts, where what corrects others too is said once. */
export function adviceWith({ advice }: Finding, shown: Shown): string[] {
  if (shown.kind === 'own') return [advice];
  const { before } = splitAdvice(advice);
  if (shown.kind === 'joined') return [before, `${titleOfJoined(shown.correction)}.`, shown.correction.text];
  return [before, `Corrected together with line ${shown.first.startLine}, above.`];
}

/** What leads to migrations that correct several findings. */
export function titleOfJoined({ findings, migrations }: JoinedCorrection): string {
  return `${migrations === 1 ? 'One corrected migration' : count(migrations, 'corrected migration')} for ${count(findings, 'finding')}`;
}

/** The prose of an advice, and from its first fence on the corrected migration with the paragraph that introduces it. */
export function splitAdvice(advice: string): { before: string; correction: string } {
  const { before, from } = splitAtFence(advice);
  const introduction = /(?:^|\n\n)([^\n]+:)$/.exec(before);
  if (from === '' || !introduction) return { before, correction: from };
  return { before: before.slice(0, introduction.index), correction: `${introduction[1]}\n${from}` };
}

/** What stands after people have acted: who is awaited, and which errors still hold the merge. */
import type { ChecklistItem, Finding, Report, Verdict } from '../report.ts';
import type { Override, SignOff } from './sign-off.ts';

/** A report as it counts once overrides and ticks are taken into account. */
export type Standing = {
  verdict: Verdict;
  /** Errors that still block. */
  openErrors: Finding[];
  overridden: { finding: Finding; override: Override }[];
  missing: ChecklistItem[];
};

/** The items of the checklist that nobody has rightfully ticked for the content that stands now. */
export function missing(signOff: SignOff): ChecklistItem[] {
  return signOff.items.filter(
    (item) => !signOff.ticks.some((tick) => tick.item === item.id && tick.digest === item.digest),
  );
}

/** The verdict after overrides and ticks. An override lets errors pass, never problems. */
export function standing(report: Report, signOff: SignOff): Standing {
  const openErrors: Finding[] = [];
  const overridden: Standing['overridden'] = [];
  for (const finding of report.findings) {
    if (finding.severity !== 'error') continue;
    const override = overrideOf(finding, report, signOff);
    if (override) overridden.push({ finding, override });
    else openErrors.push(finding);
  }
  const awaited = missing(signOff);
  const isBlocked =
    openErrors.length > 0 || report.problems.length > 0 || (report.verdict === 'blocked' && overridden.length === 0);
  const verdict = isBlocked ? 'blocked' : awaited.length > 0 ? 'sign-off' : 'clear';
  return { verdict, openErrors, overridden, missing: awaited };
}

/** The content that an override of a finding is bound to. */
export function digestOf(finding: Finding, report: Report): string | undefined {
  return finding.digest ?? report.migrations.find((migration) => migration.path === finding.path)?.digest;
}

function overrideOf(finding: Finding, report: Report, signOff: SignOff): Override | undefined {
  const digest = digestOf(finding, report);
  return signOff.overrides.find(
    (override) => override.rule === finding.rule && override.path === finding.path && override.digest === digest,
  );
}

/** Report and sign-off → the one comment on a pull request. */
import { commentMarker } from '../host.ts';
import type { MigrationReport, Report } from '../report.ts';
import { code, listed } from '../rule.ts';
import type { SignOff } from '../signoff/sign-off.ts';
import { standing } from '../signoff/standing.ts';
import { renderBoxes } from './boxes.ts';
import { inline, person } from './escape.ts';
import { renderFindings } from './findings.ts';
import { renderOperations } from './operations.ts';
import { renderFoldedPlan } from './plan.ts';
import { titleOf } from './title.ts';
import type { View } from './view.ts';
import { count, day, fileName, groupBy, howMuchRead, writtenIn } from './words.ts';

/** GitHub takes 65,536 characters. */
const commentLimit = 65_000;

/** Findings come first. */
const longestPlan = 20_000;

/** The comment as it should stand: verdict first, checklist always, findings as far as there is room. */
export function renderComment(report: Report, signOff: SignOff, view: View): string {
  const now = standing(report, signOff);
  const head = [commentMarker, `### ${titleOf(report, now, view.author)}`].join('\n');
  const groups = renderGroups(report.migrations);
  const foot = [
    renderSignOff(report, signOff, view),
    renderPatches(signOff),
    renderRefusals(signOff),
    closing(report, signOff, view),
  ];
  const plan = renderFoldedPlan(report.plan, view, longestPlan);
  const sent = renderOperations(report.migrations, view);
  const fixed = [head, groups, plan, sent, ...foot].join('\n\n').length;
  const findings = renderFindings(report, now, view, commentLimit - fixed);
  return [head, groups, findings, plan, sent, ...foot].filter((part) => part !== '').join('\n\n');
}

/** One line for each framework and database. */
export function renderGroups(migrations: readonly MigrationReport[]): string {
  const groups = groupBy(migrations, writtenIn);
  const lines = groups.slice(0, 8).map(([name, group]) => `${name} · ${namesOf(group)} · ${howMuchRead(group)}`);
  if (groups.length > lines.length) lines.push(`and ${groups.length - lines.length} more frameworks or databases`);
  if (migrations.some((migration) => migration.database === 'unknown'))
    lines.push(
      'State the unknown database as `database:` in `.github/plimsoll.yml`: without it SQL is not read, and few locks and rewrites are judged.',
    );
  return lines.join('\n');
}

function namesOf(group: readonly MigrationReport[]): string {
  if (group.length > 3)
    return `${count(group.length, 'migration')}${group.every(({ status }) => status === 'renamed') ? ' (renamed)' : ''}`;
  return group
    .map(({ path, status }) => `${code(fileName(path))}${status === 'added' ? '' : ` (${status})`}`)
    .join(', ');
}

function renderSignOff(report: Report, signOff: SignOff, view: View): string {
  const now = standing(report, signOff);
  if (signOff.items.length === 0) return '';
  if (now.verdict === 'blocked') return opensWhen(now.openErrors.length > 0);
  const boxes = renderBoxes(signOff);
  if (now.missing.length === 0) return boxes;
  const mine = now.missing.some((item) => item.who === 'author');
  const how = mine
    ? `${view.author === '' ? 'The author' : person(view.author)} can also comment \`/plimsoll ack <item>\`: ${idsOf(signOff)}.`
    : '';
  return how === '' ? boxes : `${boxes}\n\n<sub>${how}</sub>`;
}

function opensWhen(hasErrors: boolean): string {
  if (!hasErrors) return '**Sign-off** opens when what holds the review is corrected.';
  return "**Sign-off** opens when the errors are fixed or overridden (`/plimsoll override <rule> <reason>`, a reviewer's).";
}

function idsOf(signOff: SignOff): string {
  return listed(signOff.items.filter((item) => item.who === 'author').map((item) => code(item.id, 60)));
}

function renderPatches({ patches }: SignOff): string {
  const lines = patches
    .slice(-10)
    .map(
      ({ where, why, login, at }) =>
        `**Patched by hand** in ${inline(where, 120)} on ${day(at)}, says ${person(login)}: ${inline(why, 300)}`,
    );
  if (patches.length > 10) lines.unshift(`${count(patches.length - 10, 'earlier patch', 'earlier patches')} by hand`);
  return lines.join('\n');
}

function renderRefusals({ refusals }: SignOff): string {
  return refusals
    .slice(-5)
    .map(({ login, message }) => `${person(login)}: ${inline(message)}`)
    .join('\n');
}

function closing(report: Report, signOff: SignOff, view: View): string {
  const statements = report.migrations.reduce((sum, migration) => sum + migration.statements, 0);
  const opaque = report.migrations.reduce((sum, migration) => sum + migration.opaque, 0);
  const parts = [
    view.head === '' ? '' : `Read at ${code(view.head.slice(0, 7))}`,
    report.migrations.length > 0 ? `${statements - opaque} of ${count(statements, 'statement')}` : '',
    signOff.items.length > 0 ? 'ticks are kept until these migrations change' : '',
    '`/plimsoll help`',
  ];
  return `<sub>${parts.filter((part) => part !== '').join(' · ')}</sub>`;
}

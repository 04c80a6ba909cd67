/** Findings that the author muted in the file, by a comment of ours or by what other linters were told. Nothing that is muted is gone: it is shown with who muted it, where and why. */
import type { Change } from '../operations/change.ts';
import type { Migration } from '../operations/migration.ts';
import type { Operation } from '../operations/operation.ts';
import type { Suppressed } from '../report.ts';
import { allowancesOf, type Allowance } from './allowances.ts';
import { allowancesBeside } from './allowances-beside.ts';
import { assuredRules, foreignMarkers, type Marker } from './foreign-markers.ts';
import type { Said } from './walk.ts';

/** What a migration mutes. */
export type MigrationMarks = { allowances: Allowance[]; markers: Marker[] };

/** What the migrations of a change mute, and what other files do, by their paths. */
export type Marks = {
  migrations: ReadonlyMap<Migration, MigrationMarks>;
  beside: ReadonlyMap<string, readonly Allowance[]>;
};

export type Judged = { standing: Said[]; suppressed: Suppressed[] };

/** Reads them: of migrations also what other linters were told. */
export function readMarks(change: Change, migrations: readonly Migration[], claimed: ReadonlySet<string>): Marks {
  return {
    migrations: new Map(
      migrations.map((migration) => [
        migration,
        { allowances: allowancesOf(migration), markers: foreignMarkers(migration) },
      ]),
    ),
    beside: allowancesBeside(change, claimed),
  };
}

/** Splits what was said into what stands and what is muted. An allowance that does not hold mutes nothing, and the finding says why. */
export function applySuppressions(said: readonly Said[], marks: Marks, today: string | undefined): Judged {
  const judged: Judged = { standing: [], suppressed: [] };
  for (const each of said) {
    const allowances = allowancesFor(each, marks);
    const holding = allowances.find((allowance) => !allowance.wrong && !hasExpired(allowance, today));
    const muted = holding ? allowed(holding) : markerOn(each, marks);
    if (muted) judged.suppressed.push({ ...each.finding, ...muted });
    else judged.standing.push(allowances[0] ? withWhy(each, allowances[0]) : each);
  }
  return judged;
}

/** The allowances that something was said for, whether they hold or not. */
export function concernedBy(said: readonly Said[], marks: Marks): Set<Allowance> {
  return new Set(said.flatMap((each) => allowancesFor(each, marks)));
}

function allowancesFor(said: Said, { migrations, beside }: Marks): Allowance[] {
  const { finding, migration } = said;
  const own = migration ? migrations.get(migration)?.allowances : beside.get(finding.path);
  return (own ?? []).filter(
    ({ rules, comment, reach }) =>
      rules.includes(finding.rule) &&
      comment.span.path === finding.path &&
      (reach ? reach.from <= finding.endLine && reach.to >= finding.startLine : reaches(comment.span.startLine, said)),
  );
}

/** A comment reaches the statement that it stands in, and the first one that begins after it, with all that one call sends. */
function reaches(line: number, { finding, operation, migration }: Said): boolean {
  if (line >= finding.startLine && line <= finding.endLine) return true;
  if (!operation || !migration) return line <= finding.startLine || finding.startLine === 1;
  const next = migration.up.find((each) => each.span.startLine > line);
  return next !== undefined && (next.statement === operation.statement || isOneCall(next, operation));
}

function isOneCall({ span: one }: Operation, { span: other }: Operation): boolean {
  return one.path === other.path && one.startLine === other.startLine && one.startColumn === other.startColumn;
}

/** It holds on its last day. ISO dates compare as text. */
function hasExpired({ until }: Allowance, today: string | undefined): boolean {
  return until !== undefined && today !== undefined && today > until;
}

type Muted = Pick<Suppressed, 'marker' | 'markerLine' | 'reason' | 'until'>;

function allowed({ comment, reason, until }: Allowance): Muted {
  const markerLine = comment.span.startLine;
  return { marker: 'plimsoll: allow', markerLine, reason, ...(until === undefined ? {} : { until }) };
}

function markerOn(said: Said, { migrations }: Marks): Muted | undefined {
  const { rule, path } = said.finding;
  const markers = said.migration ? (migrations.get(said.migration)?.markers ?? []) : [];
  const block = said.operation?.mutedBy;
  if (block?.marker === 'safety_assured' && assuredRules.has(rule))
    return { marker: block.marker, markerLine: block.line };
  const marker = markers.find((each) => each.rules.has(rule) && each.path === path && covers(each, said));
  if (!marker) return undefined;
  const { name, line, reason } = marker;
  return { marker: name, markerLine: line, ...(reason === undefined ? {} : { reason }) };
}

function covers({ reach, line }: Marker, said: Said): boolean {
  if (reach.kind === 'statement') return said.operation !== undefined && reaches(line, said);
  return said.finding.startLine >= reach.from && said.finding.startLine <= reach.to;
}

function withWhy(said: Said, allowance: Allowance): Said {
  const line = allowance.comment.span.startLine;
  // Before the advice: what follows a fence is folded away with it.
  const advice = `${whyNot(allowance, line, said.finding.rule)}\n\n${said.finding.advice}`.trim();
  return { ...said, finding: { ...said.finding, advice } };
}

function whyNot({ wrong, until }: Allowance, line: number, rule: string): string {
  if (wrong === 'no reason')
    return `The comment on line ${line} gives no reason, so it mutes nothing: write \`plimsoll: allow ${rule}, because …\`.`;
  if (wrong === 'no day')
    return `The comment on line ${line} names no day after "until", so it mutes nothing: write \`plimsoll: allow ${rule} until 2030-01-31, because …\`.`;
  return `The allowance on line ${line} expired on ${until}: do what it waited for, or give it a new day if its reason still holds.`;
}

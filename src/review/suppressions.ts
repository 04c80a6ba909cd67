/** Findings that the author muted in the file: `plimsoll: allow <rule>, because <reason>` in a comment on or above the statement. */
import type { Comment, Migration } from '../operations/migration.ts';
import type { Suppressed } from '../report.ts';
import type { Said } from './walk.ts';

export type Judged = { standing: Said[]; suppressed: Suppressed[] };

/** Splits what was said into what stands and what is muted; a comment without a reason mutes nothing and is told so. */
export function applySuppressions(said: readonly Said[]): Judged {
  const judged: Judged = { standing: [], suppressed: [] };
  for (const each of said) {
    const allowance = each.migration && findAllowance(each, each.migration);
    if (!allowance) judged.standing.push(each);
    else if (allowance.reason === '') judged.standing.push(withoutReason(each, allowance));
    else judged.suppressed.push({ ...each.finding, reason: allowance.reason });
  }
  return judged;
}

type Allowance = { rules: string[]; reason: string; line: number };

function findAllowance(said: Said, migration: Migration): Allowance | undefined {
  const { rule, path, startLine, endLine } = said.finding;
  const allowances = migration.comments.filter((comment) => comment.span.path === path).flatMap(readAllowance);
  return allowances.find(
    (allowance) => allowance.rules.includes(rule) && reaches(allowance.line, startLine, endLine, migration, said),
  );
}

/** A comment reaches the statement that it stands in, and the first one that begins after it. */
function reaches(line: number, startLine: number, endLine: number, migration: Migration, said: Said): boolean {
  if (line >= startLine && line <= endLine) return true;
  if (!said.operation) return line <= startLine || startLine === 1;
  const next = migration.up.find((operation) => operation.span.startLine > line);
  return next?.statement === said.operation.statement;
}

function readAllowance(comment: Comment): Allowance[] {
  const match = /plimsoll:\s*allow\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9]+(?:-[a-z0-9]+)+)*)(.*)/is.exec(comment.text);
  if (!match) return [];
  const reason = (match[2] ?? '').replace(/\*\/\s*$/, '').replace(/^[\s,:;–—-]*(?:because\b)?[\s:]*/i, '');
  return [
    {
      rules: (match[1] ?? '').split(',').map((rule) => rule.trim()),
      reason: reason.trim(),
      line: comment.span.startLine,
    },
  ];
}

function withoutReason(said: Said, allowance: Allowance): Said {
  const advice = `${said.finding.advice}\n\nThe comment on line ${allowance.line} gives no reason, so it mutes nothing: write \`plimsoll: allow ${said.finding.rule}, because …\`.`;
  return { ...said, finding: { ...said.finding, advice } };
}

/** Our own comments: `plimsoll: allow <rule>, because <reason>`, with `until <day>` before the reason where it is for a time. */
import type { Comment, Migration } from '../operations/migration.ts';

/** A comment that allows rules. It holds while nothing is wrong with it and its day has not passed. */
export type Allowance = {
  comment: Comment;
  /** As written, whether there are such rules or not. */
  rules: string[];
  reason: string;
  /** The last day on which it holds, as an ISO date. */
  until?: string;
  wrong?: 'no reason' | 'no day';
  /** The lines that it is for, where the file is no migration: there statements tell. */
  reach?: { from: number; to: number };
  /** The file held it before the change, where the file is no migration. */
  stood?: true;
};

/** The allowances of a migration. */
export function allowancesOf({ comments }: Migration): Allowance[] {
  return comments.map(allowanceIn).filter((allowance) => allowance !== undefined);
}

/** What a comment allows, or undefined where it is about something else. */
export function allowanceIn(comment: Comment): Allowance | undefined {
  const match = /plimsoll:\s*allow\s+([a-z0-9-]+(?:\s*,\s*[a-z0-9]+(?:-[a-z0-9]+)+)*)(.*)/is.exec(comment.text);
  if (!match) return undefined;
  const rules = (match[1] ?? '').split(',').map((rule) => rule.trim());
  return { comment, rules, ...termsOf((match[2] ?? '').replace(/\*\/\s*$/, '')) };
}

function termsOf(text: string): Pick<Allowance, 'reason' | 'until' | 'wrong'> {
  const limited = /^[\s,]*until\b\s*([^\s,;:]*)(.*)$/is.exec(text);
  const reason = reasonIn(limited?.[2] ?? text);
  const until = limited?.[1];
  if (until !== undefined && !isDay(until)) return { reason, wrong: 'no day' };
  const terms = { reason, ...(until === undefined ? {} : { until }) };
  return reason === '' ? { ...terms, wrong: 'no reason' } : terms;
}

function reasonIn(text: string): string {
  return text.replace(/^[\s,:;–—-]*(?:because\b)?[\s:]*/i, '').trim();
}

/** Days such as 30 February are none. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

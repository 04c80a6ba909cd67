/** Errors that the author has muted with a comment: a reviewer is asked about them. */
import type { Migration } from '../operations/migration.ts';
import type { Suppressed } from '../report.ts';
import { code } from '../rule.ts';

/** Of all that is muted. */
export function mutedErrors({ suppressed }: { suppressed: readonly Suppressed[] }): Suppressed[] {
  return suppressed.filter((finding) => finding.severity === 'error');
}

/** A box is one line. */
const mostNamed = 3;

/** Which rule, where, and what the author says of it, to close the text of the box. */
export function namesOfMuted(muted: readonly Suppressed[], migrations: readonly Migration[]): string {
  const named = muted.slice(0, mostNamed).map(({ rule, path, startLine, marker, reason }) => {
    const file = migrations.some((migration) => migration.path === path) ? '' : ` of ${code(path)}`;
    const how = reason === undefined ? `${code(marker, 60)}, no reason` : `“${shortened(reason)}”`;
    return `${code(rule)} on line ${startLine}${file} (${how})`;
  });
  const rest = muted.length - named.length;
  return [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

function shortened(reason: string): string {
  return reason.length > 80 ? `${reason.slice(0, 79)}…` : reason;
}

import { createHash } from 'node:crypto';
import type { Check, Desk } from '../host.ts';

/** A check as it was written to a commit. */
export type KnownCheck = { name: string; conclusion: string; title: string; externalId: string };

/**
 * Writes the checks of a commit that differ from those that stand. GitHub is asked what stands only where something may:
 * we wrote to the commit before, or `mayStand` says so.
 */
export async function publishChecks(
  desk: Desk,
  desired: { head: string; checks: Check[] },
  known: { checks: KnownCheck[]; mayStand: boolean },
  remember: (check: KnownCheck) => void,
): Promise<void> {
  const { head } = desired;
  const wanted = desired.checks.map((check) => ({ check, externalId: externalIdOf(check) }));
  const differing = wanted.filter(
    ({ check, externalId }) => !known.checks.some((held) => isSame(held, check, externalId)),
  );
  if (differing.length === 0) return;
  const standing = known.checks.length > 0 || known.mayStand ? await desk.checks(head) : [];
  for (const { check, externalId } of differing) {
    const there = standing.find((other) => other.name === check.name);
    const { name, conclusion, title } = check;
    const wasForgotten = known.checks.some((held) => held.name === check.name && held.externalId === '');
    if (wasForgotten || !there || !isSame(there, check, externalId)) {
      // Kept before it is written, so that after a crash it is looked for.
      remember({ name, conclusion, title, externalId: 'being written' });
      await desk.writeCheck(head, check, externalId, there?.id);
    }
    remember({ name, conclusion, title, externalId });
  }
}

/** Fingerprint of everything a check says. */
function externalIdOf(check: Check): string {
  return createHash('sha256').update(JSON.stringify(check)).digest('hex');
}

function isSame(
  standing: { name: string; conclusion: string | null; title: string | null; externalId: string | null },
  check: Check,
  externalId: string,
): boolean {
  return (
    standing.name === check.name &&
    standing.conclusion === check.conclusion &&
    standing.title === check.title &&
    standing.externalId === externalId
  );
}

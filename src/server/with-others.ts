/** A commit has one check per name, however many pull requests have it as their head: the strictest of them stands. */
import type { Check } from '../host.ts';
import type { OtherVerdict } from '../store/pulls.ts';

/** The check, or what another pull request with the same head asks for where that is stricter: otherwise a second, harmless one would open the first. */
export function withOthers(check: Check, others: readonly OtherVerdict[]): Check {
  let strictest = check;
  for (const other of others) {
    if (other.name !== check.name || rank(other.conclusion) <= rank(strictest.conclusion)) continue;
    const title = `#${other.pull} has the same head: ${other.title}`.slice(0, 200);
    strictest = {
      ...check,
      conclusion: order[rank(other.conclusion)] ?? 'failure',
      title,
      summary: `${title}.\n\n${check.summary}`,
    };
  }
  return strictest;
}

const order: Check['conclusion'][] = ['success', 'neutral', 'action_required', 'failure'];

function rank(conclusion: string): number {
  return order.findIndex((each) => each === conclusion);
}

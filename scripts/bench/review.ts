/** A review of five migrations in a process that has reviewed before: from the host to the comment and both checks. */
import { rules } from '../../rules/index.ts';
import { collect } from '../../src/collect/collect.ts';
import type { Host } from '../../src/host.ts';
import { reviewCheck, signOffCheck } from '../../src/render/checks.ts';
import { renderComment } from '../../src/render/comment.ts';
import { review } from '../../src/review/review.ts';
import { openSignOff } from '../../src/signoff/apply-event.ts';
import { type Figure, median } from './figure.ts';
import { memoryHost } from './memory-host.ts';
import { benchRepository } from './repository.ts';

const warming = 20;
const rounds = 50;
/** Milliseconds. */
const target = 25;

/** The pull request is another one each time, the history is the same. */
export async function measureReview(): Promise<Figure[]> {
  const { base, added } = benchRepository(300, 5 * (warming + rounds));
  const changes = Object.entries(added);
  const walls: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < warming + rounds; round++) {
    const host = memoryHost(base, Object.fromEntries(changes.slice(5 * round, 5 * round + 5)));
    const started = performance.now();
    const used = process.cpuUsage();
    await reviewOnce(host);
    const { user, system } = process.cpuUsage(used);
    if (round < warming) continue;
    times.push((user + system) / 1000);
    walls.push(performance.now() - started);
  }
  const value = median(times);
  return [
    {
      measure: `review of five new migrations after a history of 300, warm, processor time, median of ${rounds}`,
      value: `${value.toFixed(1)} ms (on the clock ${median(walls).toFixed(1)} ms)`,
      target: `at most ${target} ms`,
      isHeld: value <= target,
    },
  ];
}

async function reviewOnce(host: Host): Promise<void> {
  const change = await collect(host, { ruleIds: rules.map((rule) => rule.id) });
  const report = await review(change, rules);
  const signOff = { ...openSignOff(), items: report.checklist };
  const view = { baseUrl: 'https://github.com', owner: 'acme', repo: 'shop', pull: 7, head: 'a', author: 'ada' };
  renderComment(report, signOff, view);
  reviewCheck(report, signOff);
  signOffCheck(report, signOff);
}

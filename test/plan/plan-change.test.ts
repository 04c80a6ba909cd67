/** Every phase that a plan prints is read, stands in the words of its framework, and is clean when it is reviewed after those before it. */
import { describe, expect, test } from 'vitest';
import type { Phase } from '../../src/plan/plan.ts';
import { frames, numbered } from '../writers/frames.ts';
import { grounds, type Ground, type Road } from './roads.ts';
import { printed, reviewAfter, sqlFile } from './rounds.ts';

/** Those that know a single database. */
const onlyPostgres = new Set(['node-pg-migrate']);

describe.each(Object.entries(grounds))('%s', (_database, ground) => {
  const known = Object.keys(frames).filter(
    (framework) => ground.database === 'postgres' || !onlyPostgres.has(framework),
  );
  describe.each(known)('%s', (framework) => {
    test.each(Object.entries(ground.roads))('%s', async (_name, road) => {
      const phases = await phasesOf(framework, ground, road);
      expect(phases.map(({ title }) => title)).toEqual(road.phases);
      await reviewEach(framework, ground, phases);
    });
  });
});

async function phasesOf(framework: string, ground: Ground, { sql }: Road): Promise<Phase[]> {
  const first = printed(framework, ground, ground.tables, 1);
  const { plan } = await reviewAfter([first], printed(framework, ground, sql, 2), framework, ground);
  return plan?.roads[0]?.phases ?? [];
}

async function reviewEach(framework: string, ground: Ground, phases: readonly Phase[]): Promise<void> {
  const earlier = [printed(framework, ground, ground.tables, 1)];
  const frame = frames[framework];
  for (const { migrations, when } of phases)
    for (const { language, text } of migrations) {
      // What a framework cannot run outside its transaction is run by hand, as a file of SQL would.
      const byHand = language === 'sql' && !frame?.path.endsWith('.sql');
      const next = numbered(byHand || !frame ? sqlFile : frame, text.split('\n'), earlier.length + 1);
      const report = await reviewAfter(earlier, next, byHand ? undefined : framework, ground);
      expect(report.opaque, text).toEqual([]);
      expect(report.findings, text).toEqual([]);
      // What is run by hand is no migration.
      if (!byHand && (when !== 'background' || language !== 'sql')) earlier.push(next);
    }
}

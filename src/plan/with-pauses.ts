/** While rows are written in the background, jobs that run by the clock make more of them. */
import { code } from '../rule.ts';
import type { Draft } from './situation.ts';

/** Where a job that runs again and again names a table. */
export type JobPlace = { path: string; line: number };

/** A road whose phases in the background name the jobs that may write the table meanwhile. */
export function withPauses(
  road: { subject: string; phases: Draft[] },
  jobs: readonly JobPlace[],
): { subject: string; phases: Draft[] } {
  if (jobs.length === 0) return road;
  const places = jobs.slice(0, mostNamed).map(({ path, line }) => `${code(path)} line ${line}`);
  const pause = `Pause what runs by the clock until it is done, where it writes these rows as the release before does: ${places.join(', ')}.`;
  const phases = road.phases.map((phase) =>
    phase.when === 'background'
      ? { ...phase, note: phase.note === undefined ? pause : `${phase.note} ${pause}` }
      : phase,
  );
  return { ...road, phases };
}

const mostNamed = 3;

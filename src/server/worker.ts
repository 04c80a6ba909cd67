/** Takes jobs from the queue: a few at once, one at a time per pull request, each tried until it is done or dead. */
import type { Logger } from 'pino';
import { randomUUID } from 'node:crypto';
import { retryAfterOf } from '../github/retry-after.ts';
import type { Job, Jobs } from '../store/jobs.ts';
import type { Metrics } from './metrics.ts';

export type Worker = {
  /** Looks for work now rather than at the next turn. */
  wake: () => void;
  /** Takes nothing new, waits for what runs, and gives back what has not ended in time. */
  stop: () => Promise<void>;
};

export type WorkerOptions = {
  jobs: Jobs;
  run: (job: Job) => Promise<void>;
  log: Logger;
  metrics: Metrics;
  /** Jobs at once. */
  width?: number;
  /** Milliseconds between two looks for work that has become due. */
  turn?: number;
  /** Milliseconds between two signs of life; a few of them are a lease. */
  heartbeat?: number;
  /** Milliseconds that running jobs have to end. */
  patience?: number;
};

/** Starts working, first with what a process that died has left. */
export function startWorker(options: WorkerOptions): Worker {
  const { jobs, width = 4, turn = 1000, heartbeat = 10_000, patience = 25_000 } = options;
  const owner = randomUUID();
  const running = new Set<Promise<void>>();
  let isStopping = false;

  function wake(): void {
    while (!isStopping && running.size < width) {
      const job = jobs.claim(owner);
      if (!job) return;
      const work = perform(job, options).finally(() => {
        running.delete(work);
        wake();
      });
      running.add(work);
    }
  }

  function beat(): void {
    jobs.renew(owner);
    const found = jobs.recover();
    if (found > 0) options.log.warn({ jobs: found }, 'Took back jobs of a process that ended');
    wake();
  }

  const timers = [setInterval(wake, turn), setInterval(beat, heartbeat)];
  beat();
  return {
    wake,
    async stop() {
      isStopping = true;
      for (const timer of timers) clearInterval(timer);
      await Promise.race([Promise.all(running), pause(patience)]);
      jobs.release(owner);
    },
  };
}

/** Never rejects: what fails is put back or buried. */
async function perform(job: Job, { jobs, run, log, metrics }: WorkerOptions): Promise<void> {
  const started = performance.now();
  const what = job.event ?? 'reconcile';
  const fields = { job: job.id, key: job.key, what, attempt: job.attempts };
  const seconds = () => (performance.now() - started) / 1000;
  try {
    await run(job);
    jobs.finish(job.id);
    metrics.handled(what, 'done', seconds());
    log.info({ ...fields, seconds: seconds() }, 'Finished a job');
  } catch (thrown) {
    const error = thrown instanceof AggregateError ? (thrown.errors[0] as unknown) : thrown; // Probot's wrapping
    const wait = retryAfterOf(error);
    const outcome = jobs.fail(job.id, messageOf(error), wait === undefined ? undefined : wait * 1000);
    metrics.handled(what, outcome, seconds());
    if (outcome === 'dead') log.error({ ...fields, err: error }, 'Gave up a job');
    else log.warn({ ...fields, err: error }, 'Put back a job that failed');
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : 'something that is no error was thrown').slice(0, 300);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());
}

/** What is counted while the server runs, as Prometheus reads it. */
import type { Counts } from '../store/jobs.ts';

export type Metrics = {
  delivered: (event: string, outcome: 'accepted' | 'revived' | 'known' | 'ignored') => void;
  /** A job took `seconds`. */
  handled: (what: string, outcome: 'done' | 'retried' | 'dead', seconds: number) => void;
  /** Requests that GitHub will still answer to an installation. */
  quota: (installation: number, left: number) => void;
  /** The text of `/metrics`. */
  render: (counts: Counts, now: number) => string;
};

/** Starts counting from zero. */
export function createMetrics(): Metrics {
  const deliveries = new Map<string, number>();
  const seconds = new Map<string, number>();
  const jobs = new Map<string, number>();
  const quotas = new Map<string, number>();
  return {
    delivered: (event, outcome) => add(deliveries, labels({ event: known(event), outcome }), 1),
    handled(what, outcome, duration) {
      add(jobs, labels({ job: what, outcome }), 1);
      add(seconds, labels({ job: what, outcome }), duration);
    },
    quota: (installation, left) => void quotas.set(labels({ installation: String(installation) }), left),
    render: (counts, now) =>
      [
        gauge('plimsoll_queue_depth', 'Jobs that wait.', [['', counts.ready]]),
        gauge('plimsoll_queue_running', 'Jobs that run.', [['', counts.running]]),
        gauge('plimsoll_queue_dead', 'Jobs that were given up.', [['', counts.dead]]),
        gauge('plimsoll_queue_oldest_seconds', 'Age of the oldest job that waits.', [
          ['', counts.oldestAt === undefined ? 0 : (now - counts.oldestAt) / 1000],
        ]),
        counter('plimsoll_deliveries_total', 'Deliveries by event.', deliveries),
        counter('plimsoll_jobs_total', 'Jobs that ran.', jobs),
        counter('plimsoll_job_seconds_total', 'Seconds that jobs ran.', seconds),
        gauge('plimsoll_github_quota_left', 'Requests left to an installation this hour.', [...quotas]),
      ].join(''),
  };
}

function add(counts: Map<string, number>, key: string, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}

/** Event names come from outside, signed: they are GitHub's words, and few. */
function known(event: string): string {
  return /^[a-z_]{1,64}$/.test(event) ? event : 'other';
}

function labels(values: Record<string, string>): string {
  const parts = Object.entries(values).map(([name, value]) => `${name}="${value}"`);
  return `{${parts.join(',')}}`;
}

function gauge(name: string, help: string, values: [string, number][]): string {
  return metric(name, help, 'gauge', values);
}

function counter(name: string, help: string, values: Map<string, number>): string {
  return metric(name, help, 'counter', [...values]);
}

function metric(name: string, help: string, type: string, values: [string, number][]): string {
  const lines = values.map(([labels, value]) => `${name}${labels} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

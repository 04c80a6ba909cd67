/** The queue: deliveries as they came, and pull requests to be made right; one at a time per key. */
import type { DatabaseSync } from 'node:sqlite';
import { numberIn, optionalTextIn, textIn, type Row } from './row.ts';

/** A delivery as it is kept: its payload narrowed to the few fields that are used. */
export type Delivery = { id: string; key: string; event: string; payload: unknown };

/** Work that was claimed. Without an event it is: make the pull request of the payload right. */
export type Job = { id: string; key: string; event?: string; payload: unknown; attempts: number; receivedAt: number };

/** Sooner is smaller. Deliveries come first, so that what people did is known before a review is published. */
export const priorities = { delivery: 0, asked: 1, background: 2 };

export type Counts = {
  ready: number;
  running: number;
  dead: number;
  /** When the oldest job that waits came in; undefined when none waits. */
  oldestAt?: number;
};

type DeadJob = { id: string; key: string; event?: string; attempts: number; error?: string };

export type Jobs = {
  /** Keeps a delivery. One that was seen is `known` and not run twice, unless it had died: then it is `revived`. */
  receive: (delivery: Delivery) => 'accepted' | 'revived' | 'known';
  /** Asks for a key to be made right, soon or after `delay` milliseconds. Waiting jobs of one key are one. */
  ask: (key: string, payload: unknown, options?: { priority?: number; delay?: number }) => void;
  /** Takes the most urgent job whose key has none running. */
  claim: (owner: string) => Job | undefined;
  /** Extends the leases of an owner that lives. */
  renew: (owner: string) => void;
  finish: (id: string) => void;
  /** Puts a job back with growing delays, or, after the last attempt, among the dead. With `delay` the attempt does not count. */
  fail: (id: string, error: string, delay?: number) => 'retried' | 'dead';
  /** Gives back what an owner holds, as if it had not been claimed. */
  release: (owner: string) => void;
  /** Takes back jobs whose owner has died; gives how many. */
  recover: () => number;
  /** Drops what waits or has died for an installation that is gone. */
  forgetInstallation: (installation: number) => void;
  /** Takes back what was asked for a key and waits. */
  drop: (key: string) => void;
  /** When a delivery came in first, in milliseconds since 1970. */
  receivedAt: (id: string) => number | undefined;
  /** True for a delivery that waits, runs or is done; one that died may come again. */
  isKept: (id: string) => boolean;
  counts: () => Counts;
  dead: () => DeadJob[];
  /** Deletes finished jobs older than `age` milliseconds; gives how many. */
  prune: (age: number) => number;
};

export type JobsOptions = {
  /** Milliseconds after which a job whose owner was not heard of is taken back. */
  lease: number;
  attempts: number;
  /** Milliseconds before the second attempt; each further one waits twice as long, up to `longestDelay`. */
  firstDelay: number;
  longestDelay: number;
};

const defaults: JobsOptions = { lease: 30_000, attempts: 10, firstDelay: 5_000, longestDelay: 15 * 60_000 };

/** Opens the queue in a database that has the schema. */
export function openJobs(database: DatabaseSync, clock: () => number, options: Partial<JobsOptions>): Jobs {
  const { lease, attempts: mostAttempts, firstDelay, longestDelay } = { ...defaults, ...options };
  const statements = prepare(database);
  return {
    receive(delivery) {
      const { id, key, event, payload } = delivery;
      const row = statements.receive.get(id, key, event, JSON.stringify(payload), priorities.delivery, clock());
      if (!row) return 'known';
      return numberIn(row, 'revived') === 1 ? 'revived' : 'accepted';
    },
    ask(key, payload, { priority = priorities.asked, delay = 0 } = {}) {
      statements.ask.run(key, key, JSON.stringify(payload), priority, clock() + delay, clock());
    },
    claim(owner) {
      const row = statements.claim.get(owner, clock() + lease, clock());
      return row && jobOf(row);
    },
    renew: (owner) => void statements.renew.run(clock() + lease, owner),
    finish: (id) => void statements.finish.run(clock(), id),
    fail(id, error, delay) {
      const attempts = attemptsOf(statements.attempts.get(id));
      const isDead = delay === undefined && attempts >= mostAttempts;
      const wait = delay ?? Math.min(longestDelay, firstDelay * 2 ** (attempts - 1));
      if (isDead) statements.bury.run(error, clock(), id);
      else statements.putBack.run(error, clock() + wait, delay === undefined ? 0 : 1, id);
      return isDead ? 'dead' : 'retried';
    },
    release: (owner) => void statements.release.run(owner),
    recover() {
      statements.buryLost.run(clock(), clock(), mostAttempts);
      return Number(statements.recover.run(clock()).changes);
    },
    forgetInstallation: (installation) => void statements.forget.run(`${installation}/%`, String(installation)),
    drop: (key) => void statements.drop.run(key),
    receivedAt(id) {
      const row = statements.find.get(id);
      return row && numberIn(row, 'received_at');
    },
    isKept(id) {
      const row = statements.find.get(id);
      return row !== undefined && textIn(row, 'state') !== 'dead';
    },
    counts: () => countsOf(statements.counts.all()),
    dead: () => statements.dead.all().map(deadOf),
    prune: (age) => Number(statements.prune.run(clock() - age).changes),
  };
}

function prepare(database: DatabaseSync) {
  return {
    // `again` tells the caller whether a row was there: it is raised only by the conflict.
    receive: database.prepare(`
      INSERT INTO jobs (id, key, event, payload, priority, state, next_at, received_at)
      VALUES (?1, ?2, ?3, ?4, ?5, 'ready', ?6, ?6)
      ON CONFLICT (id) DO UPDATE SET state = 'ready', attempts = 0, next_at = ?6, error = NULL, finished_at = NULL, again = again + 1
      WHERE state = 'dead'
      RETURNING again > 0 AS revived`),
    ask: database.prepare(`
      INSERT INTO jobs (id, key, payload, priority, state, next_at, received_at)
      VALUES (?1, ?2, ?3, ?4, 'ready', ?5, ?6)
      ON CONFLICT (id) DO UPDATE SET
        payload = excluded.payload,
        again = CASE state WHEN 'running' THEN 1 ELSE 0 END,
        priority = CASE state WHEN 'ready' THEN min(priority, excluded.priority) ELSE excluded.priority END,
        next_at = CASE
          WHEN state = 'ready' AND error IS NOT NULL THEN next_at
          WHEN state = 'ready' THEN min(next_at, excluded.next_at)
          ELSE excluded.next_at END,
        received_at = CASE state WHEN 'ready' THEN received_at ELSE excluded.received_at END,
        attempts = CASE WHEN state IN ('ready', 'running') THEN attempts ELSE 0 END,
        state = CASE state WHEN 'running' THEN 'running' ELSE 'ready' END`),
    claim: database.prepare(`
      UPDATE jobs SET state = 'running', owner = ?1, lease_until = ?2, attempts = attempts + 1
      WHERE id = (
        SELECT id FROM jobs AS waiting
        WHERE state = 'ready' AND next_at <= ?3
          AND NOT EXISTS (SELECT 1 FROM jobs WHERE state = 'running' AND key = waiting.key)
        ORDER BY priority, rowid LIMIT 1)
      RETURNING id, key, event, payload, attempts, received_at`),
    renew: database.prepare(`UPDATE jobs SET lease_until = ?1 WHERE state = 'running' AND owner = ?2`),
    finish: database.prepare(`
      UPDATE jobs SET
        state = CASE WHEN event IS NULL AND again = 1 THEN 'ready' ELSE 'done' END,
        again = 0, attempts = 0, owner = NULL, lease_until = NULL, error = NULL, finished_at = ?1
      WHERE id = ?2 AND state = 'running'`),
    attempts: database.prepare('SELECT attempts FROM jobs WHERE id = ?'),
    bury: database.prepare(`
      UPDATE jobs SET state = 'dead', owner = NULL, lease_until = NULL, error = ?1, finished_at = ?2
      WHERE id = ?3 AND state = 'running'`),
    putBack: database.prepare(`
      UPDATE jobs SET state = 'ready', owner = NULL, lease_until = NULL, error = ?1, next_at = ?2, attempts = attempts - ?3
      WHERE id = ?4 AND state = 'running'`),
    release: database.prepare(`
      UPDATE jobs SET state = 'ready', owner = NULL, lease_until = NULL, attempts = attempts - 1
      WHERE state = 'running' AND owner = ?`),
    // A job that brings its process down again and again dies as well.
    buryLost: database.prepare(`
      UPDATE jobs SET state = 'dead', owner = NULL, lease_until = NULL, finished_at = ?1,
        error = 'the process ended while it ran'
      WHERE state = 'running' AND lease_until < ?2 AND attempts >= ?3`),
    recover: database.prepare(`
      UPDATE jobs SET state = 'ready', owner = NULL, lease_until = NULL WHERE state = 'running' AND lease_until < ?`),
    forget: database.prepare(`DELETE FROM jobs WHERE state IN ('ready', 'dead') AND (key LIKE ?1 OR key = ?2)`),
    drop: database.prepare(`DELETE FROM jobs WHERE id = ? AND event IS NULL AND state = 'ready'`),
    find: database.prepare('SELECT state, received_at FROM jobs WHERE id = ?'),
    counts: database.prepare('SELECT state, count(*) AS count, min(received_at) AS oldest FROM jobs GROUP BY state'),
    dead: database.prepare(`
      SELECT id, key, event, attempts, error FROM jobs WHERE state = 'dead' ORDER BY finished_at DESC LIMIT 100`),
    prune: database.prepare(`DELETE FROM jobs WHERE state IN ('done', 'dead') AND finished_at < ?`),
  };
}

function jobOf(row: Row): Job {
  const event = optionalTextIn(row, 'event');
  return {
    id: textIn(row, 'id'),
    key: textIn(row, 'key'),
    ...(event === undefined ? {} : { event }),
    payload: JSON.parse(textIn(row, 'payload')) as unknown, // narrowed by whoever runs it
    attempts: numberIn(row, 'attempts'),
    receivedAt: numberIn(row, 'received_at'),
  };
}

function attemptsOf(row: Row | undefined): number {
  return row ? numberIn(row, 'attempts') : 1;
}

function countsOf(rows: Row[]): Counts {
  const counts: Counts = { ready: 0, running: 0, dead: 0 };
  for (const row of rows) {
    const state = textIn(row, 'state');
    if (state === 'ready' || state === 'running' || state === 'dead') counts[state] = numberIn(row, 'count');
    if (state === 'ready') counts.oldestAt = numberIn(row, 'oldest');
  }
  return counts;
}

function deadOf(row: Row): DeadJob {
  const event = optionalTextIn(row, 'event');
  const error = optionalTextIn(row, 'error');
  return {
    id: textIn(row, 'id'),
    key: textIn(row, 'key'),
    ...(event === undefined ? {} : { event }),
    attempts: numberIn(row, 'attempts'),
    ...(error === undefined ? {} : { error }),
  };
}

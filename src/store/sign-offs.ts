/** Sign-offs, each with the events that made it: kept for whoever audits, never changed. */
import type { DatabaseSync } from 'node:sqlite';
import { applyEvent, openSignOff } from '../signoff/apply-event.ts';
import type { Event, SignOff } from '../signoff/sign-off.ts';
import { numberIn, optionalTextIn, textIn, type Row } from './row.ts';

/** A line of the audit: what was done, and whether it was accepted. */
type AuditLine = { key: string; at: string; delivery?: string; head?: string; event: Event; accepted: boolean };

/** Where an event comes from, for the audit. A delivery is applied once, however often it is tried. */
type Source = { delivery?: string; head?: string };

export type SignOffs = {
  /** The sign-off of a pull request; an open one where there is none yet. */
  find: (key: string) => SignOff;
  /** When the content that people vouch for changed last, in milliseconds since 1970; 0 where it never did. */
  contentAt: (key: string) => number;
  /** Applies events in one transaction; gives the sign-off after them. */
  apply: (key: string, events: Event[], source: Source) => SignOff;
  /** The audit of a pull request, oldest first. */
  audit: (key: string) => AuditLine[];
};

/** Opens the sign-offs in a database that has the schema. */
export function openSignOffs(database: DatabaseSync, clock: () => number): SignOffs {
  const find = database.prepare('SELECT sign_off, content_at FROM sign_offs WHERE key = ?');
  const save = database.prepare(`
    INSERT INTO sign_offs (key, sign_off, content_at) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET sign_off = excluded.sign_off, content_at = excluded.content_at`);
  const isApplied = database.prepare('SELECT 1 FROM audit WHERE delivery = ? AND key = ? LIMIT 1');
  const write = database.prepare(
    'INSERT INTO audit (key, at, delivery, head, event, accepted) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const audit = database.prepare('SELECT * FROM audit WHERE key = ? ORDER BY number');

  function held(key: string): { signOff: SignOff; contentAt: number } {
    const row = find.get(key);
    if (!row) return { signOff: openSignOff(), contentAt: 0 };
    // Written by `save` alone.
    return { signOff: JSON.parse(textIn(row, 'sign_off')) as SignOff, contentAt: numberIn(row, 'content_at') };
  }

  function apply(key: string, events: Event[], source: Source): SignOff {
    let { signOff, contentAt } = held(key);
    if (source.delivery !== undefined && isApplied.get(source.delivery, key)) return signOff;
    const before = signOff;
    for (const event of events) {
      const next = applyEvent(signOff, event);
      if (event.kind === 'reviewed' && hasNewContent(signOff, next)) contentAt = clock();
      const isByPerson = event.kind !== 'reviewed' && event.kind !== 'proved';
      if (isByPerson || isOther(signOff, next))
        write.run(
          key,
          clock(),
          source.delivery ?? null,
          source.head ?? null,
          JSON.stringify(event),
          isAccepted(signOff, next, event) ? 1 : 0,
        );
      signOff = next;
    }
    if (isOther(before, signOff)) save.run(key, JSON.stringify(signOff), contentAt);
    return signOff;
  }

  return {
    find: (key) => held(key).signOff,
    contentAt: (key) => held(key).contentAt,
    apply: (key, events, source) => inTransaction(database, () => apply(key, events, source)),
    audit: (key) => audit.all(key).map(lineOf),
  };
}

function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** Something that was asked before is asked of other content now, or no more. New questions alone mislead nobody. */
function hasNewContent(before: SignOff, after: SignOff): boolean {
  return before.items.some((item) => after.items.find(({ id }) => id === item.id)?.digest !== item.digest);
}

function isOther(before: SignOff, after: SignOff): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}

/** A refusal of the act itself, newest and last, is the one way in which an act is not accepted. */
function isAccepted(before: SignOff, after: SignOff, event: Event): boolean {
  if (event.kind === 'reviewed') return true;
  const refusal = after.refusals.at(-1);
  return event.kind !== 'refused' && (refusal === undefined || before.refusals.includes(refusal));
}

function lineOf(row: Row): AuditLine {
  const delivery = optionalTextIn(row, 'delivery');
  const head = optionalTextIn(row, 'head');
  return {
    key: textIn(row, 'key'),
    at: new Date(numberIn(row, 'at')).toISOString(),
    ...(delivery === undefined ? {} : { delivery }),
    ...(head === undefined ? {} : { head }),
    event: JSON.parse(textIn(row, 'event')) as Event, // written by `apply` alone
    accepted: numberIn(row, 'accepted') === 1,
  };
}

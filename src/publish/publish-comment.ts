import { createHash } from 'node:crypto';
import type { Desk, StandingComment } from '../host.ts';

export type DesiredComment = {
  body: string;
  /** Without one, there is something to say that is worth a new comment. */
  isWorthNew: boolean;
  /** Whether the boxes in a body agree with the sign-off; where they do not, somebody has just ticked. */
  agrees: (body: string) => boolean;
};

/**
 * `mayStand`: one may have been written. `hash`: of the body that stands, by the newest word of it.
 * `waitedFor`: hash of a body that somebody edited, and whose event was waited for once.
 */
export type KnownComment = { mayStand: boolean; id?: number; hash?: string; waitedFor?: string };

/**
 * Keeps the one comment as desired. Just before it is written over it is read again: a tick that was made
 * meanwhile is left to stand until its event has come, which tells who made it.
 */
export async function publishComment(
  desk: Desk,
  desired: DesiredComment,
  known: KnownComment,
  remember: (comment: KnownComment) => void,
): Promise<'published' | 'waiting'> {
  const hash = hashOf(desired.body);
  if (known.id !== undefined && known.hash === hash) return 'published';
  const standing = known.mayStand ? await onlyComment(desk, known.id) : undefined;
  if (!standing) {
    if (desired.isWorthNew) await create(desk, desired.body, remember);
    else remember({ mayStand: false });
    return 'published';
  }
  const found = hashOf(standing.body);
  const isInFlight = found !== known.hash && found !== known.waitedFor && !desired.agrees(standing.body);
  if (isInFlight) {
    remember({ ...known, mayStand: true, id: standing.id, waitedFor: found });
    return 'waiting';
  }
  if (found !== hash) await desk.updateComment(standing.id, desired.body);
  remember({ mayStand: true, id: standing.id, hash });
  return 'published';
}

/** SHA-256 of a body as GitHub keeps it: edited in the browser its lines end with CRLF, and its ends are trimmed. */
export function hashOf(body: string): string {
  return createHash('sha256').update(body.replaceAll('\r\n', '\n').trim()).digest('hex');
}

/** The comment that we know, or our oldest; further ones, left by a crash, are deleted. */
async function onlyComment(desk: Desk, id: number | undefined): Promise<StandingComment | undefined> {
  const ours = await desk.comments();
  const kept = ours.find((comment) => comment.id === id) ?? ours[0];
  for (const comment of ours) if (comment !== kept) await desk.deleteComment(comment.id);
  return kept;
}

/** That one may stand is kept before it is written, so that after a crash it is looked for. */
async function create(desk: Desk, body: string, remember: (comment: KnownComment) => void): Promise<void> {
  remember({ mayStand: true });
  const { id } = await desk.createComment(body);
  remember({ mayStand: true, id, hash: hashOf(body) });
}

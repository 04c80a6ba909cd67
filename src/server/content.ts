/** Binds the boxes of a comment to the content that they were shown for: hidden in its last line. */
import type { SignOff } from '../signoff/sign-off.ts';

/** The comment with the digest of each item behind it. A tick counts for the content that its page showed, not for what came since. */
export function withContent(body: string, signOff: SignOff): string {
  const digests = signOff.items.map((item) => `${item.id}=${short(item.digest)}`);
  return digests.length === 0 ? body : `${body}\n\n<!-- content ${digests.join(' ')} -->`;
}

/** Whether a body showed an item for the content with this digest. */
export function showsContent(body: string, item: string, digest: string): boolean {
  const line = body
    .split(/\r\n|\r|\n/)
    .findLast((line) => line.startsWith('<!-- content ') && line.trimEnd().endsWith(' -->'));
  return line !== undefined && line.split(' ').includes(`${item}=${short(digest)}`);
}

function short(digest: string): string {
  return digest.slice(0, 16);
}

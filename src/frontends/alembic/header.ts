/** What the head of a revision file says, found line by line: a claim is made before any grammar is loaded. */
import { linesOf } from '../sql/lines.ts';

/** `version` is `Create Date:` of the comment that Alembic writes, in a form that sorts, or else the revision. */
export type Header = { version: string };

/** The head of a revision, or undefined where a file is none: it assigns `revision` and `down_revision` and has an upgrade. */
export function findHeader(text: string): Header | undefined {
  const assigned = new Set<string>();
  let created: string | undefined;
  let revision = '';
  for (const { text: line } of linesOf(text)) {
    const name =
      /^(revision|down_revision)\s*(?::[^=]*)?=/.exec(line)?.[1] ?? /^(?:async )?def (upgrade)\s*\(/.exec(line)?.[1];
    if (name !== undefined) assigned.add(name);
    if (name === 'revision') revision = line.slice(line.indexOf('=') + 1).replaceAll(/[\s'"]/g, '');
    created ??= /^Create Date:\s*(\d{4}-\d{2}-\d{2}[ T\d:.]*)/.exec(line)?.[1]?.trim();
  }
  return assigned.size < 3 ? undefined : { version: created ?? revision };
}

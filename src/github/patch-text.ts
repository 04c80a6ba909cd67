import { createHash } from 'node:crypto';

/**
 * The whole text of an added file, rebuilt from its patch; undefined unless its blob id proves it whole.
 * GitHub leaves the patch out for large and binary files, and for empty ones.
 */
export function patchText(patch: string | undefined, blob: string): string | undefined {
  const text = patch === undefined ? '' : addedLines(patch);
  return text !== undefined && blobId(text) === blob ? text : undefined;
}

/** Lines end where git ends them, at the line feed: a carriage return belongs to its line. */
function addedLines(patch: string): string | undefined {
  const [header = '', ...lines] = patch.split('\n');
  if (!header.startsWith('@@ -0,0 +1')) return undefined;
  const endsOpen = lines.at(-1)?.startsWith('\\') === true;
  const added = endsOpen ? lines.slice(0, -1) : lines;
  if (!added.every((line) => line.startsWith('+'))) return undefined;
  const text = added.map((line) => line.slice(1)).join('\n');
  return endsOpen ? text : `${text}\n`;
}

/** The stretches of lines after the change that a patch shows; only on them does GitHub take a comment. */
export function shownLines(patch: string | undefined): { from: number; to: number }[] {
  return (patch ?? '').split('\n').flatMap((line) => {
    // Lines of the file itself begin with a space, a sign or a backslash.
    const match = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!match) return [];
    const from = Number(match[1]);
    const count = Number(match[2] ?? 1);
    return count === 0 ? [] : [{ from, to: from + count - 1 }];
  });
}

/** The lines that a patch takes away, one below the other. */
export function removedLines(patch: string | undefined): string {
  const lines = (patch ?? '').split('\n').filter((line) => line.startsWith('-'));
  return lines.map((line) => line.slice(1)).join('\n');
}

/** Git's name for a file with this text. */
export function blobId(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

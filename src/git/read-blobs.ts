/** Texts of blobs, many per git process: what is asked for at the same time is read at once. */
import { largestText, textOfBytes } from '../host.ts';
import { runGit } from './run-git.ts';

/** The text of a blob, or why there is none. */
export type BlobText = { text: string } | { unread: string };

type Waiting = { resolve: (text: BlobText) => void; reject: (error: unknown) => void };

/** A reader of blobs of one repository. */
export function createBlobReader(repository: string): (id: string) => Promise<BlobText> {
  let waiting = new Map<string, Waiting[]>();
  const readWaiting = () => {
    const batch = waiting;
    waiting = new Map();
    void readAll(repository, batch);
  };
  return (id) =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) setImmediate(readWaiting);
      waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
    });
}

async function readAll(repository: string, batch: Map<string, Waiting[]>): Promise<void> {
  try {
    const texts = await readBlobs(repository, [...batch.keys()]);
    for (const [id, askers] of batch)
      for (const { resolve } of askers) resolve(texts.get(id) ?? { unread: 'git does not have it' });
  } catch (error) {
    for (const askers of batch.values()) for (const { reject } of askers) reject(error);
  }
}

/** Sizes first, so that a dump of gigabytes is never read. */
async function readBlobs(repository: string, ids: string[]): Promise<Map<string, BlobText>> {
  const texts = new Map<string, BlobText>();
  const known = ids.filter((id) => /^[0-9a-f]{40,64}$/.test(id));
  const sizes = await runGit(repository, ['cat-file', '--batch-check'], linesOf(known));
  const readable: string[] = [];
  for (const line of sizes.output.toString('latin1').split('\n')) {
    const [id = '', kind, size] = line.split(' ');
    if (kind !== 'blob') continue;
    if (Number(size) > largestText) texts.set(id, { unread: 'larger than 2 MB' });
    else readable.push(id);
  }
  if (readable.length === 0) return texts;
  const { output } = await runGit(repository, ['cat-file', '--batch'], linesOf(readable));
  readBatch(output, texts);
  return texts;
}

/** `<id> blob <size>\n<bytes>\n` for each. */
function readBatch(output: Buffer, texts: Map<string, BlobText>): void {
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    if (end < 0) return;
    const [id = '', kind, size] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    if (kind !== 'blob') continue;
    const length = Number(size);
    texts.set(id, textOfBytes(output.subarray(at, at + length)));
    at += length + 1;
  }
}

function linesOf(ids: string[]): string {
  return ids.map((id) => `${id}\n`).join('');
}

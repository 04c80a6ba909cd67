/** A host whose repository is in memory: what a review costs without the network. */
import { blobId } from '../../src/github/patch-text.ts';
import type { Host } from '../../src/host.ts';

/** A change that adds some files to a base branch that has others, by path. */
export function memoryHost(base: Readonly<Record<string, string>>, added: Readonly<Record<string, string>>): Host {
  const texts = new Map([...Object.values(base), ...Object.values(added)].map((text) => [blobId(text), text]));
  const tree = new Map(Object.entries(base).map(([path, text]) => [path, blobId(text)]));
  const files = Object.entries(added).map(([path, text]) => ({
    path,
    status: 'added' as const, // one of the words of a status, not any string
    blob: blobId(text),
    additions: text.split('\n').length - 1,
    deletions: 0,
  }));
  return {
    subject: () => Promise.resolve({ title: 'A change', description: '', author: 'ada', base: 'b', head: 'a' }),
    files: () => Promise.resolve({ files }),
    baseTree: () => Promise.resolve({ blobs: tree }),
    baseText: (path) => Promise.resolve(base[path]),
    blob: (id) => Promise.resolve({ text: texts.get(id) ?? '' }),
  };
}

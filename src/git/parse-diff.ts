/** Reads what `git diff-tree -z --raw --numstat` prints. */
import type { ListedFile } from '../host.ts';
import type { Status } from '../operations/migration.ts';

/**
 * The changed files. Raw records come first: `:<mode> <mode> <id> <id> <letter><score>\0<path>\0`, with two paths for a rename;
 * then for each the counted lines: `<added>\t<deleted>\t<path>\0`, or for a rename `<added>\t<deleted>\t\0<from>\0<to>\0`.
 */
export function parseDiff(output: Buffer): ListedFile[] {
  const parts = output.toString('utf8').split('\0');
  const files = new Map<string, ListedFile>();
  let at = 0;
  while (parts[at]?.startsWith(':')) {
    const isRename = / [RC]\d*$/.test(parts[at] ?? '');
    const file = rawFile(parts[at] ?? '', parts[at + 1] ?? '', isRename ? parts[at + 2] : undefined);
    files.set(file.path, file);
    at += isRename ? 3 : 2;
  }
  while (at < parts.length && parts[at] !== '') {
    const [, additions = '', deletions = '', path = ''] = /^([^\t]*)\t([^\t]*)\t(.*)$/s.exec(parts[at] ?? '') ?? [];
    const isRename = path === '';
    const file = files.get((isRename ? parts[at + 2] : path) ?? '');
    // A dash stands for a binary file.
    if (file) Object.assign(file, { additions: Number(additions) || 0, deletions: Number(deletions) || 0 });
    at += isRename ? 3 : 1;
  }
  return [...files.values()];
}

const statuses: Record<string, Status> = { A: 'added', C: 'added', D: 'deleted', R: 'renamed' };

function rawFile(record: string, from: string, to: string | undefined): ListedFile {
  const [, mode = '', , blob = '', letter = ''] = record.split(' ');
  const status = statuses[letter[0] ?? ''] ?? 'modified';
  const hasText = status !== 'deleted' && mode !== '160000' && mode !== '120000';
  return {
    path: to ?? from,
    ...(status === 'renamed' && { previousPath: from }),
    status,
    ...(hasText && { blob }),
    additions: 0,
    deletions: 0,
  };
}

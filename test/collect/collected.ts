import { collect } from '../../src/collect/collect.ts';
import type { Change } from '../../src/operations/change.ts';
import type { Host, ListedFile } from '../../src/host.ts';

/** What stands on the base branch, and at the head. */
export type Repository = { base: Record<string, string>; head: Record<string, string>; incomplete?: string };

/** A host over texts by path that counts what it is asked. Blob ids are the texts. */
export function hostOf({ base, head, incomplete }: Repository): { host: Host; asked: string[] } {
  const asked: string[] = [];
  const host: Host = {
    subject: () => Promise.resolve({ title: 't', description: 'd', author: 'ada', base: 'b', head: 'h' }),
    files: () => {
      asked.push('files');
      return Promise.resolve({ files: listed(base, head), ...(incomplete === undefined ? {} : { incomplete }) });
    },
    baseTree: () => {
      asked.push('tree');
      return Promise.resolve({ blobs: new Map(Object.entries(base)) });
    },
    baseText: (path) => {
      asked.push(`base ${path}`);
      return Promise.resolve(base[path]);
    },
    blob: (id) => {
      asked.push(`blob ${id}`);
      return Promise.resolve(id.startsWith('huge') ? { unread: 'larger than 2 MB' } : { text: id });
    },
  };
  return { host, asked };
}

function listed(base: Record<string, string>, head: Record<string, string>): ListedFile[] {
  const counts = { additions: 1, deletions: 0 };
  const deleted = Object.keys(base).filter((path) => head[path] === undefined);
  return [
    ...Object.entries(head)
      .filter(([path, text]) => base[path] !== text)
      .map(([path, blob]) => ({
        path,
        status: path in base ? ('modified' as const) : ('added' as const),
        blob,
        ...counts,
      })),
    ...deleted.map((path) => ({ path, status: 'deleted' as const, ...counts })),
  ];
}

/** The change as it is collected, and what was asked for. */
export function collected(repository: Repository): Promise<{ change: Change; asked: string[] }> {
  const { host, asked } = hostOf(repository);
  return collect(host, { ruleIds: ['drop-table'] }).then((change) => ({ change, asked }));
}

/** A migration in a place of Flyway. */
export const migration = 'db/migrations/V2__x.sql';

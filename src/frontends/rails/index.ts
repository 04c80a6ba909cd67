/** Rails: migrations in Ruby, and what the gems data_migrate, maintenance_tasks and after_party run beside them. */
import type { Frontend } from '../frontend.ts';
import { loadParser } from '../syntax/tree.ts';
import { findSchemaFile, placeOf } from './places.ts';

/** Most repositories need no reader of Ruby: it is loaded for the first migration that does. */
const loaded: { read?: Frontend['read'] } = {};

/** The frontend of Rails. */
export const rails: Frontend = {
  framework: 'rails',
  wants: (path) => placeOf(path) !== undefined,
  claim: ({ path, text }) => {
    const place = placeOf(path);
    if (!place) return undefined;
    if (place.kind === 'maintenance' && !/\bclass\s+\S+\s*<\s*(MaintenanceTasks::|\w*Task\b)/.test(text))
      return undefined;
    return { migration: path, part: 'both', ...(place.version === undefined ? {} : { version: place.version }) };
  },
  load: async () => {
    const { keepParser, readRails } = await import('./parse.ts');
    keepParser(await loadParser('ruby'));
    loaded.read = readRails;
  },
  read: (source) => {
    if (!loaded.read) throw new Error('the reader of Ruby is not loaded');
    return loaded.read(source);
  },
  schemaFile: findSchemaFile,
};

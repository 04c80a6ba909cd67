/** Rails: migrations in Ruby, and what the gems data_migrate, maintenance_tasks and after_party run beside them. */
import type { Frontend } from '../frontend.ts';
import { loadParser } from '../syntax/tree.ts';
import { keepParser, readRails } from './parse.ts';
import { findSchemaFile, placeOf } from './places.ts';

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
  load: async () => keepParser(await loadParser('ruby')),
  read: readRails,
  schemaFile: findSchemaFile,
};

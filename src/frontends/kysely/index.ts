/** Kysely: `export async function up(db)` with its schema builder and sql`…`. */
import type { Frontend } from '../frontend.ts';
import { exportedFunction, hasUp, mayBeScriptMigration, scriptVersion } from '../syntax/script-entry.ts';
import { readScript } from '../syntax/script-reading.ts';
import { loadScriptParser } from '../syntax/script-tree.ts';
import { chainAt } from '../syntax/script-value.ts';
import { kyselyHandle, foreign } from './parse.ts';

/** The frontend of Kysely. */
export const kysely: Frontend = {
  framework: 'kysely',
  wants: mayBeScriptMigration,
  claim: ({ path, text }) => {
    if (!mayBeScriptMigration(path) || !text.includes('ysely') || !hasUp(text)) return undefined;
    return { migration: path, part: 'both', version: scriptVersion(path) };
  },
  load: loadScriptParser,
  read: (source) =>
    readScript(source, {
      knowledge: () => ({ foreign }),
      entry: (module, direction, machine) => {
        const call = exportedFunction(module, direction);
        return call && { call, values: [chainAt(call, kyselyHandle, machine.when)] };
      },
      // All that is pending is one transaction where `supportsTransactionalDdl` of the adapter is true (src/dialect of Kysely).
      transaction: (_module, _machine, { database }) => {
        if (database === 'unknown') return 'unknown';
        return database === 'postgres' || database === 'sqlserver' ? 'wrapped' : 'none';
      },
    }),
};

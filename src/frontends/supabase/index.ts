/** Supabase CLI: supabase/migrations/20240101000000_x.sql, always PostgreSQL. */
import type { Transaction } from '../../operations/migration.ts';
import type { Frontend } from '../frontend.ts';
import { mayBeMigration, nameOf } from '../paths.ts';
import { countOutsideTransaction } from '../sql/outside-transaction.ts';
import { readDirections, type Direction } from '../sql/read-directions.ts';

/** The frontend of the Supabase CLI. */
export const supabase: Frontend = {
  framework: 'supabase',
  wants: (path) => mayBeMigration(path) && /(^|\/)supabase\/migrations\/\d+_[^/]*\.sql$/.test(path),
  claim: ({ path }) => {
    const version = /^\d+/.exec(nameOf(path))?.[0];
    return supabase.wants(path) && version !== undefined ? { migration: path, part: 'up', version } : undefined;
  },
  database: () => 'postgres',
  read: (source) => readDirections(source, { down: () => ({ kind: 'unsupported' }), transaction }),
};

/** The statements go as one pipeline, which is one transaction; newer versions of the CLI run those that refuse it by themselves: https://github.com/supabase/cli/pull/6276 */
function transaction({ stretches }: Direction): Transaction {
  return countOutsideTransaction(stretches).outside > 0 ? 'unknown' : 'wrapped';
}

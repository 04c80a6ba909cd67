/** A repository with a history of generated migrations. */
import { generatedMigrations } from './generated-migrations.ts';

export type BenchRepository = { base: Record<string, string>; added: Record<string, string> };

/** The base branch with `history` migrations, and a change that adds `added` more. */
export function benchRepository(history: number, added: number): BenchRepository {
  const migrations = generatedMigrations(history + added).map(
    ({ path, text }) => [`db/migrations/${path}`, text] as const,
  );
  return {
    base: {
      'go.mod': 'module shop\n\nrequire github.com/lib/pq v1.10.9\n',
      ...Object.fromEntries(migrations.slice(0, history)),
    },
    added: Object.fromEntries(migrations.slice(history)),
  };
}

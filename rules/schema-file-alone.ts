import type { SchemaCopy } from '../src/operations/migration.ts';
import { code, someOf, type Found, type Rule } from '../src/rule.ts';
import { driftCheckToAdd } from './advice/drift-check.ts';
import { firstLine } from './advice/lineage.ts';

/** The file that repeats the schema says something new, and no migration makes it so. */
export const schemaFileAlone: Rule = {
  id: 'schema-file-alone',
  title: 'The schema file changes without a migration',
  concerns: 'process',
  severity: 'warning',
  check: {
    change: ({ schemaCopies, deployments, standingDeployments }) =>
      schemaCopies.flatMap((copy) => {
        const { changes = [], framework } = copy;
        if (changes.length === 0) return [];
        const tables = someOf(
          changes.map((each) => code(each)),
          3,
        );
        const told = framework === 'prisma' ? ofModels(copy, tables) : ofDump(copy, tables);
        const check = driftCheckToAdd(framework, [...deployments, ...standingDeployments]);
        return [{ span: firstLine(copy), ...told, advice: `${told.advice}${check}` }];
      }),
  },
};

function ofDump({ path }: SchemaCopy, tables: string): Found {
  return {
    message: `${code(path)} says something else of ${tables}, and no migration here does it: databases that are made from it, as in tests, have what production never gets.`,
    advice:
      'If a migration was forgotten, add it. If the file was written from a database that is ahead or behind, put it back: `bin/rails db:migrate` on a database of the base branch writes it as it should be. If it catches up with a migration that is merged already, say so to the reviewer.',
  };
}

/** The client of Prisma names every column in its SELECTs. */
function ofModels({ path, adds = [] }: SchemaCopy, tables: string): Found {
  const happens =
    adds.length > 0
      ? `Prisma's client names every column in its queries: unless a migration that is merged already made it, those that read ${someOf(
          adds.map((each) => code(each)),
          3,
        )} fail with this release (${code('P2022')}, or ${code('P2021')} for a whole table), while \`prisma migrate deploy\` has nothing to do.`
      : "The client takes for granted what no database has, and the next `prisma migrate dev`, in someone else's change, writes it.";
  return {
    message: `${code(path)} says something else of ${tables}, and no migration here does it. ${happens}`,
    advice:
      'Write the migration with `prisma migrate dev --create-only` and add it to this pull request. If it catches up with one that is merged already, say so to the reviewer.',
  };
}

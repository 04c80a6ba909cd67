import { versionFacts, type Refusal } from '../src/operations/facts/versions.ts';
import type { Lineage, Migration, StandingMigration } from '../src/operations/migration.ts';
import { isSchemaOrData } from '../src/operations/operation-questions.ts';
import type { Span } from '../src/operations/operation.ts';
import { code, type Found, type Rule } from '../src/rule.ts';
import { comparable, firstLine, laterOnes, renumberAdvice, type Comparable } from './advice/lineage.ts';

/** A new migration sorts before one that stands on the base branch, and may have run. */
export const outOfOrderMigration: Rule = {
  id: 'out-of-order-migration',
  title: 'A new migration sorts before one that may have run',
  concerns: 'process',
  severity: 'error',
  check: {
    change: ({ lineages }) =>
      lineages.flatMap((lineage) => {
        const added = lineage.now.filter(({ status }) => status === 'added');
        const standing = added.length > 0 ? comparable(lineage) : [];
        return added.flatMap((migration) => findLate(migration, lineage, standing) ?? []);
      }),
  },
};

function findLate(
  migration: Migration,
  lineage: Lineage,
  standing: readonly Comparable[],
): (Found & { span: Span }) | undefined {
  const facts = versionFacts(lineage.framework);
  // Where revisions tell the order, names say nothing; Drizzle goes by the times of its journal.
  if (!facts || migration.parents || lineage.framework === 'drizzle') return undefined;
  const later = laterOnes(migration, standing);
  const last = later.at(-1);
  if (!last) return undefined;
  const refusal = lineage.allowsLate ? undefined : facts.late;
  return refusal ? refused(migration, last, refusal, lineage) : swapped(migration, later, lineage);
}

function refused(
  migration: Migration,
  last: StandingMigration,
  refusal: Refusal,
  lineage: Lineage,
): Found & { span: Span } {
  return {
    span: firstLine(migration),
    message: `${code(migration.path)} sorts before ${code(last.path)}, which is on the base branch. Where that has run, this comes too late: ${refusal.what}. New databases run it, so that tests pass.`,
    advice: renumberAdvice(migration, lineage),
  };
}

/** It runs late, which matters where both work on one table. */
function swapped(
  migration: Migration,
  later: readonly StandingMigration[],
  lineage: Lineage,
): (Found & { span: Span }) | undefined {
  const touched = tablesOf(migration);
  for (const other of later) {
    const table = other.tables?.find((name) => touched.includes(name));
    if (table === undefined) continue;
    return {
      span: firstLine(migration),
      severity: 'warning',
      message: `${code(migration.path)} sorts before ${code(other.path)}, which is on the base branch, and both work on ${code(table)}: databases that have run the other get this one after it, new ones before it, and end up different where the order matters.`,
      advice: renumberAdvice(migration, lineage),
    };
  }
  return undefined;
}

function tablesOf({ up }: Migration): string[] {
  return up.flatMap((operation) =>
    isSchemaOrData(operation) && 'table' in operation && operation.table !== undefined ? [operation.table] : [],
  );
}

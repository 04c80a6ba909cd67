/** What PostgreSQL does to indexes while others go on, said so that several statements can be corrected together. */
import { outsideTransaction } from '../../src/operations/facts/frameworks.ts';
import type { Migration } from '../../src/operations/migration.ts';
import type { Correction } from '../../src/rule.ts';
import { sendsOneByOne } from '../../src/writers/join-drafts.ts';
import type { Step } from '../../src/writers/step.ts';

/** A migration outside a transaction, and what is done with the index in the next one. */
export function builtOutside(migration: Migration, step: Step, ...next: readonly Step[]): Correction {
  const { how } = outsideTransaction(migration.framework);
  const lead = sendsOneByOne(migration)
    ? `In one migration of their own, ${how}:`
    : `Each in a migration of its own, ${how}:`;
  const attached = { lead: 'Then, in the next migration:', steps: next };
  return {
    cure: 'outside a transaction',
    migrations: [{ lead, steps: [step] }, ...(next.length > 0 ? [attached] : [])],
    ...(step.kind === 'createIndex' && { note: afterFailure }),
  };
}

/** https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY */
export const afterFailure = 'If the build fails, an invalid index remains: drop it before the next try.';

/** Constraints of PostgreSQL that are added unchecked, said so that several statements can be corrected together. */
import type { Migration } from '../../src/operations/migration.ts';
import type { Correction } from '../../src/rule.ts';
import type { Step } from '../../src/writers/step.ts';
import { inNextMigration } from './shared-run.ts';

/** Added without a look at the rows, then validated, and then what the proof is good for. */
export function checkedLater(
  migration: Migration,
  add: readonly Step[],
  validate: readonly Step[],
  rely: readonly Step[] = [],
  note?: string,
): Correction {
  const next = inNextMigration(migration);
  const relying = { lead: `Then, ${next}, what is proven needs no second look at the rows:`, steps: rely };
  return {
    cure: 'checked later',
    migrations: [
      { lead: 'First all of them `NOT VALID`, which locks each table for a moment only:', steps: add },
      {
        lead: `Then, ${next}, check the rows under SHARE UPDATE EXCLUSIVE, which lets reads and writes through:`,
        steps: validate,
      },
      ...(rely.length > 0 ? [relying] : []),
    ],
    ...(note !== undefined && { note }),
  };
}

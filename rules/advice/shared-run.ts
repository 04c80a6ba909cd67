/** Migrations that run together in one transaction. */
import { sharesTransaction, type Lineage, type Migration } from '../../src/operations/migration.ts';
import type { Operation, OperationOf, Span } from '../../src/operations/operation.ts';
import { code, type Found } from '../../src/rule.ts';

/** Constraints that one new migration of a database adds and another one validates, so that they are locked all the while. */
export function findInRun({ now }: Lineage): (Found & { span: Span })[] {
  const made = new Set(
    now.flatMap(({ up }) => up.flatMap((each) => (each.kind === 'createTable' ? [each.table] : []))),
  );
  const run = now.filter(
    (each) => each.status === 'added' && each.database === 'postgres' && sharesTransaction(each) && !commits(each),
  );
  return run.flatMap((migration) =>
    migration.up.flatMap((each) =>
      each.kind === 'validateConstraint' && !made.has(each.table) ? (find(each, migration, run) ?? []) : [],
    ),
  );
}

function find(
  { table, name, span }: OperationOf<'validateConstraint'>,
  migration: Migration,
  run: readonly Migration[],
): (Found & { span: Span }) | undefined {
  const isAddition = (each: Operation) =>
    each.kind === 'addConstraint' && each.table === table && each.constraint.name === name;
  const other = run.find((each) => each !== migration && each.up.some(isAddition));
  if (!other) return undefined;
  return {
    span,
    message: `${code(other.path)} adds ${code(name)}, and revisions that run together share one transaction: its lock on ${code(table)} is held while every row is checked here, so that \`NOT VALID\` gains nothing.`,
    advice:
      '`transaction_per_migration=True` in `context.configure(…)` of `env.py`; or the validation inside `with op.get_context().autocommit_block():`; or in a later deploy.',
  };
}

/** It ends the transaction that it began in, as `autocommit_block()` does. */
function commits({ up }: Migration): boolean {
  return up.some(({ kind }) => kind === 'commit');
}

const unlessEach = 'unless `env.py` says `transaction_per_migration=True`';

/** How steps are kept apart that must not share a transaction: the beginning of a sentence. */
export function ofTheirOwn(migration: Migration): string {
  return sharesTransaction(migration)
    ? `Migrations of their own, each in a run of \`alembic upgrade\` of its own ${unlessEach}`
    : 'Migrations of their own';
}

/** Where the step after another one belongs, so that it does not run under the lock of that. */
export function inNextMigration(migration: Migration): string {
  return sharesTransaction(migration)
    ? `in the next migration (in a later run of \`alembic upgrade\`, ${unlessEach})`
    : 'in the next migration';
}

/** Migrations that run together in one transaction. */
import { sharedRunOf, type SharedRun } from '../../src/operations/facts/frameworks.ts';
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
  const shared = sharedRunWith(migration);
  if (!other || !shared) return undefined;
  const { files, setting } = shared;
  return {
    span,
    message: `${code(other.path)} adds ${code(name)}, and ${files} that run together share one transaction: its lock on ${code(table)} is held while every row is checked here, so that \`NOT VALID\` gains nothing.`,
    advice: `${setting === undefined ? 'The validation' : `${setting}; or the validation`} ${migration.framework === 'alembic' ? 'inside `with op.get_context().autocommit_block():`; or ' : ''}in a later deploy.`,
  };
}

/** It ends the transaction that it began in, as `autocommit_block()` does. */
function commits({ up }: Migration): boolean {
  return up.some(({ kind }) => kind === 'commit');
}

/** How steps are kept apart that must not share a transaction: the beginning of a sentence. */
export function ofTheirOwn(migration: Migration): string {
  const run = sharedRunWith(migration);
  return run
    ? `Migrations of their own, each in a run of ${run.run} of its own${unless(run)}`
    : 'Migrations of their own';
}

/** Where the step after another one belongs, so that it does not run under the lock of that. */
export function inNextMigration(migration: Migration): string {
  const run = sharedRunWith(migration);
  return run ? `in the next migration (in a later run of ${run.run}${unless(run, ',')})` : 'in the next migration';
}

/** What the migration shares its transaction with, or undefined where that is its own. */
export function sharedRunWith(migration: Migration): SharedRun | undefined {
  return sharesTransaction(migration) ? sharedRunOf(migration.framework) : undefined;
}

function unless({ unless: each }: SharedRun, mark = ''): string {
  return each === undefined ? '' : `${mark} unless ${each}`;
}

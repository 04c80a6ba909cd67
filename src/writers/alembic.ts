/** Migrations in the words of Alembic. */
import { alembicType, isOfPostgres } from './alembic-type.ts';
import { alembicWords, textOf } from './alembic-words.ts';
import { indented, linesOf } from './lines.ts';
import { stepSql } from './sql.ts';
import type { Step } from './step.ts';
import type { Target, Writer } from './writer.ts';

export const alembicWriter: Writer = {
  language: 'python',
  write: ({ target, up, down, outside }) => {
    const forth = bodyOf(up, target, outside);
    const back = down && bodyOf(down, target, outside);
    return (
      forth && [
        ...importLines([...up, ...(down ?? [])], target),
        ...functionOf('upgrade', forth),
        '',
        '',
        ...functionOf('downgrade', back ?? ['raise NotImplementedError']),
      ]
    );
  },
};

/** Other names than `op` and `sa`, which the template of Alembic imports. */
function importLines(steps: readonly Step[], target: Target): string[] {
  const isNeeded = steps.some((step) => typesIn(step, target).some(isOfPostgres));
  return isNeeded ? ['from sqlalchemy.dialects import postgresql', '', ''] : [];
}

function typesIn(step: Step, target: Target): string[] {
  if (!alembicWords(step, target)) return [];
  const types = step.kind === 'addColumn' ? [step.column.type] : [];
  if (step.kind === 'alterColumn') types.push(step.type, step.was?.type);
  if (step.kind === 'forgetColumn') types.push(step.was?.type);
  return types.flatMap((type) => alembicType(type, target.database) ?? []);
}

function functionOf(name: string, body: readonly string[]): string[] {
  return [`def ${name}():`, ...indented(body.length === 0 ? ['pass'] : body, 4)];
}

function bodyOf(steps: readonly Step[], target: Target, outside: boolean): string[] | undefined {
  const words = (step: Step): string[] | undefined =>
    step.kind === 'fillColumn' ? fillLines(step, target) : alembicWords(step, target);
  const lines = linesOf(steps, target, words, (sql) => [`op.execute(${textOf(sql)})`]);
  if (!lines || !outside || lines.length === 0) return lines;
  return [autocommitBlock, ...indented(lines, 4)];
}

/** https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.migration.MigrationContext.autocommit_block */
export const autocommitBlock = 'with op.get_context().autocommit_block():';

/** Batch after batch until one finds no row any more, each committed by itself. */
function fillLines(step: Extract<Step, { kind: 'fillColumn' }>, { database }: Target): string[] | undefined {
  const sql = stepSql(step, database);
  // SQLite has one writer, and one statement for all rows; what a batch is differs from database to database.
  if (sql === undefined || database === 'sqlite' || database === 'unknown') return undefined;
  return [`batch = sa.text(${textOf(sql)})`, 'while op.get_bind().execute(batch).rowcount > 0:', '    pass'];
}

/** What stands when a phase stops half-way, and how to go on. */
import { beforeNextRun, sharedRunOf } from '../operations/facts/frameworks.ts';
import { sharesTransaction, type Migration } from '../operations/migration.ts';
import { code } from '../rule.ts';
import { stepStatements } from '../writers/sql.ts';
import { takeBack, type Step } from '../writers/step.ts';
import type { DraftMigration } from '../writers/write-migration.ts';
import { areUndoneTogether } from './situation.ts';

/** One sentence for each statement that may fail; Markdown. */
export function whatStands(migrations: readonly DraftMigration[], migration: Migration): string {
  const files = migrations.map(({ steps }) => steps.filter(isSent));
  const steps = files.flat();
  if (steps.length === 0) return 'Nothing of the schema changes.';
  if (steps.some(({ kind }) => kind === 'fillColumn'))
    return 'What is filled stays filled; run it again, and it goes on with the rows that are left.';
  const again = runAgain(migration);
  if (steps.some(isConcurrent) && migration.database === 'postgres')
    return `An invalid index remains if the build fails: drop it with \`DROP INDEX CONCURRENTLY\`, and ${again}.${earlier(files)}`;
  const shared = sharesTransaction(migration) ? sharedRunOf(migration.framework) : undefined;
  if (areUndoneTogether(migration.database) && migration.transaction !== 'none')
    return shared
      ? `Nothing of the run${files.length > 1 ? ' that fails' : ''}: the ${shared.files} of one share a transaction${shared.unless === undefined ? '' : `, unless ${shared.unless}`}; ${again}.${files.length > 1 ? ' The runs before it stay.' : ''}`
      : `Nothing of the file that fails${migration.transaction === 'wrapped' ? '' : ', where it runs in a transaction'}; ${again}.${earlier(files)}`;
  if (steps.length === 1) return `Nothing: one statement is done or it is not; ${again}.`;
  return stepByStep(files, migration, again);
}

/** Django and its like keep some things in the program alone. */
function isSent(step: Step): boolean {
  return (
    step.kind !== 'fillNewRows' &&
    step.kind !== 'forgetTable' &&
    !(step.kind === 'forgetColumn' && step.was?.nullable === true)
  );
}

function isConcurrent(step: Step): boolean {
  return 'concurrently' in step && step.concurrently !== undefined;
}

function earlier(files: readonly unknown[]): string {
  return files.length > 1 ? ' The files before it stay.' : '';
}

function runAgain({ framework, database, transaction }: Migration): string {
  const first = beforeNextRun(framework, areUndoneTogether(database) && transaction !== 'none');
  return first === undefined ? 'run it again' : `run it again, after you ${first}`;
}

/** Every statement commits by itself. */
function stepByStep(files: readonly (readonly Step[])[], migration: Migration, again: string): string {
  const steps = files.flat();
  const isAlone = files.every((each) => each.length <= 1);
  const one = isAlone ? 'file' : 'statement';
  const sentences = steps.map((_, at) => {
    if (at === 0) return `If ${one} 1 fails, nothing stands; ${again}.`;
    const done = steps.slice(0, at);
    const go = isAlone ? again : `take out what is done, and ${again}`;
    return `If ${one} ${at + 1} fails, this stands: ${done.map(resultOf).join(', ')}; ${go}${orBack(done, migration)}.`;
  });
  return sentences.join(' ');
}

function orBack(done: readonly Step[], { database }: Migration): string {
  const back = takeBack(done)?.flatMap((step) => stepStatements(step, database));
  if (back === undefined || back.length === 0 || back.includes(undefined)) return '';
  return `, or give it up with ${code(back.join(' '), 300)}`;
}

/** What a step leaves behind. */
function resultOf(step: Step): string {
  switch (step.kind) {
    case 'addColumn':
      return `the column ${code(step.column.name)}`;
    case 'dropColumn':
      return `${code(step.column)} is gone`;
    case 'createIndex':
      return `the index ${code(step.index.name ?? '')}`;
    case 'dropIndex':
      return `the index ${code(step.name)} is gone`;
    case 'addConstraint':
      return `the constraint ${code(step.constraint.name ?? '')}`;
    case 'dropConstraint':
      return `the constraint ${code(step.name ?? '')} is gone`;
    case 'alterColumn':
    case 'forgetColumn':
      return `${code(step.column)} is changed`;
    case 'renameColumn':
    case 'renameTable':
      return `the name ${code(step.to)}`;
    case 'dropTable':
    case 'forgetTable':
      return `${code(step.table)} is gone`;
    case 'validateConstraint':
      return `${code(step.name)} is checked`;
    case 'sql':
      return code(step.sql, 200);
    case 'fillColumn':
    case 'fillNewRows':
      return `what is filled of ${code(typeof step.column === 'string' ? step.column : step.column.name)}`;
  }
}

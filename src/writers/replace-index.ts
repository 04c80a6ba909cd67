/** An index that takes the place of another: queries are to have one of them all the while. */
import { columnSql, madeUpName, tableSql } from './identifier.ts';
import type { Step } from './step.ts';
import type { DraftMigration } from './write-migration.ts';

/** What is dropped from a table comes after what is built on it; one whose name is wanted steps aside for as long. */
export function buildBeforeDrop(drafts: readonly DraftMigration[]): DraftMigration[] {
  const builds = drafts.flatMap(({ steps }) => steps.filter((step) => step.kind === 'createIndex'));
  const aside: DraftMigration[] = [];
  const last: DraftMigration[] = [];
  const others: DraftMigration[] = [];
  for (const draft of drafts) {
    const [step, ...more] = draft.steps;
    const isReplaced =
      step?.kind === 'dropIndex' && more.length === 0 && builds.some(({ table }) => table === step.table);
    if (!isReplaced) {
      others.push(draft);
      continue;
    }
    const isNameWanted = builds.some(({ table, index }) => table === step.table && index.name === step.name);
    if (isNameWanted) aside.push({ steps: [stepAside(step)] });
    last.push(isNameWanted ? { ...draft, steps: [dropAside(step)] } : draft);
  }
  return [...aside, ...others, ...last];
}

type DropIndex = Extract<Step, { kind: 'dropIndex' }>;

/** SHARE UPDATE EXCLUSIVE since PostgreSQL 12, which lets reads and writes through: https://www.postgresql.org/docs/current/sql-alterindex.html */
function stepAside({ name }: DropIndex): Step {
  const asideSql = columnSql(asideOf(name), 'postgres');
  const dot = name.indexOf('.');
  const schema = dot > 0 ? `${columnSql(name.slice(0, dot), 'postgres')}.` : '';
  const own = columnSql(name.slice(dot + 1), 'postgres');
  return {
    kind: 'sql',
    sql: `ALTER INDEX ${tableSql(name, 'postgres')} RENAME TO ${asideSql};`,
    back: `ALTER INDEX ${schema}${asideSql} RENAME TO ${own};`,
  };
}

function dropAside(step: DropIndex): Step {
  const { name, was } = step;
  const dot = name.indexOf('.');
  const aside = `${dot > 0 ? name.slice(0, dot + 1) : ''}${asideOf(name)}`;
  return { ...step, name: aside, ...(was && { was: { ...was, name: aside } }) };
}

function asideOf(name: string): string {
  return `${madeUpName(name).slice(0, 56)}_old`;
}

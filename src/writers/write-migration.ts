/** Prints migrations: steps in the words of the framework at hand, so that they can be pasted. */
import { outsideTransaction } from '../operations/facts/frameworks.ts';
import { alembicWriter, autocommitBlock } from './alembic.ts';
import { djangoWriter } from './django.ts';
import { dbMigrateWriter } from './db-migrate.ts';
import { knexWriter } from './knex.ts';
import { kyselyWriter } from './kysely.ts';
import { mikroOrmWriter } from './mikro-orm.ts';
import { nodePgMigrateWriter } from './node-pg-migrate.ts';
import { railsWriter } from './rails.ts';
import { sequelizeWriter } from './sequelize.ts';
import { sqlWriter } from './sql-files.ts';
import { takeBack, type Step } from './step.ts';
import { typeormWriter } from './typeorm.ts';
import type { Language, Target, Writer } from './writer.ts';

export type Written = { language: Language; lines: string[] };

/** The body of a migration that does the steps and, where that is known, takes them back; undefined where the database cannot do one of them, or a part of one is not known. */
export function writeMigration(target: Target, steps: readonly Step[], outside = false): Written | undefined {
  if (hasHole(steps)) return undefined;
  // A backfill commits each batch, so that its locks do not add up.
  const isApart = outside || steps.some((step) => step.kind === 'fillColumn');
  const byHand = isApart && outsideTransaction(target.framework).byHand === true;
  const writer = byHand ? sqlWriter : writerOf(target);
  const back = takeBack(steps);
  const down = back && !hasHole(back) ? back : undefined;
  const lines = writer.write({ target, up: steps, outside: isApart, ...(down && { down }) });
  return lines && { language: writer.language, lines };
}

/** A type or a name that the program works out when it runs cannot be pasted. */
function hasHole(steps: readonly Step[]): boolean {
  return /\b_(?:computed|c{3,})/.test(
    JSON.stringify(steps, (key, value: unknown) => (key === 'was' ? undefined : value)),
  );
}

/** True where what fills rows commits batch by batch: Rails alone has words for that which hold for every database. */
export function canFillInBatches({ framework, database }: Pick<Target, 'framework' | 'database'>): boolean {
  return database !== 'unknown' || framework === 'rails';
}

/** What the author of a migration states in it, because no reader can know that what comes before it is done. */
export type Allowance = { rules: readonly string[]; because: string };

/** One migration of several that follow each other. */
export type DraftMigration = { steps: readonly Step[]; allow?: Allowance };

/** A migration of several: outside a transaction where a step asks for that, and with what its author states. */
export function writePhase(target: Target, { steps, allow }: DraftMigration): Written | undefined {
  const written = writeMigration(
    target,
    steps,
    steps.some((step) => runsOutside(step, target)),
  );
  if (!written || !allow) return written;
  const stated = `${comment[written.language]} plimsoll: allow ${allow.rules.join(', ')}, because ${allow.because}`;
  return { ...written, lines: aboveFirst(stated, written.lines) };
}

/** A comment speaks of the statement below it; the block of Alembic commits what stands before it, which is one of its own. */
function aboveFirst(stated: string, lines: readonly string[]): string[] {
  const block = lines.findIndex((line) => line.trim() === autocommitBlock);
  const first = lines[block + 1] ?? '';
  return block < 0
    ? [stated, ...lines]
    : lines.toSpliced(block + 1, 0, `${first.slice(0, first.search(/\S/))}${stated}`);
}

/** What a comment begins with. */
export const comment: Record<Language, string> = { sql: '--', ruby: '#', python: '#', ts: '//' };

/** Batches commit one by one, and concurrent builds of PostgreSQL refuse a transaction. */
export function runsOutside(step: Step, { database }: Target): boolean {
  if (step.kind === 'fillColumn') return database !== 'sqlite';
  return database === 'postgres' && 'concurrently' in step && step.concurrently !== undefined;
}

/** SQL files among those of a framework of programs stay SQL. */
function writerOf({ framework, path }: Target): Writer {
  if (path.endsWith('.sql') || !isOfProgram({ framework })) return sqlWriter;
  return writers[framework] ?? sqlWriter;
}

/** True for frameworks whose migrations are programs. */
export function isOfProgram({ framework }: Pick<Target, 'framework'>): boolean {
  return Object.hasOwn(writers, framework);
}

const writers: Record<string, Writer | undefined> = {
  rails: railsWriter,
  django: djangoWriter,
  alembic: alembicWriter,
  typeorm: typeormWriter,
  knex: knexWriter,
  sequelize: sequelizeWriter,
  'node-pg-migrate': nodePgMigrateWriter,
  kysely: kyselyWriter,
  'mikro-orm': mikroOrmWriter,
  'db-migrate': dbMigrateWriter,
};

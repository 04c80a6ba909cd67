/** The boxes that a change calls for: at most five, each because of certain migrations. */
import { provableBoxes, type Configuration, type ProvableBox } from '../operations/configuration.ts';
import { isData, isSchema } from '../operations/operation-questions.ts';
import type { Operation } from '../operations/operation.ts';
import { opaqueOperations, type Migration } from '../operations/migration.ts';
import type { Answer } from '../plan/plan.ts';
import type { ChecklistItem, Finding, MigrationReport, Suppressed, Who } from '../report.ts';
import { code, someOf } from '../rule.ts';
import { changesShape, isFixedRows, isToldElsewhere, isValueMaker, losesData, narrowsRows } from './box-questions.ts';
import { digestOf } from './digest.ts';
import { mutedErrors, namesOfMuted } from './muted-errors.ts';

/** What the questions look at: the migrations that will run, and the tables that are not new. */
export type Asked = {
  migrations: readonly Migration[];
  reports: readonly MigrationReport[];
  findings: readonly Finding[];
  suppressed: readonly Suppressed[];
  /** True for an operation on a table that was there before the change. */
  onExisting: (operation: Operation) => boolean;
  /** True for a column that only gets more room, so that the running release notices nothing. */
  isWidened: (operation: Operation, migration: Migration) => boolean;
  /** True for what no row that is there can break. */
  takesEveryRow: (operation: Operation, migration: Migration) => boolean;
  monkeyPatched: boolean;
  /** Checks that answer boxes, as configured. */
  proofs: Configuration['proofs'];
  /** Questions of the roll-out plan that the change itself does not answer. */
  unanswered: readonly Answer[];
};

/** The boxes, most telling first within each side; a reviewer always has one where there is any. */
export function checklist(asked: Asked): ChecklistItem[] {
  const running = asked.migrations.filter(isRunning);
  const items: ChecklistItem[] = [];
  for (const question of questions) {
    const because = running.filter((migration) => question.asks(migration, asked)).map(({ path }) => path);
    const beside = question.beside?.(asked);
    if (because.length === 0 && beside === undefined) continue;
    const paths = [...new Set([...because, ...(beside ?? [])])];
    const proof = provable(question.id) ? asked.proofs[question.id] : undefined;
    items.push({
      id: question.id,
      text: textOf(question, asked),
      who: question.who,
      because: paths,
      ...(proof === undefined ? {} : { proof }),
      digest: digestFor(paths, asked, question.binds?.(asked)),
    });
  }
  return limited(items);
}

/** What sends nothing either way, such as a change of a model that the database does not see, asks for nobody's word. */
function isRunning({ status, up, down }: Migration): boolean {
  const back = down.kind === 'written' ? down.operations : [];
  return status !== 'deleted' && [...up, ...back].some(({ kind }) => kind !== 'noEffect');
}

function provable(id: string): id is ProvableBox {
  return provableBoxes.some((box) => box === id);
}

function textOf({ id, text, names, about }: Question, asked: Asked): string {
  const open = asked.unanswered.find(({ box }) => box === id)?.about;
  if (open && about) return about(listedNames(open));
  return names ? `${text}: ${names(asked)}` : text;
}

/** A box is one line. */
const mostNamed = 3;

function listedNames(all: readonly string[]): string {
  return someOf(
    all.map((name) => code(name, 60)),
    mostNamed,
  );
}

const mostItems = 5;

function limited(items: ChecklistItem[]): ChecklistItem[] {
  const kept = new Set(
    rank
      .map((id) => items.find((item) => item.id === id))
      .filter((item) => item !== undefined)
      .slice(0, mostItems),
  );
  return items.filter((item) => kept.has(item));
}

function digestFor(paths: string[], asked: Asked, also: unknown): string {
  const asking = new Set(paths);
  const content = asked.reports.filter((report) => asking.has(report.path)).map(({ path, digest }) => [path, digest]);
  return digestOf(also === undefined ? content : [content, also]);
}

type Question = {
  id: string;
  text: string;
  who: Who;
  /** Paths that call for it besides, however few; undefined where nothing else does. */
  beside?: (asked: Asked) => string[] | undefined;
  /** What it is about, by name, to close the text. */
  names?: (asked: Asked) => string;
  /** The text where the roll-out plan leaves a question to this box, with what it asks about. */
  about?: (names: string) => string;
  /** What a tick is bound to beside the content of the migrations. */
  binds?: (asked: Asked) => unknown;
  asks: (migration: Migration, asked: Asked) => boolean;
};

/** In the order in which they are printed. */
const questions: Question[] = [
  {
    id: 'ran-on-copy',
    text: 'Ran it, up and down where there is a down, on a copy with realistic rows',
    about: (names) =>
      `Ran it, up and down where there is a down, on a copy with as many rows of ${names} as production has`,
    who: 'author',
    asks: () => true,
  },
  {
    id: 'old-release-works',
    text: 'The release that runs now keeps working while this is live, and after a rollback of the code',
    who: 'author',
    asks: (migration, asked) => changesWhatStands(migration, asked, changesShape, asked.isWidened),
  },
  {
    id: 'rows-counted',
    text: 'Counted the rows in production that would break the new rule (duplicates, orphans, NULLs), and closed their source',
    who: 'author',
    asks: (migration, asked) => changesWhatStands(migration, asked, narrowsRows, asked.takesEveryRow),
  },
  {
    id: 'backfill-repeatable',
    text: 'The data change runs in batches, can be run again, and rows written meanwhile get the value too',
    who: 'author',
    asks: writesOldRows,
  },
  {
    id: 'nothing-reads-it',
    text: 'The release that stopped using what is dropped is deployed everywhere, and a backup exists or the data is worthless',
    who: 'author',
    asks: (migration, asked) => migration.up.some((operation) => asked.onExisting(operation) && losesData(operation)),
  },
  {
    id: 'stored-names',
    text: 'Rows, queued jobs and caches that name what is renamed are written anew, or still resolve',
    about: (names) => `Rows, queued jobs and caches that say ${names} are written anew, or still resolve`,
    who: 'author',
    asks: (migration, asked) => isLeftTo('stored-names', asked) && migration.status !== 'deleted',
  },
  {
    id: 'patch-included',
    text: 'This contains what was patched into production by hand, and the next deployment includes it',
    who: 'author',
    beside: ({ monkeyPatched, migrations }) => (monkeyPatched ? migrations.map(({ path }) => path) : undefined),
    asks: () => false,
  },
  {
    id: 'read-sql',
    text: 'Read the statements that will be sent, and agrees with the pauses that they cause',
    who: 'reviewer',
    asks: () => true,
  },
  {
    id: 'agrees-with-muted',
    text: 'Agrees that the errors which the author muted are no reason to wait',
    who: 'reviewer',
    names: (asked) => namesOfMuted(mutedErrors(asked), asked.migrations),
    // The comment that mutes is no part of what a migration does.
    binds: (asked) =>
      mutedErrors(asked).map(({ rule, path, message, marker, reason, digest }) => [
        rule,
        path,
        message,
        marker,
        reason,
        digest,
      ]),
    beside: mutedBeside,
    asks: ({ path }, asked) => mutedErrors(asked).some((finding) => finding.path === path),
  },
  {
    id: 'read-unread',
    text: 'Read the parts that Plimsoll could not read',
    who: 'reviewer',
    asks: (migration) => opaqueOperations(migration).length > 0,
  },
  {
    id: 'takes-back',
    text: 'Knows how to take it back, and what stands if it stops half-way',
    who: 'reviewer',
    asks: (migration, asked) =>
      migration.up.some((operation) => asked.onExisting(operation) && losesData(operation)) ||
      writesOldRows(migration, asked) ||
      stopsHalfWay(migration, asked) ||
      (isLeftTo('takes-back', asked) && migration.transaction === 'unknown' && changesTwice(migration, asked)),
  },
];

/** Every box that there is, by its id. */
export const boxes: readonly string[] = questions.map(({ id }) => id);

/** Which boxes stay when more than five are called for: the most telling first. */
const rank = [
  'ran-on-copy',
  'read-sql',
  'agrees-with-muted',
  'read-unread',
  'nothing-reads-it',
  'patch-included',
  'stored-names',
  'rows-counted',
  'backfill-repeatable',
  'takes-back',
  'old-release-works',
];

/** Manifests, programs, models and empty migrations hold no statements, and are asked about all the same. */
function mutedBeside(asked: Asked): string[] | undefined {
  const running = new Set(asked.migrations.filter(isRunning).map(({ path }) => path));
  const paths = mutedErrors(asked).flatMap(({ path }) => (running.has(path) ? [] : [path]));
  return paths.length > 0 ? paths : undefined;
}

function changesWhatStands(
  migration: Migration,
  asked: Asked,
  does: (operation: Operation) => boolean,
  isHarmless: Asked['isWidened'],
): boolean {
  return migration.up.some((each) => asked.onExisting(each) && does(each) && !isHarmless(each, migration));
}

function writesOldRows(migration: Migration, asked: Asked): boolean {
  const data = migration.up.filter((each) => asked.onExisting(each) && isData(each));
  const written = data.filter((each) => !isToldElsewhere(each) && !isFixedRows(each, migration));
  if (!written.every(isValueMaker)) return true;
  return written.length > 0 && !migration.up.some((each) => each.kind === 'insertRows' && !asked.onExisting(each));
}

/** MySQL and MariaDB commit with every statement that changes the schema. */
function stopsHalfWay(migration: Migration, asked: Asked): boolean {
  const implicit = migration.database === 'mysql' || migration.database === 'mariadb';
  return implicit && changesTwice(migration, asked);
}

function changesTwice(migration: Migration, asked: Asked): boolean {
  const changes = migration.up.filter((operation) => asked.onExisting(operation) && isSchema(operation));
  return new Set(changes.map((operation) => operation.statement)).size > 1;
}

function isLeftTo(box: string, { unanswered }: Asked): boolean {
  return unanswered.some((each) => each.box === box);
}

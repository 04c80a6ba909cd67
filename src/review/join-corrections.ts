/** Findings of one file that are corrected alike, and the migrations that correct all of them. */
import type { Change } from '../operations/change.ts';
import type { Migration } from '../operations/migration.ts';
import type { Name } from '../operations/name.ts';
import type { JoinedCorrection } from '../report.ts';
import type { Correction } from '../rule.ts';
import { fence } from '../writers/fence.ts';
import { joinDrafts } from '../writers/join-drafts.ts';
import { comment, writePhase, type DraftMigration } from '../writers/write-migration.ts';
import type { Said } from './walk.ts';

/** What was said, each with the number of the correction that it shares with others, and those corrections. */
export function joinCorrections(
  said: readonly Said[],
  change: Change,
): { said: Said[]; corrections: JoinedCorrection[] } {
  const corrections: JoinedCorrection[] = [];
  const numbers = new Map<Said, number>();
  for (const { migration, all } of alikeIn(said)) {
    const printed = printJoined(
      migration,
      all.flatMap((each) => each.correction ?? []),
      change,
    );
    if (!printed) continue;
    const number = corrections.length + 1;
    corrections.push({ number, path: migration.path, findings: all.length, ...printed });
    for (const each of all) numbers.set(each, number);
  }
  return {
    said: said.map((each) => {
      const joined = numbers.get(each);
      return joined === undefined ? each : { ...each, finding: { ...each.finding, joined } };
    }),
    corrections,
  };
}

type Group = { migration: Migration; all: Said[] };

/** In the order of the lines. */
function alikeIn(said: readonly Said[]): Group[] {
  const groups = new Map<string, Group>();
  for (const each of said) {
    const { migration, correction } = each;
    if (!migration || !correction) continue;
    const key = `${migration.path}\n${correction.cure}`;
    const group = groups.get(key) ?? { migration, all: [] };
    groups.set(key, group);
    group.all.push(each);
  }
  return [...groups.values()]
    .filter(({ all }) => all.length > 1)
    .map(({ migration, all }) => ({ migration, all: all.toSorted(byPlace) }));
}

function byPlace({ finding: one }: Said, { finding: other }: Said): number {
  return one.startLine - other.startLine || (one.startColumn ?? 0) - (other.startColumn ?? 0);
}

/** Undefined where one of them cannot be printed. */
function printJoined(
  migration: Migration,
  corrections: readonly Correction[],
  { configuration: { tables } }: Change,
): Pick<JoinedCorrection, 'migrations' | 'text'> | undefined {
  const isBusy = (table: Name) => Object.hasOwn(tables, table) && ['large', 'hot'].includes(tables[table] ?? '');
  const turns = joinDrafts(
    migration,
    corrections.map(({ migrations }) => migrations.map(({ lead: _lead, ...draft }) => draft)),
    isBusy,
  );
  const texts: string[] = [];
  for (const [turn, drafts] of turns.entries()) {
    const printed = printTurn(migration, drafts);
    if (printed === undefined) return undefined;
    const lead = corrections.flatMap(({ migrations }) => migrations[turn]?.lead ?? [])[0] ?? '';
    texts.push(`${lead}\n\n${printed}`);
  }
  const notes = new Set(corrections.flatMap(({ note }) => note ?? []));
  return { migrations: turns.flat().length, text: [...texts, ...notes].join('\n\n') };
}

/** One fence for all of a turn. Where that is several files, each begins with its number. */
function printTurn(migration: Migration, drafts: readonly DraftMigration[]): string | undefined {
  const lines: string[] = [];
  let language = '';
  for (const [at, draft] of drafts.entries()) {
    const written = writePhase(migration, draft);
    if (!written) return undefined;
    language = written.language;
    const number = `${comment[written.language]} Migration ${at + 1} of ${drafts.length}`;
    lines.push(...(at > 0 ? [''] : []), ...(drafts.length > 1 ? [number] : []), ...written.lines);
  }
  return fence(language, lines);
}

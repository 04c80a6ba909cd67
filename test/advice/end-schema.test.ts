/** On PostgreSQL, a correction ends where the migration would have ended: in a real database, and, by thirds of the sections, in whatever framework it is written. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureFor } from '../truth/fixture.ts';
import { startServer, type Server } from '../truth/server.ts';
import { endOf, operationsOf, placeOf, sqlOf, statementsIn } from './end-of.ts';
import { databasesOf, migrationsIn, toldIn, type Told } from './told.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** Rules whose corrections end elsewhere on purpose, and why. */
const elsewhere: Record<string, string> = {
  'blocking-partition-detach': 'CONCURRENTLY leaves the bounds as a check on what was the partition',
  'foreign-key-type': 'the column gets the type that it should have had',
  'foreign-key-without-index': 'the index is what was missing',
  'unique-column-with-default': 'its default would be one value for all rows',
  'json-column': 'the column gets the type that it should have had',
};

/** Sections whose advice goes on for every partition, which no migration of the section names, leaves a type that goes later, adds the index that a key needs, takes along what points to a key, or adds a column with a default that passes in place of none or another. */
const unfinished = new Set([
  'all partitions at once',
  'it fails',
  'another type that takes the old name',
  'hidden in a column with a default',
  'a key, and what points to it',
  'a check that no row passes',
  'a check that no row passes, not valid yet',
  'validated at once, and no row passes',
  'a column that is still empty',
  'a column that is still empty, and not valid yet',
]);

describe.each(Object.keys(databasesOf))('in %s', async (framework) => {
  const all = (await toldIn(framework, ['postgres'])).filter(
    ({ rule, finding }) => !Object.hasOwn(elsewhere, rule) && migrationsIn(finding.advice).length > 0,
  );
  test.each([...Map.groupBy(all, ({ rule }) => rule)])('%s', async (_rule, told) => {
    for (const each of told) {
      const ends = await endsOf(each);
      if (ends) expect(ends.corrected, `${each.section}\n${each.finding.advice}`).toEqual(ends.written);
    }
  });
});

/** Both ends; undefined where the section is several files, or the fences hold what cannot be said as SQL again. */
async function endsOf({ framework, section, finding, page, report }: Told): Promise<Ends | undefined> {
  const [migration, second] = report.migrations;
  const operation = migration?.operations.find(
    ({ span }) => span.startLine === finding.startLine && span.endLine === finding.endLine,
  );
  if (!migration || second || !operation || unfinished.has(section)) return undefined;
  // What else the statement does would be left out.
  if (migration.operations.some((each) => each !== operation && each.statement === operation.statement))
    return undefined;
  const texts = (state: string) => page.filter((file) => file.path.endsWith('.sql') && file.state === state);
  const standing = texts('before').flatMap(({ text }) => statementsIn(text));
  const written = texts('after').flatMap(({ text }) => statementsIn(text));
  const fences = await Promise.all(migrationsIn(finding.advice).map((each) => sqlOf(framework, each)));
  const flat = fences.includes(undefined) ? undefined : fences.flatMap((each) => each ?? []);
  if (!flat) return undefined;
  const corrected = written.toSpliced(placeOf(operation, migration.operations), 1, ...flat);
  const earlier = await Promise.all(texts('before').map(({ text }) => operationsOf('golang-migrate', text)));
  const base = [...fixtureFor([...earlier.flat(), ...migration.operations]), ...standing];
  const end = await endOf(server, base, written).catch(() => undefined);
  // The page shows that it fails.
  if (!end) return undefined;
  // A correction may stand for more than the statement that is flagged.
  const other = await endOf(server, base, corrected).catch(() => endOf(server, base, flat));
  return { written: end, corrected: other.map((line) => line.replaceAll(newName, '')) };
}

/** A column of another type takes the place of the old one under a name of its own. */
const newName = /(?<=\w)_new\b/g;

type Ends = { written: string[]; corrected: string[] };

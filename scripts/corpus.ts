/** Reads every migration of repositories at their newest commit against their own history, together with what its commit brought, and counts per framework. */
import { parseArgs } from 'node:util';
import { opaqueOperations, type Migration } from '../src/operations/migration.ts';
import { arrivalsOf } from './arrivals.ts';
import { headOf, readHistory, sayEach } from './whole-history.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    opaque: { type: 'boolean', default: false },
    findings: { type: 'boolean', default: false },
    /** One by one, also those that came together. */
    alone: { type: 'boolean', default: false },
    /** As `database:` in a configuration would say; `DIR=mysql` says it for one of several that does not tell its own. */
    database: { type: 'string' },
  },
});

/** Of all repositories together: by framework, and of those whose database is known. */
const totals = new Map<string, Tally>();
for (const positional of positionals) {
  const [repository = '', database = values.database] = positional.split('=');
  await readRepository(repository, database);
}
if (positionals.length > 1) {
  console.log('all of them');
  for (const [name, tally] of totals) console.log(`  ${name}: ${summary(tally)}`);
}

type Tally = {
  files: number;
  fullyRead: number;
  statements: number;
  opaque: number;
  empty: number;
  crashes: number;
  /** Notices included, which are folded away. */
  withAny: number;
  withFinding: number;
  withError: number;
  /** Of processor time, with the readers warm. */
  milliseconds: number;
};

async function readRepository(repository: string, database: string | undefined): Promise<void> {
  const history = await readHistory(repository, database);
  const paths = history.migrations.map(({ migration }) => migration.path);
  const arrivals = values.alone ? undefined : arrivalsOf(repository, paths);
  const tallies = new Map<string, Tally>();
  const talliesOf = ({ path, framework, database: on }: Migration) => {
    const language = path.endsWith('.sql') ? 'SQL' : framework;
    const known = on === 'unknown' ? [`${language}, database not known`] : [language, 'whatever is known'];
    return [tallyOf(tallies, `${framework} on ${on}`), ...known.map((key) => tallyOf(totals, key))];
  };
  const reasons = new Map<string, string[]>();
  const rulesSaid = new Map<string, string[]>();
  for (const { migration, milliseconds } of history.migrations)
    for (const tally of talliesOf(migration)) tally.milliseconds += milliseconds;
  for (const { migration, said } of sayEach(history, arrivals)) {
    const findings = said.map(({ finding }) => finding);
    for (const tally of talliesOf(migration)) count(tally, migration, findings);
    for (const { rule, severity, path, startLine } of findings)
      note(rulesSaid, `${severity} ${rule}`, `${path}:${startLine}`);
    for (const operation of opaqueOperations(migration))
      if (operation.kind === 'opaque')
        note(reasons, operation.reason, `${operation.span.path}:${operation.span.startLine}`);
  }
  console.log(`${repository} at ${headOf(repository)}`);
  for (const [framework, tally] of tallies) console.log(`  ${framework}: ${summary(tally)}`);
  if (values.opaque) print(reasons);
  if (values.findings) print(rulesSaid);
}

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const none = { files: 0, fullyRead: 0, statements: 0, opaque: 0, empty: 0, crashes: 0 };
  const tally = tallies.get(key) ?? { ...none, withAny: 0, withFinding: 0, withError: 0, milliseconds: 0 };
  tallies.set(key, tally);
  return tally;
}

function count(tally: Tally, migration: Migration, said: readonly { severity: string }[]): void {
  const opaque = opaqueOperations(migration);
  tally.files++;
  tally.statements += migration.statements;
  tally.opaque += opaque.length;
  if (opaque.length === 0) tally.fullyRead++;
  if (migration.up.length === 0) tally.empty++;
  if (opaque.some((operation) => operation.kind === 'opaque' && operation.reason.startsWith('the reader')))
    tally.crashes++;
  if (said.length > 0) tally.withAny++;
  if (said.some(({ severity }) => severity !== 'notice')) tally.withFinding++;
  if (said.some(({ severity }) => severity === 'error')) tally.withError++;
}

function note(notes: Map<string, string[]>, key: string, place: string): void {
  notes.set(key, [...(notes.get(key) ?? []), place]);
}

function summary(tally: Tally): string {
  const share = (part: number) => `${((100 * part) / Math.max(1, tally.files)).toFixed(1)} %`;
  return [
    `${tally.files} files, ${tally.fullyRead} fully read (${share(tally.fullyRead)})`,
    `${tally.statements} statements, ${tally.opaque} opaque`,
    `${tally.empty} empty, ${tally.crashes} crashes`,
    `${(tally.milliseconds / Math.max(1, tally.files)).toFixed(2)} ms per file`,
    `${share(tally.withAny)} with anything said, ${share(tally.withFinding)} with an error or warning, ${share(tally.withError)} with an error`,
  ].join('; ');
}

function print(notes: Map<string, string[]>): void {
  const sorted = [...notes].sort((one, other) => other[1].length - one[1].length);
  for (const [key, places] of sorted.slice(0, 30))
    console.log(`    ${places.length} × ${key} (${places.slice(0, 3).join(', ')})`);
}

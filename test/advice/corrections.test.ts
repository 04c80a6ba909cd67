/** Every correction, in every database and, by thirds of the sections, in every framework, can be read and leaves nothing to say that was not said before. */
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { review } from '../../src/review/review.ts';
import { changeOf, type PageFile } from '../pages.ts';
import { frames, numbered, type Frame } from '../writers/frames.ts';
import { prose } from './prose.ts';
import { databasesOf, migrationsIn, toldIn, type Told } from './told.ts';

const unsaid = new Set<string>();

describe.each(['own', ...Object.keys(databasesOf)])('what is advised in %s', async (framework) => {
  const all = await toldIn(framework);
  const told = all.filter(({ finding }) => migrationsIn(finding.advice).length > 0);
  for (const each of all) if (!told.includes(each)) unsaid.add(each.rule);
  if (framework === 'own') return test('is looked at', () => expect(all.length).toBeGreaterThan(rules.length));
  const byRule = Map.groupBy(told, ({ rule }) => rule);
  test.each([...byRule])('%s', async (_rule, all) => {
    for (const each of all) expect(await newlySaid(each)).toEqual([]);
  });
});

test('where no migration is printed, it is known why, and every reason is needed', () => {
  expect([...unsaid].toSorted()).toEqual(Object.keys(prose).toSorted());
});

/** Reviews one migration after the other, each fence a file; what they are told that the section was not. */
async function newlySaid({ framework, database, section, files, report, finding, rule }: Told): Promise<string[]> {
  const frame = frames[framework];
  if (!frame) throw new Error(`no frame for ${framework}`);
  const others = report.findings.map((each) => each.rule).filter((each) => each !== rule);
  // Its test is for the author to write.
  const said = new Set([...others, 'untested-data-migration']);
  const earlier = files.filter(({ state }) => state === 'before');
  const problems: string[] = [];
  for (const { language, text } of migrationsIn(finding.advice)) {
    const standing = earlier.filter(({ path }) => isOf(frame, path)).length;
    // What a framework cannot run outside its transaction is run by hand, as a file of SQL would.
    const byHand = language === 'sql' && !frame.path.endsWith('.sql');
    const next = numbered(byHand ? sqlFile : frame, text.split('\n'), standing + 1);
    const beside: PageFile[] = byHand ? [{ path: 'go.mod', text: goModule, state: 'before' }] : [];
    const after = await review(changeOf([...beside, ...earlier, { ...next, state: 'after' }]), rules);
    const where = `${section} (${database}): ${text}`;
    for (const { reason } of after.opaque) problems.push(`${reason} in ${where}`);
    for (const each of after.findings)
      if (!said.has(each.rule)) problems.push(`${each.rule}: ${each.message} in ${where}`);
    const stands: PageFile = { ...next, state: 'before' };
    if (!byHand) earlier.push(stands);
  }
  return problems;
}

const goModule = 'require github.com/lib/pq v1.10.9';
const sqlFile: Frame = { path: 'migrations/000002_change.up.sql', around: (body) => body.join('\n') };

/** True for a migration, not for what stands beside it. */
function isOf(frame: Frame, path: string): boolean {
  return path.startsWith(frame.path.slice(0, frame.path.lastIndexOf('/') + 1));
}

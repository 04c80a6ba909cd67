/** What the migrations of an advice are told when they are reviewed in their turn. */
import { rules } from '../../rules/index.ts';
import { review } from '../../src/review/review.ts';
import { changeOf, type PageFile } from '../pages.ts';
import { frames, numbered, type Frame } from '../writers/frames.ts';
import type { Fence, Told } from './told.ts';

/** Reviews one migration after the other, each a file; what they are told that the section was not. */
export async function newlySaid(
  { framework, database, section, files, report, rule }: Omit<Told, 'finding' | 'page'>,
  migrations: readonly Fence[],
): Promise<string[]> {
  const frame = frames[framework];
  if (!frame) throw new Error(`no frame for ${framework}`);
  const others = report.findings.map((each) => each.rule).filter((each) => each !== rule);
  // Its test is for the author to write.
  const said = new Set([...others, 'untested-data-migration']);
  const earlier = files.filter(({ state }) => state === 'before');
  const problems: string[] = [];
  for (const { language, text } of migrations) {
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

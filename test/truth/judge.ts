/** Holds what is said of a statement against what it did. */
import type { Finding } from '../../src/report.ts';
import type { Step } from './replay.ts';
import { writersWaitFor, type Observed } from './server.ts';

/** Every difference between the findings and what happened, in words; none where both agree. */
export function differences(
  steps: readonly Step[],
  findings: readonly Finding[],
  fresh: ReadonlySet<string>,
): string[] {
  return steps.flatMap((step) => {
    const said = findings.filter(
      (each) => each.path === step.path && each.startLine <= step.endLine && each.endLine >= step.startLine,
    );
    const unsaid = said.length === 0 ? harms(step, fresh) : [];
    return [...unsaid, ...said.flatMap((finding) => untrue(finding, step, placeOfLock(finding, step, steps)))].map(
      (each) => `${step.sql}: ${each}`,
    );
  });
}

/** What nobody may stay silent about: a rewrite, a scan while writers wait, a failure. Rows that a data statement moves are its purpose. */
function harms({ observed, operations }: Step, fresh: ReadonlySet<string>): string[] {
  const isOld = (table: string) => !fresh.has(table);
  const underLock = observed.scanned.filter((table) => isOld(table) && writersWaitFor(observed, table) !== undefined);
  const moves = operations.some(
    (each) => each.kind === 'updateRows' || each.kind === 'insertRows' || each.kind === 'deleteRows',
  );
  return [
    ...observed.rewritten.filter(isOld).map((table) => `rewrites ${table}, unsaid`),
    ...(moves ? [] : underLock.map((table) => `scans ${table} under ${writersWaitFor(observed, table)}, unsaid`)),
    ...(observed.error === undefined ? [] : [`fails with ${observed.error}, unsaid`]),
  ];
}

const modes =
  'ACCESS EXCLUSIVE|SHARE ROW EXCLUSIVE|SHARE UPDATE EXCLUSIVE|SHARE|EXCLUSIVE|ACCESS SHARE|ROW SHARE|ROW EXCLUSIVE';
const lockWords = new RegExp(`\\b(${modes})\\b(?! MODE)(?: on (?:\`([^\`]+)\`(?: and \`([^\`]+)\`)?)?)?`, 'g');

/** The statement at which the lock of a message is held: a later one where the message names it. */
function placeOfLock({ message }: Finding, step: Step, steps: readonly Step[]): Observed {
  const named = [...message.matchAll(/\bstatement (\d+)/gi)].map(([, number]) => Number(number));
  const inFile = steps.filter(({ path }) => path === step.path);
  return inFile[Math.max(...named, 0) - 1]?.observed ?? step.observed;
}

/** The parts of a message that did not happen: a lock, a rewrite, a scan, an error. */
function untrue({ message }: Finding, { observed, operations }: Step, { locks }: Observed): string[] {
  const subject = operations.flatMap((each) => ('table' in each && each.table !== undefined ? [each.table] : []))[0];
  const wrong: string[] = [];
  const code = /\((\d[0-9A-Z]{4})\b/.exec(message)?.[1];
  if (code !== undefined || observed.error !== undefined) {
    if (code === observed.error) return wrong;
    return [`said to fail with ${code ?? 'nothing'}, fails with ${observed.error ?? 'nothing'}`];
  }
  if (locks.size > 0) {
    for (const [, mode = '', one = subject, other] of message.matchAll(lockWords)) {
      for (const table of [one, other]) {
        if (table === undefined) continue;
        if (!locks.get(table)?.has(mode)) wrong.push(`${mode} on ${table} is not held`);
      }
    }
    const isSure = !/\bunless\b|\bmay\b/.test(message);
    if (/rewrit|anew/.test(message) && isSure && subject !== undefined && !observed.rewritten.includes(subject))
      wrong.push(`${subject} is not rewritten`);
    if (
      /scan|is read\b|is checked|all rows? .* read|reads all/.test(message) &&
      isSure &&
      observed.scanned.length === 0
    )
      wrong.push('nothing is scanned');
  }
  return wrong;
}

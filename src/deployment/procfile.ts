/** Procfiles → what their processes say of migrations. */
import { linesOf } from '../frontends/sql/lines.ts';
import type { DeploymentFact, Place } from '../operations/deployment.ts';
import { partOf, wholeFragment, type Reader } from './reader.ts';
import { readShell } from './shell/read-shell.ts';

/** The facts of a Procfile: `release` runs once before the new release, everything else in every dyno. */
export function readProcfile(reader: Reader): DeploymentFact[] {
  return linesOf(reader.text).flatMap((line) => {
    const head = /^([\w-]+):\s*/.exec(line.text);
    if (!head) return [];
    const name = head[1] ?? '';
    const place: Place = name === 'release' ? { kind: 'release' } : { kind: 'process', name };
    const fragment = partOf(wholeFragment(reader.text), line.start + head[0].length, line.start + line.text.length);
    return readShell(fragment, { place, failsFast: false, pipefail: false }, reader);
  });
}

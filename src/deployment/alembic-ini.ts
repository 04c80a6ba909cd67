/** alembic.ini → whether a password stands in it. */
import { linesOf } from '../frontends/sql/lines.ts';
import type { DeploymentFact } from '../operations/deployment.ts';
import { findCredential } from './credential.ts';
import type { Reader } from './reader.ts';

/** The connection addresses with a password. */
export function readAlembicIni(reader: Reader): DeploymentFact[] {
  return linesOf(reader.text).flatMap((line) => {
    const match = /^\s*([\w.]*url)\s*[=:]\s*/.exec(line.text);
    const found = match && findCredential(line.text.slice(match[0].length).trim());
    if (!found) return [];
    const span = reader.locate(line.start, line.start + line.text.length);
    return [{ kind: 'credential' as const, where: match[1] ?? '', host: found.host, span }];
  });
}

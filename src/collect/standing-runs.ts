/** Texts of the base branch that run migrations beside a change which says how far Alembic goes: one of them may say otherwise. */
import { choosesHeads } from '../deployment/mentions.ts';
import { deploymentKindOf } from '../deployment/paths.ts';
import { nameOf } from '../frontends/paths.ts';
import type { Host } from '../host.ts';
import { blobText, textEntry } from './text-of.ts';

/** Each is a request to a host that reads one by one; what runs migrations stands among the likeliest. */
const most = 30;

/** Those that choose too, all asked for at once; nothing is asked for where no text of `callers` chooses. */
export async function standingRuns(
  host: Host,
  callers: ReadonlyMap<string, string>,
  changed: ReadonlySet<string>,
  base: ReadonlyMap<string, string>,
): Promise<Record<string, string>> {
  if (![...callers.values()].some(choosesHeads)) return {};
  const wanted = likeliest([...base.keys()].filter((path) => !changed.has(path) && mayRun(path)));
  const texts = await Promise.all(wanted.map((path) => blobText(host, base.get(path))));
  const read = wanted.flatMap((path, index) => textEntry(path, texts[index]));
  return Object.fromEntries(read.filter(([, text]) => choosesHeads(text)));
}

/** Programs are many and seldom say it: they are left out. */
function mayRun(path: string): boolean {
  const kind = deploymentKindOf(path);
  return kind !== undefined && kind !== 'python' && kind !== 'javascript' && kind !== 'addresses' && kind !== 'ini';
}

function likeliest(paths: readonly string[]): string[] {
  const isLikely = (path: string) =>
    /migrat|alembic|entrypoint|start|release|deploy|dockerfile|procfile|compose|fly\.toml|\bci\b|test/i.test(
      nameOf(path),
    );
  return [...paths.filter(isLikely), ...paths.filter((path) => !isLikely(path))].slice(0, most);
}

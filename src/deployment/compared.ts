/** `git diff` as a look for forgotten migrations: over the file that repeats the schema, after what writes it. */
import type { DeploymentFact } from '../operations/deployment.ts';

/**
 * What `git` with these words compares; `git` as the tool stands for all files.
 * Without one of these options it ends well whatever it finds: https://git-scm.com/docs/git-diff.
 */
export function findComparison(rest: readonly string[]): { tool: string; does: 'check' } | undefined {
  if (rest[0] !== 'diff' || !rest.some((word) => word === '--exit-code' || word === '--quiet')) return undefined;
  const named = rest.slice(1).filter((word) => !word.startsWith('-') && word !== 'HEAD');
  const tool = named.map(toolOfFile).find((each) => each !== undefined);
  return named.length === 0 || tool !== undefined ? { tool: tool ?? 'git', does: 'check' } : undefined;
}

/** Whose file repeats the schema, by its path. */
function toolOfFile(path: string): string | undefined {
  if (/(?:^|\/)(?:\w*schema\.rb|\w*structure\.sql)$|^db\/?$/.test(path)) return 'Rails';
  if (/(?:^|\/)drizzle(?:\/|$)/.test(path)) return 'Drizzle';
  return /(?:^|\/)schema\.rs$/.test(path) ? 'Diesel' : undefined;
}

/** Tools whose runs write the file that repeats the schema. */
const writers = new Set(['Rails', 'Diesel', 'dbmate', 'Drizzle']);

/** Without what only writes, and without comparisons of files that no tool of migrations wrote. */
export function withWhatIsCompared(facts: readonly DeploymentFact[]): DeploymentFact[] {
  return facts.flatMap((fact, index) => {
    if (fact.kind === 'writeSchemaFile') return [];
    if (fact.kind !== 'checkDrift' || fact.tool !== 'git') return [fact];
    const writer = facts.slice(0, index).findLast(writes);
    return writer && 'tool' in writer ? [{ ...fact, tool: writer.tool }] : [];
  });
}

function writes(fact: DeploymentFact): boolean {
  return (fact.kind === 'runMigrations' || fact.kind === 'writeSchemaFile') && writers.has(fact.tool);
}

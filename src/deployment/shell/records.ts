/** What a script records as done: told where nothing in it runs the rest, or where what runs afterwards has nothing left. */
import type { SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { DeploymentFact } from '../../operations/deployment.ts';
import type { Script } from './script.ts';

type Record = Extract<DeploymentFact, { kind: 'recordOnly' }>;

/** Without records that belong to a run; `all` are those of every migration, whatever the database holds. */
export function withoutAccompanying(
  facts: readonly DeploymentFact[],
  all: ReadonlySet<DeploymentFact>,
): DeploymentFact[] {
  const runs = facts.some((fact) => fact.kind === 'runMigrations');
  return facts.flatMap((fact, index) => {
    if (fact.kind !== 'recordOnly' || fact.before !== undefined || !runs) return [fact];
    const before = all.has(fact) ? runAfter(fact, facts.slice(index + 1)) : undefined;
    return before === undefined ? [] : [{ ...fact, before }];
  });
}

/** A run of the same project, as the words in front of what it does tell. */
function runAfter({ tool, command }: Record, later: readonly DeploymentFact[]): string | undefined {
  const own = command.split(/\bstamp\b/)[0];
  const run = later.find(
    (fact) => fact.kind === 'runMigrations' && fact.tool === tool && fact.command.split(/\bupgrade\b/)[0] === own,
  );
  return run?.kind === 'runMigrations' ? run.command : undefined;
}

/** True where a command runs whatever is found: no condition stands around it, and none before it. */
export function isAlways(node: SyntaxNode, script: Script): boolean {
  let child = node;
  for (let parent = script.parents.get(child); parent; parent = script.parents.get(child)) {
    if (/^(?:if_statement|elif_clause|else_clause|case_item|while_statement|function_definition)$/.test(parent.type))
      return false;
    if (parent.type === 'list' && parent.children[0] !== child) return false;
    child = parent;
  }
  return true;
}

/** Start-up code of Rails → what it says of migrations: initializers, `config.ru`, the configuration of the server. */
import { childOf, namedChildren, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { DeploymentFact, OnError } from '../../operations/deployment.ts';
import { findCommand } from '../known-commands.ts';
import { spanIn, writtenAt, type Fragment, type Reader } from '../reader.ts';
import type { TreeParser } from '../../frontends/syntax/tree.ts';

/** The facts of a program. All of these files are run whenever a process starts, unless a condition stands around. */
export function readRuby(fragment: Fragment, ruby: TreeParser, reader: Reader): DeploymentFact[] {
  const facts: DeploymentFact[] = [];
  visit(ruby(fragment.text), []);
  return facts;

  /** `around`: the nodes around a node, innermost first. */
  function visit(node: SyntaxNode, around: readonly SyntaxNode[]): void {
    if (node.type === 'call' || node.type === 'subshell') facts.push(...readCall(node, around));
    for (const child of node.children) visit(child, [node, ...around]);
  }

  function readCall(node: SyntaxNode, around: readonly SyntaxNode[]): DeploymentFact[] {
    const known = callOf(node);
    const guard = guardOf(node, around);
    if (!known || guard === 'elsewhere') return [];
    const command = writtenAt(fragment, node.start, node.end, reader);
    const span = spanIn(fragment, node.start, node.end, reader);
    if (known.does === 'reset')
      return [
        {
          kind: 'resetDatabase',
          how: command,
          place: { kind: 'code' },
          asks: { person: false, environment: guard === 'open' },
          span,
        },
      ];
    // A condition that is not understood looks where it is.
    if (known.does === 'load')
      return guard === 'open'
        ? []
        : [
            {
              kind: 'makeSchema',
              how: command,
              tool: known.tool,
              place: { kind: 'code', starts: true },
              guard: { kind: 'none' },
              span,
            },
          ];
    if (known.does !== 'migrate') return [];
    const place = guard === 'none' ? ({ kind: 'code', starts: true } as const) : ({ kind: 'code' } as const);
    const onError: OnError = unheard(node, span) ?? rescued(node, around);
    return [{ kind: 'runMigrations', tool: known.tool, command, place, onError, wait: { kind: 'none' }, span }];
  }

  function callOf(node: SyntaxNode): { tool: string; does: string } | undefined {
    const [receiver, method] = [textOf(childOf(node, 'receiver')), textOf(childOf(node, 'method'))];
    // https://api.rubyonrails.org/classes/ActiveRecord/MigrationContext.html, …/Tasks/DatabaseTasks.html
    if (/^(?:migrate|migrate_all|prepare_all)$/.test(method))
      return /\bActiveRecord::(?:Migrator|Migration|MigrationContext|Tasks::DatabaseTasks)\b|\bmigration_context\b|^DatabaseTasks$/.test(
        receiver,
      )
        ? { tool: 'Rails', does: 'migrate' }
        : undefined;
    if (/^(?:invoke|execute)$/.test(method)) {
      const task = /^(?:::)?Rake::Task\[\s*["':]+([\w:]+)["']?\s*\]/.exec(receiver)?.[1];
      return task === undefined ? undefined : findCommand(['rails', task], reader.commands);
    }
    const isShell = node.type === 'subshell' || (receiver === '' && /^(?:system|exec|spawn)$/.test(method));
    return isShell ? findCommand(wordsIn(node), reader.commands) : undefined;
  }

  function wordsIn(node: SyntaxNode): string[] {
    if (node.type === 'string_content') return textOf(node).split(/\s+/);
    return namedChildren(node).flatMap(wordsIn);
  }

  /** Whether it runs here: always, where another condition says so, or on a developer's machine alone. */
  function guardOf(node: SyntaxNode, around: readonly SyntaxNode[]): 'none' | 'open' | 'elsewhere' {
    let guard: 'none' | 'open' = 'none';
    let child = node;
    for (const parent of around) {
      if (parent.type === 'method' || parent.type === 'singleton_method') guard = 'open';
      if (/^(?:if|unless|elsif|if_modifier|unless_modifier|conditional|when)$/.test(parent.type)) {
        const condition = textOf(childOf(parent, 'condition'));
        const wanted = !parent.type.startsWith('unless') && child.type !== 'else';
        if ((wanted ? /\b(?:development|test|local)\?/ : /\bproduction\?/).test(condition)) return 'elsewhere';
        // In production that is always.
        const isHeld = wanted && /^Rails\.env\.production\?$/.test(condition);
        if (child.field !== 'condition' && !isHeld) guard = 'open';
      }
      child = parent;
    }
    return guard;
  }

  /** `system` gives false where it failed, and goes on. */
  function unheard(node: SyntaxNode, span: DeploymentFact['span']): OnError | undefined {
    const isHeard = textOf(childOf(node, 'method')) !== 'system' || /\bexception:\s*true\b/.test(textOf(node));
    return isHeard ? undefined : { kind: 'goesOn', how: 'its status is not looked at', explicit: false, span };
  }

  function rescued(node: SyntaxNode, around: readonly SyntaxNode[]): OnError {
    for (const parent of around) {
      const clause = parent.children.find((each) => each.type === 'rescue' && each.start > node.end);
      const body = clause && textOf(clause);
      if (!clause || body === undefined || /\b(?:raise|exit!?|abort)\b/.test(body)) continue;
      if (/^rescue\s+[\w:, ]*NoDatabaseError/.test(body)) continue;
      const end = clause.start + (body.split(/\n|;/)[0] ?? '').length;
      const how = writtenAt(fragment, clause.start, end, reader);
      return { kind: 'goesOn', how, explicit: true, span: spanIn(fragment, clause.start, end, reader) };
    }
    return { kind: 'stops' };
  }

  function textOf(node: SyntaxNode | undefined): string {
    return node ? fragment.text.slice(node.start, node.end) : '';
  }
}

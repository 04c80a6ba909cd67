/** Whether a line of a script runs when nobody has set anything. */
import type { SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { Guard } from '../../operations/deployment.ts';
import { writtenAt, type Reader } from '../reader.ts';
import { scriptText, type Script } from './script.ts';

/** The condition around a node; `safe` where it does not hold unless someone sets a variable. */
export function guardOf(node: SyntaxNode, script: Script, reader: Reader): Guard | 'safe' {
  let child = node;
  for (let parent = script.parents.get(child); parent; parent = script.parents.get(child)) {
    const condition = conditionOn(parent, child);
    if (condition) {
      const { holds, variable } = evaluate(condition, script);
      if (holds === false) return 'safe';
      if (holds) return { kind: 'unsafeDefault', variable };
      return { kind: 'unknown', condition: writtenAt(script.fragment, condition.start, condition.end, reader) };
    }
    child = parent;
  }
  return { kind: 'none' };
}

/** The test that has to hold for a child to run: of an `if` in its first branch, or before `&&`. */
function conditionOn(parent: SyntaxNode, child: SyntaxNode): SyntaxNode | undefined {
  if (parent.type === 'if_statement' && child.field !== 'condition' && child.type !== 'else_clause')
    return parent.children.find((each) => each.field === 'condition');
  const isRight = parent.type === 'list' && parent.children.at(-1) === child;
  const left = isRight && parent.children.some((each) => each.type === '&&') ? parent.children[0] : undefined;
  return left?.type === 'test_command' ? left : undefined;
}

type Evaluation = { holds: boolean | undefined; variable: string };

/** `[ "${NAME:-default}" = "value" ]` with NAME unset. */
function evaluate(condition: SyntaxNode, script: Script): Evaluation {
  const text = scriptText(condition, script);
  const negated = condition.type === 'negated_command';
  const match =
    /^!?\s*\[\[?\s+"?\$(?:\{(\w+)(?::?-([^}"]*))?\}|(\w+))"?\s+(==?|!=)\s+["']?([^\s"'\]]*)["']?\s+\]\]?$/.exec(
      text.trim(),
    );
  if (!match) return { holds: undefined, variable: '' };
  const equal = (match[2] ?? '') === match[5];
  const holds = (match[4] === '!=') !== equal;
  return { holds: negated ? !holds : holds, variable: match[1] ?? match[3] ?? '' };
}

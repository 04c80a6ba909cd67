/** Whether a switch of a JavaScript program is on, or a line of it runs, when nobody has set anything. */
import { childOf, namedChildren, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { Guard } from '../../operations/deployment.ts';
import { conditionsOn, type Condition } from './conditions.ts';

const unknown = Symbol('unknown');
type Value = string | boolean | undefined | typeof unknown;

/** `root` is the program, whose constants are followed. */
type Program = { text: string; root: SyntaxNode; parents: ReadonlyMap<SyntaxNode, SyntaxNode> };

/** The guard of a switch; `safe` where it is off then, or where that is not known. */
export function guardOf(node: SyntaxNode | undefined, program: Program): Guard | 'safe' {
  if (!node) return 'safe';
  const { value, variables } = evaluate(node, program);
  if (value === unknown || !value) return 'safe';
  const [variable] = variables;
  if (variable !== undefined) return { kind: 'unsafeDefault', variable };
  return value === true ? { kind: 'none' } : 'safe';
}

/** The guard of a line; `safe` where it does not run unless someone sets a variable, or where it is for tests. */
export function guardAround(node: SyntaxNode, program: Program): Guard | 'safe' {
  const guards = conditionsOn(node, program.parents).map((condition) => judge(condition, program));
  return strictest(guards);
}

/** What holds where all of them do. */
export function strictest(guards: readonly (Guard | 'safe')[]): Guard | 'safe' {
  if (guards.includes('safe')) return 'safe';
  const open = guards.filter((guard): guard is Guard => guard !== 'safe' && guard.kind !== 'none');
  return open.find((guard) => guard.kind === 'unsafeDefault') ?? open[0] ?? { kind: 'none' };
}

function judge({ node, wanted }: Condition, program: Program): Guard | 'safe' {
  const { value, variables } = evaluate(node, program);
  const inner = node.type === 'parenthesized_expression' ? (namedChildren(node)[0] ?? node) : node;
  const written = program.text.slice(inner.start, inner.end).replace(/\s+/g, ' ');
  const [variable] = variables;
  if (value !== unknown && variable !== undefined)
    return Boolean(value) === wanted ? { kind: 'unsafeDefault', variable } : 'safe';
  return /(?:\b|_|is)test(?:ing|s)?\b/i.test(written) ? 'safe' : { kind: 'unknown', condition: written };
}

/** What an expression is when no variable of the environment is set; `variables` could change it. */
function evaluate(node: SyntaxNode, { text, root }: Program): { value: Value; variables: string[] } {
  const variables: string[] = [];
  return { value: valueOf(node, 0), variables };

  function valueOf(node: SyntaxNode, depth: number): Value {
    if (depth > 20) return unknown;
    const field = (name: string) => {
      const child = childOf(node, name);
      return child ? valueOf(child, depth + 1) : unknown;
    };
    switch (node.type) {
      case 'true':
      case 'false':
        return node.type === 'true';
      case 'string':
        return written(node).slice(1, -1);
      case 'undefined':
        return undefined;
      case 'parenthesized_expression': {
        const [inner] = namedChildren(node);
        return inner ? valueOf(inner, depth + 1) : unknown;
      }
      case 'unary_expression': {
        const value = field('argument');
        return operatorOf(node) !== '!' || value === unknown ? unknown : !value;
      }
      case 'binary_expression':
        return combined(field('left'), field('right'), operatorOf(node));
      case 'identifier':
        return constant(written(node), depth);
      case 'member_expression':
      case 'subscript_expression':
        return environment(node);
      case 'call_expression':
        return setting(node, depth);
    }
    return unknown;
  }

  function environment(node: SyntaxNode): Value {
    const match = /^process\.env(?:\.(\w+)|\[['"](\w+)['"]\])$/.exec(written(node));
    const name = match?.[1] ?? match?.[2];
    if (name === undefined) return unknown;
    variables.push(name);
    return undefined;
  }

  /** `config.get('DB_SYNC', true)`: what is given beside the name counts when nobody has set it. */
  function setting(node: SyntaxNode, depth: number): Value {
    const given = childOf(node, 'arguments');
    const [name, otherwise] = given ? namedChildren(given) : [];
    if (!/config\w*\.get$/i.test(written(childOf(node, 'function'))) || name?.type !== 'string') return unknown;
    variables.push(written(name).slice(1, -1));
    return otherwise ? valueOf(otherwise, depth + 1) : undefined;
  }

  function constant(name: string, depth: number): Value {
    const found = declarators(root).filter((each) => written(childOf(each, 'name')) === name);
    const value = found.length === 1 && found[0] ? childOf(found[0], 'value') : undefined;
    return value ? valueOf(value, depth + 1) : unknown;
  }

  function written(node: SyntaxNode | undefined): string {
    return node ? text.slice(node.start, node.end) : '';
  }
}

function operatorOf(node: SyntaxNode): string {
  return childOf(node, 'operator')?.type ?? '';
}

function combined(left: Value, right: Value, operator: string): Value {
  if (operator === '??') return left === undefined ? right : left;
  if (operator === '||') return left === unknown ? unknown : left || right;
  if (operator === '&&') return left === unknown ? (right === false ? false : unknown) : left && right;
  if (left === unknown || right === unknown) return unknown;
  if (operator === '===' || operator === '==') return left === right;
  return operator === '!==' || operator === '!=' ? left !== right : unknown;
}

function declarators(node: SyntaxNode): SyntaxNode[] {
  return [...(node.type === 'variable_declarator' ? [node] : []), ...node.children.flatMap(declarators)];
}

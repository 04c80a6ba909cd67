/** Schema statements on a SQLAlchemy connection that is closed without a commit. */
import { bare, qualifiedName, readChain, type Chain } from '../../frontends/syntax/python-call.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { DeploymentFact } from '../../operations/deployment.ts';
import { spanIn, writtenAt, type Reader } from '../reader.ts';
import { around, blockOf, type Program } from './program.ts';

/** Names that the file gives to what makes connections. */
type Engines = ReadonlySet<string>;

/** `with engine.connect() as conn:` around schema statements, where nothing in the block commits. */
export function readUncommitted(program: Program, reader: Reader): DeploymentFact[] {
  const engines = enginesIn(program);
  return program.nodes.flatMap((node) => {
    if (node.type === 'with_statement') return readWith(node, engines, program, reader);
    return node.type === 'assignment' ? readAssigned(node, engines, program, reader) : [];
  });
}

/** What `create_engine()` and its like are assigned to: a name, or an attribute such as `self.pool`. */
function enginesIn({ calls, module, parents }: Program): Engines {
  const made = calls.flatMap(({ node, callee }) => {
    const parent = parents.get(node);
    const left = parent?.type === 'assignment' ? childOf(parent, 'left') : undefined;
    const name = qualifiedName(callee, module)?.split('.').at(-1) ?? '';
    return left && /^(?:create(?:_async)?_engine|(?:async_)?engine_from_config)$/.test(name)
      ? [textOf(left, module.text)]
      : [];
  });
  return new Set(made);
}

/** `conn = engine.connect()`, until the end of the function or module. */
function readAssigned(assignment: SyntaxNode, engines: Engines, program: Program, reader: Reader): DeploymentFact[] {
  const { text } = program.module;
  const [left, value] = [childOf(assignment, 'left'), childOf(assignment, 'right')];
  const scope = around(assignment, program).find(({ parent }) => /^(?:block|module)$/.test(parent.type))?.parent;
  if (left?.type !== 'identifier' || !value || !scope || !isConnect(value, engines, text)) return [];
  const opened = { name: textOf(left, text), node: value };
  const isAsync = textOf(value, text).startsWith('await');
  return readScope(opened, { ...scope, start: assignment.end }, isAsync, program, reader);
}

function readWith(statement: SyntaxNode, engines: Engines, program: Program, reader: Reader): DeploymentFact[] {
  const { text } = program.module;
  const clause = namedChildren(statement).find((child) => child.type === 'with_clause');
  const body = blockOf(statement);
  if (!clause || !body) return [];
  return namedChildren(clause).flatMap((item) => {
    const opened = openedBy(item, engines, text);
    if (!opened) return [];
    return readScope(
      opened,
      body,
      statement.children.some((child) => child.type === 'async'),
      program,
      reader,
    );
  });
}

function readScope(
  opened: { name: string; node: SyntaxNode },
  body: SyntaxNode,
  asynchronous: boolean,
  program: Program,
  reader: Reader,
): DeploymentFact[] {
  const { text } = program.module;
  const inBody = program.calls.filter(({ node }) => node.start >= body.start && node.end <= body.end);
  const links = inBody
    .map(({ node }) => readChain(node, text))
    .filter(({ root }) => textOf(root, text) === opened.name);
  const called = links.flatMap((chain) => chain.links.map((link) => link.name));
  if (called.some((name) => name === 'commit' || name === 'begin') || sendsCommit(links, text)) return [];
  const first = links.find((chain) =>
    chain.links.some((link) => isSchemaCall(link.name, spoken(link.call?.positional[0], program), text)),
  );
  const node = first?.links.at(-1)?.call?.node;
  if (!node) return [];
  return [
    {
      kind: 'uncommitted' as const,
      asynchronous,
      connection: writtenAt(program.fragment, opened.node.start, opened.node.end, reader),
      statement: writtenAt(program.fragment, node.start, node.end, reader),
      span: spanIn(program.fragment, node.start, node.end, reader),
    },
  ];
}

/** `engine.connect()` and the name that it gets; a connection that commits by itself is none. */
function openedBy(item: SyntaxNode, engines: Engines, text: string): { name: string; node: SyntaxNode } | undefined {
  const pattern = childOf(item, 'value');
  const [value, alias] = pattern?.type === 'as_pattern' ? namedChildren(pattern) : [];
  if (!value || !alias || /AUTOCOMMIT/i.test(textOf(value, text))) return undefined;
  return isConnect(value, engines, text) ? { name: textOf(alias, text), node: value } : undefined;
}

function isConnect(value: SyntaxNode, engines: Engines, text: string): boolean {
  if (/AUTOCOMMIT/i.test(textOf(value, text))) return false;
  const { root, links } = readChain(bare(value), text);
  // psycopg2 and sqlite3 have a `connect()` too, with an address in it.
  const opened = textOf(bare(value), text)
    .replace(/^await\s+/, '')
    .replace(/\s*\.connect\(\)$/, '');
  return (
    (engines.has(opened) || /engine|eng\b|bind|db/i.test(textOf(root, text))) &&
    links.at(-1)?.name === 'connect' &&
    links.at(-1)?.call?.positional.length === 0
  );
}

/** What a name was given before, where it is one. */
function spoken(argument: SyntaxNode | undefined, program: Program): SyntaxNode | undefined {
  if (argument?.type !== 'identifier') return argument;
  const { text } = program.module;
  const given = program.nodes.findLast(
    (node) =>
      node.type === 'assignment' &&
      node.end < argument.start &&
      textOf(childOf(node, 'left') ?? node, text) === textOf(argument, text),
  );
  return (given && childOf(given, 'right')) ?? argument;
}

/** `execute(text("COMMIT"))`: what older versions were told. */
function sendsCommit(chains: readonly Chain[], text: string): boolean {
  const given = chains.flatMap((chain) => chain.links.flatMap((link) => link.call?.positional ?? []));
  return given.some((argument) => /["']\s*COMMIT\b/i.test(textOf(argument, text)));
}

function isSchemaCall(name: string, argument: SyntaxNode | undefined, text: string): boolean {
  if (!argument) return false;
  const given = textOf(argument, text);
  if (name === 'run_sync') return /\.(?:create_all|drop_all)$/.test(given);
  return (
    /^(?:execute|exec_driver_sql)$/.test(name) &&
    /^(?:\w+\()?\s*[rf]*["']{1,3}\s*(?:CREATE|ALTER|DROP|TRUNCATE)\b/i.test(given)
  );
}

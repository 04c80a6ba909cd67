/** Schema statements on a SQLAlchemy connection that is closed without a commit. */
import { bare, readChain, type Chain } from '../../frontends/syntax/python-call.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { DeploymentFact } from '../../operations/deployment.ts';
import { spanIn, writtenAt, type Reader } from '../reader.ts';
import { blockOf, type Program } from './program.ts';

/** `with engine.connect() as conn:` around schema statements, where nothing in the block commits. */
export function readUncommitted(program: Program, reader: Reader): DeploymentFact[] {
  return program.nodes
    .filter((node) => node.type === 'with_statement')
    .flatMap((node) => readWith(node, program, reader));
}

function readWith(statement: SyntaxNode, program: Program, reader: Reader): DeploymentFact[] {
  const { text } = program.module;
  const clause = namedChildren(statement).find((child) => child.type === 'with_clause');
  const body = blockOf(statement);
  if (!clause || !body) return [];
  return namedChildren(clause).flatMap((item) => {
    const opened = openedBy(item, text);
    if (!opened) return [];
    const inBody = program.calls.filter(({ node }) => node.start >= body.start && node.end <= body.end);
    const links = inBody
      .map(({ node }) => readChain(node, text))
      .filter(({ root }) => textOf(root, text) === opened.name);
    const called = links.flatMap((chain) => chain.links.map((link) => link.name));
    if (called.some((name) => name === 'commit' || name === 'begin') || sendsCommit(links, text)) return [];
    const first = links.find((chain) =>
      chain.links.some((link) => isSchemaCall(link.name, link.call?.positional[0], text)),
    );
    const node = first?.links.at(-1)?.call?.node;
    if (!node) return [];
    return [
      {
        kind: 'uncommitted' as const,
        asynchronous: statement.children.some((child) => child.type === 'async'),
        connection: writtenAt(program.fragment, opened.node.start, opened.node.end, reader),
        statement: writtenAt(program.fragment, node.start, node.end, reader),
        span: spanIn(program.fragment, node.start, node.end, reader),
      },
    ];
  });
}

/** `engine.connect()` and the name that it gets; a connection that commits by itself is none. */
function openedBy(item: SyntaxNode, text: string): { name: string; node: SyntaxNode } | undefined {
  const pattern = childOf(item, 'value');
  const [value, alias] = pattern?.type === 'as_pattern' ? namedChildren(pattern) : [];
  if (!value || !alias || /AUTOCOMMIT/i.test(textOf(value, text))) return undefined;
  const links = readChain(bare(value), text).links;
  const opens = links.at(-1)?.name === 'connect' && links.at(-1)?.call?.positional.length === 0;
  return opens ? { name: textOf(alias, text), node: value } : undefined;
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

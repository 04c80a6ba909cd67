/** Start-up code in JavaScript and TypeScript → what it says of migrations. */
import { childOf, namedChildren, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { DeploymentFact, Guard, OnError, Place } from '../../operations/deployment.ts';
import { nameOf } from '../../frontends/paths.ts';
import { findCommand } from '../known-commands.ts';
import { guardAround, guardOf, strictest } from './guard.ts';
import { guardedReset } from '../guarded-reset.ts';
import { spanIn, writtenAt, type Fragment, type Reader } from '../reader.ts';

/** The facts of a program. */
export function readJavascript(fragment: Fragment, place: Place, reader: Reader): DeploymentFact[] {
  const root = reader.typescript(fragment.text);
  const parents = new Map<SyntaxNode, SyntaxNode>();
  const program = { text: fragment.text, root, parents };
  const facts: DeploymentFact[] = [];
  visit(root);
  return facts;

  function visit(node: SyntaxNode): void {
    if (node.type === 'call_expression') facts.push(...readCall(node));
    if (node.type === 'pair') facts.push(...readPair(node));
    for (const child of node.children) {
      parents.set(child, node);
      visit(child);
    }
  }

  function textOf(node: SyntaxNode | undefined): string {
    return node ? fragment.text.slice(node.start, node.end) : '';
  }

  function readCall(node: SyntaxNode): DeploymentFact[] {
    const callee = textOf(childOf(node, 'function')).replace(/\s+/g, '');
    const given = namedChildren(childOf(node, 'arguments') ?? node);
    const span = spanIn(fragment, node.start, node.end, reader);
    const how = writtenAt(fragment, node.start, node.end, reader);
    const around = guardAround(node, program);
    if (callee.endsWith('.sync') && given[0]?.type === 'object') return readSync(given[0], around, how, span);
    const tool = ownCall(callee);
    if (callee.endsWith('sequelize.drop')) return guardedReset({ how, place, guard: around, span });
    const words = starting.test(callee) ? wordsOf(given) : undefined;
    const known = words && findCommand(words, reader.commands);
    if (!known && !tool) return [];
    const command = known && words ? words.slice(known.at).join(' ') : how;
    if (known?.does === 'check' || known?.does === 'write') return [];
    if (known?.does === 'reset') return guardedReset({ how: command, place, guard: around, span });
    if (known && known.does !== 'migrate')
      return around === 'safe'
        ? []
        : [{ kind: 'makeSchema', how: command, tool: known.tool, place, guard: around, span }];
    const onError =
      known && isUnseen(node, callee)
        ? { kind: 'goesOn' as const, how: 'its status is not looked at', explicit: false, span }
        : caught(node);
    const told = { kind: 'runMigrations' as const, tool: tool ?? known?.tool ?? '', command };
    // A program that listens has migrated before that.
    const isHeld = around === 'safe' || around.kind === 'unknown';
    const starts = tool !== undefined && place.kind === 'code' && !isHeld && /\.listen\(/.test(fragment.text);
    const at: Place = starts ? { kind: 'code', starts } : place;
    return [{ ...told, place: at, onError, wait: { kind: 'none' }, span }];
  }

  /** Sequelize: `sync({ force: true })` drops every table, `alter` changes them to fit. */
  function readSync(
    options: SyntaxNode,
    around: Guard | 'safe',
    how: string,
    span: DeploymentFact['span'],
  ): DeploymentFact[] {
    const changing = namedChildren(options).filter((pair) =>
      /^['"]?(?:force|alter)['"]?$/.test(textOf(childOf(pair, 'key'))),
    );
    for (const pair of changing) {
      const guard = strictest([guardOf(childOf(pair, 'value'), program), around]);
      const destroys = textOf(childOf(pair, 'key')).includes('force') ? { destroys: true as const } : {};
      if (guard !== 'safe') return [{ kind: 'makeSchema', how, tool: 'Sequelize', place, guard, ...destroys, span }];
    }
    return [];
  }

  /** What starts a process and does not throw stands alone, and nobody asks how it ended. */
  function isUnseen(node: SyntaxNode, callee: string): boolean {
    if (!/(?:^|\.)(?:spawnSync|exec|spawn|execFile)$/.test(callee)) return false;
    const given = childOf(node, 'arguments');
    const handler = given && namedChildren(given).at(-1);
    if (handler && /function/.test(handler.type) && leaves(handler)) return false;
    return parents.get(node)?.type === 'expression_statement';
  }

  /** TypeORM: `synchronize: true` changes the tables to fit the entities on every start. */
  function readPair(pair: SyntaxNode): DeploymentFact[] {
    const key = textOf(childOf(pair, 'key')).replace(/['"]/g, '');
    if (!/^(?:synchronize|dropSchema|migrationsRun)$/.test(key)) return [];
    const beside = namedChildren(parents.get(pair) ?? pair).map((each) => textOf(childOf(each, 'key')));
    const guard = strictest([guardOf(childOf(pair, 'value'), program), guardAround(pair, program)]);
    if (
      guard === 'safe' ||
      isForDevelopment(pair) ||
      !beside.some((each) => /^(?:type|entities|autoLoadEntities|migrations)$/.test(each))
    )
      return [];
    const span = spanIn(fragment, pair.start, pair.end, reader);
    const how = writtenAt(fragment, pair.start, pair.end, reader);
    if (key === 'migrationsRun') return guard.kind === 'unknown' ? [] : [ofStart(how, span)];
    if (key === 'dropSchema')
      return guardedReset({ how, place: { kind: 'process', name: 'the program' }, guard, span });
    return [{ kind: 'makeSchema', how, tool: 'TypeORM', place, guard, span }];
  }

  /** https://typeorm.io/docs/data-source/data-source-options#common-data-source-options: when the source is initialized. */
  function ofStart(command: string, span: DeploymentFact['span']): DeploymentFact {
    // What the command line reads is not what the program starts with.
    const isOfTool = /\bcli\b|orm-?config/i.test(nameOf(reader.path));
    const at: Place = place.kind === 'code' && !isOfTool ? { kind: 'code', starts: true } : place;
    const onError: OnError = { kind: 'stops' };
    return { kind: 'runMigrations', tool: 'TypeORM', command, place: at, onError, wait: { kind: 'none' }, span };
  }

  /** `const devConfig = { … }` is not what production gets. */
  function isForDevelopment(pair: SyntaxNode): boolean {
    for (let parent = parents.get(pair); parent; parent = parents.get(parent))
      if (parent.type === 'variable_declarator') return /^(?:dev|test|local)/i.test(textOf(childOf(parent, 'name')));
    return false;
  }

  function wordsOf(given: readonly SyntaxNode[]): string[] {
    return given
      .flatMap((node) => (node.type === 'array' ? namedChildren(node) : [node]))
      .filter((node) => node.type === 'string' || node.type === 'template_string')
      .flatMap((node) => textOf(node).slice(1, -1).split(/\s+/));
  }

  /** Whether an exception ends the program, or is caught and only written down. */
  function caught(call: SyntaxNode): OnError {
    let child = call;
    for (let parent = parents.get(child); parent; parent = parents.get(child)) {
      const clause = parent.type === 'try_statement' && child.field === 'body' ? childOf(parent, 'handler') : undefined;
      if (clause && !leaves(clause)) return goesOn(clause, clause.start, childOf(clause, 'body')?.start ?? clause.end);
      const chained = parent.type === 'member_expression' && textOf(childOf(parent, 'property')) === 'catch';
      const handler = chained ? parents.get(parent) : undefined;
      const given = handler && childOf(handler, 'arguments');
      if (given && !leaves(given)) return goesOn(given, childOf(parent, 'property')?.start ?? given.start, given.end);
      child = parent;
    }
    return { kind: 'stops' };
  }

  function goesOn(clause: SyntaxNode, start: number, end: number): OnError {
    const how = writtenAt(fragment, start, end, reader).slice(0, 80);
    return { kind: 'goesOn', how, explicit: true, span: spanIn(fragment, clause.start, end, reader) };
  }

  function leaves(node: SyntaxNode): boolean {
    if (node.type === 'throw_statement' || node.type === 'return_statement') return true;
    if (node.type.endsWith('identifier') && /^(?:reject|next|done|exit|fail)$/.test(textOf(node))) return true;
    if (node.type === 'member_expression' && /^process\.(?:exit|abort|kill)$|\.exitCode$/.test(textOf(node)))
      return true;
    return node.children.some(leaves);
  }
}

/** Calls that start another process. */
const starting = /(?:^|\.)(?:execSync|execFileSync|spawnSync|execa|execaSync|execaCommand|exec|execFile|spawn|\$)$/;

/** Calls of the libraries themselves. */
function ownCall(callee: string): string | undefined {
  if (callee.endsWith('.migrate.latest')) return 'Knex';
  if (callee.endsWith('.runMigrations')) return 'TypeORM';
  return /(?:^|\.)umzug\.up$/i.test(callee) ? 'Umzug' : undefined;
}

/** Start-up code in Python → what it says of migrations. */
import { argumentOf, dottedName, qualifiedName, type PythonCall } from '../../frontends/syntax/python-call.ts';
import { stringValue } from '../../frontends/syntax/python-string.ts';
import { readValue, stringsOf } from '../../frontends/syntax/python-value.ts';
import { childOf, namedChildren, textOf, type SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { DeploymentFact, MigrationRun, OnError, Place } from '../../operations/deployment.ts';
import { guardedReset } from '../guarded-reset.ts';
import { findCommand } from '../known-commands.ts';
import { spanIn, writtenAt, type Fragment, type Reader } from '../reader.ts';
import { findDropIn } from '../shell/resets.ts';
import { guardOf } from './guard.ts';
import { around, blockOf, leaves, parseProgram, type Program } from './program.ts';
import { placeOfLine } from './starts.ts';
import { readUncommitted } from './uncommitted.ts';

/** The facts of a program. */
export function readPython(fragment: Fragment, place: Place, reader: Reader): DeploymentFact[] {
  const program = parseProgram(fragment, reader);
  const facts = [
    ...program.calls.flatMap((call) => readMigrationCall(call, place, program, reader)),
    ...program.nodes.flatMap((node) => readWholeSchema(node, place, program, reader)),
    ...readUncommitted(program, reader),
  ];
  // Beside what makes the schema it is the second half of the same decision.
  const upgrades = facts.some((fact) => fact.kind === 'runMigrations' || fact.kind === 'makeSchema');
  return facts.filter((fact) => fact.kind !== 'recordOnly' || !upgrades);
}

/** A call that runs migrations: Alembic's and Django's own, or a command in another process. */
function readMigrationCall(call: PythonCall, place: Place, program: Program, reader: Reader): DeploymentFact[] {
  const name = qualifiedName(call.callee, program.module) ?? '';
  const span = spanIn(program.fragment, call.node.start, call.node.end, reader);
  const command = writtenAt(program.fragment, call.node.start, call.node.end, reader);
  const own = ownCalls[name];
  const text = (node: SyntaxNode | undefined) => node && stringValue(node, { module: program.module });
  if (own && (own.argument === undefined || text(call.positional[0]) === own.argument)) {
    const { tool } = own;
    if (own.records) return [{ kind: 'recordOnly', command, tool, span }];
    const revision = text(argumentOf(call, tool === 'Alembic' ? 1 : 99, 'revision'));
    const target = revision === 'head' || revision === 'heads' ? ({ target: revision } as const) : {};
    return [run({ tool, command, ...target }, raised(call.node, program, reader))];
  }
  const words = processes[name] === undefined ? commandLineOf(call, name, program) : wordsOf(call, program);
  const known = words && findCommand(words, reader.commands);
  if (!known || !words) return [];
  const line = words.slice(known.at).join(' ');
  // Of a program nobody knows who starts it: no look for drift is counted on there.
  if (known.does === 'check' || known.does === 'write') return [];
  if (known.does === 'record') return [{ kind: 'recordOnly', command: line, tool: known.tool, span }];
  if (known.does === 'reset')
    return guardedReset({
      how: line,
      place: placeOfLine(call.node, place, program, reader),
      guard: guardOf(call.node, program, reader),
      span,
    });
  if (known.does !== 'migrate') {
    const guard = guardOf(call.node, program, reader);
    return guard === 'safe' ? [] : [{ kind: 'makeSchema', how: line, tool: known.tool, place, guard, span }];
  }
  const dropped = isDropped(call, name, program)
    ? { kind: 'goesOn' as const, how: processes[name] ?? '', explicit: false, span }
    : raised(call.node, program, reader);
  return [run({ tool: known.tool, command: line, ...(known.target ? { target: known.target } : {}) }, dropped)];

  function run(told: Pick<MigrationRun, 'tool' | 'command' | 'target'>, onError: OnError): DeploymentFact {
    const at = placeOfLine(call.node, place, program, reader);
    return { kind: 'runMigrations', ...told, place: at, onError, wait: { kind: 'none' }, span };
  }
}

/** `alembic.config.main(argv=["upgrade", "head"])` is the command line without its first word. */
function commandLineOf(call: PythonCall, name: string, { module }: Program): string[] | undefined {
  if (name !== 'alembic.config.main') return undefined;
  const given = argumentOf(call, 0, 'argv');
  const words = given && stringsOf(readValue(given, { module }));
  return words && ['alembic', ...words];
}

const ownCalls: Record<string, { tool: string; argument?: string; records?: true }> = Object.assign(
  Object.create(null),
  {
    'alembic.command.upgrade': { tool: 'Alembic' },
    'alembic.command.stamp': { tool: 'Alembic', records: true },
    'flask_migrate.upgrade': { tool: 'Flask-Migrate' },
    'flask_migrate.stamp': { tool: 'Flask-Migrate', records: true },
    'django.core.management.call_command': { tool: 'Django', argument: 'migrate' },
  },
);

/** Calls that start another process; where one does not raise on failure, how it lets the failure pass. */
const processes: Record<string, string> = Object.assign(Object.create(null), {
  'subprocess.run': 'no `check=True`',
  'subprocess.call': 'its status is not looked at',
  'subprocess.Popen': 'its status is not looked at',
  'subprocess.check_call': '',
  'subprocess.check_output': '',
  'os.system': 'its status is not looked at',
  'asyncio.create_subprocess_exec': 'its status is not looked at',
  'asyncio.create_subprocess_shell': 'its status is not looked at',
});

function wordsOf(call: PythonCall, program: Program): string[] | undefined {
  const [first] = call.positional;
  if (call.positional.length > 1) {
    const given = call.positional.map((node) => stringValue(node, { module: program.module }));
    return given.every((word) => word !== undefined) ? given : undefined;
  }
  const words = first && stringsOf(readValue(first, { module: program.module }));
  return words?.length === 1 ? words[0]?.split(/\s+/) : words;
}

/** The call stands alone, and what it starts may fail unseen. */
function isDropped(call: PythonCall, name: string, program: Program): boolean {
  if (!processes[name]) return false;
  const check = call.keywords.get('check');
  if (check && textOf(check, program.module.text) !== 'False') return false;
  const statement = around(call.node, program).find(({ parent }) =>
    /_statement$|^assignment$/.test(parent.type),
  )?.parent;
  if (statement?.type === 'expression_statement') return true;
  const kept = statement?.type === 'assignment' ? childOf(statement, 'left') : undefined;
  if (!kept || kept.type !== 'identifier') return false;
  // What is kept counts as looked at where its status is named, or where it is handed on.
  const { text } = program.module;
  const own = textOf(kept, text);
  return !program.nodes.some(
    (node) =>
      node.start > call.node.end &&
      ((node.type === 'attribute' && isAsked(node)) ||
        (node.type === 'identifier' && textOf(node, text) === own && program.parents.get(node)?.type !== 'attribute')),
  );

  function isAsked(node: SyntaxNode): boolean {
    const asked = textOf(node, text);
    if (asked === `${own}.returncode` || asked === `${own}.check_returncode`) return true;
    const waits = asked === `${own}.wait` || asked === `${own}.communicate`;
    return waits && around(node, program).some(({ parent }) => /^assignment$|^if_statement$/.test(parent.type));
  }
}

const broad =
  /^(?:Exception|BaseException|SystemExit|(?:\w+\.)*(?:CalledProcessError|SQLAlchemyError|OperationalError|ProgrammingError|DBAPIError|CommandError))$/;

/** Whether an exception ends the program, or is caught and only written down. */
function raised(node: SyntaxNode, program: Program, reader: Reader): OnError {
  const { text } = program.module;
  for (const { parent, child } of around(node, program)) {
    if (parent.type === 'with_statement' && child.field === 'body') {
      const clause = namedChildren(parent).find((each) => each.type === 'with_clause');
      const opened = clause ? textOf(clause, text) : '';
      if (
        clause &&
        /(?:^|\.)suppress\(/.test(opened) &&
        isBroad(opened.replace(/^.*suppress\(/, '').replace(/\).*$/, ''))
      )
        return {
          kind: 'goesOn',
          how: opened,
          explicit: true,
          span: spanIn(program.fragment, clause.start, clause.end, reader),
        };
    }
    if (parent.type !== 'try_statement' || child.field !== 'body') continue;
    if (isRetried(parent, program)) return { kind: 'stops' };
    for (const clause of namedChildren(parent).filter((each) => each.type === 'except_clause')) {
      const caught = namedChildren(clause).find((each) => each.type !== 'block');
      const body = blockOf(clause);
      if (!body || leaves(body, program) || (caught && !isBroad(textOf(caught, text)))) continue;
      const end = (caught?.end ?? clause.start + 'except'.length) + 1;
      const how = writtenAt(program.fragment, clause.start, end - 1, reader);
      return { kind: 'goesOn', how, explicit: true, span: spanIn(program.fragment, clause.start, end, reader) };
    }
  }
  return { kind: 'stops' };
}

function isBroad(caught: string): boolean {
  const names = caught
    .replace(/\s+as\s+\w+$/, '')
    .replace(/[()]/g, '')
    .split(',');
  return names.some((name) => broad.test(name.trim()));
}

/** In a loop an exception is followed by the next try. */
function isRetried(node: SyntaxNode, program: Program): boolean {
  return around(node, program).some(
    ({ parent }) => parent.type === 'for_statement' || parent.type === 'while_statement',
  );
}

/** `create_all`, called or handed on; `drop_all`; DROP SCHEMA in a string. */
function readWholeSchema(node: SyntaxNode, place: Place, program: Program, reader: Reader): DeploymentFact[] {
  const name = node.type === 'attribute' ? childOf(node, 'attribute') : undefined;
  const called = name && textOf(name, program.module.text);
  const isString = node.type === 'string' && isArgument(node, program);
  const drop = isString ? findDropIn(textOf(node, program.module.text)) : undefined;
  if (called !== 'create_all' && called !== 'drop_all' && !drop) return [];
  const start = drop ? node.start + drop.start : node.start;
  const end = drop ? node.start + drop.end : node.end;
  const span = spanIn(program.fragment, start, end, reader);
  const how = writtenAt(program.fragment, start, end, reader);
  const guard = guardOf(node, program, reader);
  if (guard === 'safe') return [];
  if (called !== 'create_all')
    return guardedReset({ how, place: placeOfLine(node, place, program, reader), guard, span });
  return dottedName(node, program.module.text) === undefined && !/metadata|db/.test(how)
    ? []
    : [{ kind: 'makeSchema', how, tool: 'SQLAlchemy', place, guard, span }];
}

function isArgument(node: SyntaxNode, program: Program): boolean {
  return around(node, program).some(({ parent }) => parent.type === 'argument_list');
}

/** Reads both directions of a migration in JavaScript or TypeScript; what a framework adds is its `ScriptFramework`. */
import { notRecognised, type Comment, type Down, type Transaction } from '../../operations/migration.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Reading, Source, SourceFile } from '../frontend.ts';
import { createMachine, sayOpaque, type Knowledge, type Machine } from './script-machine.ts';
import { readModule, type ScriptModule } from './script-module.ts';
import { perform } from './script-perform.ts';
import { withImplicitTransactions } from './script-queries.ts';
import { runFunction } from './script-run.ts';
import { parseScript, type ParsedScript } from './script-tree.ts';
import type { FunctionValue, Value } from './script-value.ts';

/** What runs for one direction, and what it is given. */
export type Entry = { call: FunctionValue; values: Value[] };

export type ScriptFramework = {
  /** Made anew for each direction: it may remember what happened. */
  knowledge: () => Knowledge;
  /** What the framework runs for a direction; undefined where the file has nothing for it. */
  entry: (module: ScriptModule, direction: 'up' | 'down', machine: Machine, source: Source) => Entry | undefined;
  /** Asked after the up direction was followed. */
  transaction: (module: ScriptModule, machine: Machine, source: Source) => Transaction;
  /** True where the file itself shows that migrations do not share a transaction. */
  ownTransaction?: (module: ScriptModule, machine: Machine) => boolean;
  /** What no down direction means where it does not mean that there is none. */
  absentDown?: (up: Machine, module: ScriptModule) => Down;
  /** Anything left to write down when a direction has been followed. */
  finish?: (machine: Machine) => void;
};

/** Reads a file as the framework runs it. */
export function readScript(source: Source, framework: ScriptFramework): Reading {
  const file = source.files.up ?? { path: source.files.down?.path ?? '', text: '' };
  const parsed = parseScript(file.path, file.text);
  if (parsed.kind === 'failed') return failed(file, parsed, source, framework);
  const up = follow('up', file, parsed, source, framework);
  const down = follow('down', file, parsed, source, framework);
  const comments: Comment[] = parsed.comments.map(({ text, start, end }) => {
    return { text, span: up.machine.locate(start, end) };
  });
  const transaction = framework.transaction(up.module, up.machine, source);
  if (transaction === 'none')
    for (const { machine } of [up, down]) machine.operations = withImplicitTransactions(machine);
  return {
    transaction,
    ...(framework.ownTransaction?.(up.module, up.machine) ? { ownTransaction: true as const } : {}),
    ...(parsed.program.body.some(({ type }) => /^Export(?:Named|Default)/.test(type))
      ? { isModule: true as const }
      : {}),
    up: up.found ? up.machine.operations : [unrecognised(up.machine)],
    down: down.found ? downOf(down, file.path) : (framework.absentDown?.(up.machine, up.module) ?? { kind: 'missing' }),
    statements: up.found ? up.machine.statements : 1,
    comments: [...comments, ...up.machine.comments, ...down.machine.comments],
  };
}

type Followed = { machine: Machine; module: ScriptModule; found: boolean };
type Parsed = Extract<ParsedScript, { kind: 'parsed' }>;

function follow(
  direction: 'up' | 'down',
  file: SourceFile,
  parsed: Parsed,
  source: Source,
  framework: ScriptFramework,
): Followed {
  const machine = createMachine(file, source, framework.knowledge());
  let module: ScriptModule = {
    exports: { kind: 'record', fields: new Map(), whole: true, start: 0, end: 0 },
    classes: [],
  };
  try {
    module = readModule(parsed.program, machine);
    const entry = framework.entry(module, direction, machine, source);
    if (!entry) return { machine, module, found: false };
    perform(runFunction(entry.call, entry.values, machine), machine);
    framework.finish?.(machine);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    machine.muted = false;
    sayOpaque(machine, { start: 0, end: 1 }, machine.when, 'it is nested too deeply to be followed');
  }
  if (machine.budget <= 0)
    sayOpaque(
      machine,
      { start: 0, end: 1 },
      machine.when,
      'it does more than is followed here, so this is not all of it',
    );
  return { machine, module, found: true };
}

function downOf({ machine }: Followed, path: string): Down {
  const takesBack = machine.operations.some((operation) => operation.kind !== 'noEffect');
  if (takesBack) return { kind: 'written', path, operations: machine.operations };
  return machine.raised === undefined ? { kind: 'empty', path } : { kind: 'irreversible', reason: machine.raised };
}

function unrecognised(machine: Machine): Operation {
  return { kind: 'opaque', reason: notRecognised, span: machine.locate(0, 1), statement: 1 };
}

function failed(
  file: SourceFile,
  { offset, reason }: Extract<ParsedScript, { kind: 'failed' }>,
  source: Source,
  framework: ScriptFramework,
): Reading {
  const machine = createMachine(file, source, framework.knowledge());
  const at = Math.min(offset, Math.max(0, file.text.length - 1));
  sayOpaque(machine, { start: at, end: at + 1 }, machine.when, reason);
  return { transaction: 'unknown', up: machine.operations, down: { kind: 'missing' }, statements: 1, comments: [] };
}

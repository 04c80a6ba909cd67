/** Shell → what it says of migrations: commands with what becomes of their errors, resets, copies. */
import type { SyntaxNode } from '../../frontends/syntax/tree.ts';
import type { DatabaseWait, DeploymentFact, OnError, Place } from '../../operations/deployment.ts';
import { findCommand } from '../known-commands.ts';
import type { KnownCommand } from '../tools.ts';
import { readPython } from '../python/read-python.ts';
import { partOf, spanIn, wholeFragment, writtenAt, type Fragment, type Reader } from '../reader.ts';
import { findCredential } from '../credential.ts';
import { findCalled, type Called } from '../called/called.ts';
import { readJavascript } from '../javascript/read-javascript.ts';
import { createLocator } from '../../frontends/sql/text.ts';
import type { Span } from '../../operations/operation.ts';
import { guardOf } from './guard.ts';
import { onErrorOf } from './on-error.ts';
import { isReached } from './reached.ts';
import { isAlways, withoutAccompanying } from './records.ts';
import { asksBefore, findDrop, heredocsOf, isOwnDatabase, takesOver } from './resets.ts';
import { hasOption, parseScript, scriptText, type Script, type ShellCommand, type ShellOptions } from './script.ts';
import { waitBefore } from './waits.ts';

/** Where a script runs; a function is given the script, for places that depend on what it does. */
export type Run = ShellOptions & {
  place: Place | ((startsServer: boolean) => Place);
  /** Another file calls it, with these arguments. */
  given?: readonly string[];
};

/** The facts of a script. `depth` counts scripts inside scripts. */
export function readShell(fragment: Fragment, run: Run, reader: Reader, depth = 0): DeploymentFact[] {
  const script = parseScript(fragment, reader.bash, run);
  const place = typeof run.place === 'function' ? run.place(takesOver(script)) : run.place;
  const commands = run.given
    ? script.commands.filter((each) => isReached(each.node, script, run.given ?? []))
    : script.commands;
  const always = new Set<DeploymentFact>();
  const facts = commands.flatMap((command) => {
    const own = readCommand(command, script, place, reader, depth);
    if (recordsAll(command, reader) && isAlways(command.node, script)) for (const fact of own) always.add(fact);
    return [...own, ...(depth < 3 ? readInside(command, script, place, reader, depth) : [])];
  });
  return withoutAccompanying(facts, always);
}

/** `stamp head`: every migration, also those that never ran. */
function recordsAll({ words }: ShellCommand, reader: Reader): boolean {
  const known = findCommand(
    words.map((word) => word.text),
    reader.commands,
  );
  return known?.does === 'record' && known.target !== undefined;
}

function readCommand(
  command: ShellCommand,
  script: Script,
  place: Place,
  reader: Reader,
  depth: number,
): DeploymentFact[] {
  const words = command.words.map((word) => word.text);
  const known = findCommand(words, reader.commands);
  if (known) return readKnown(command, known, script, place, reader);
  const drop = handsOn(words) ? undefined : findDrop(command, script);
  if (
    drop &&
    !isOwnDatabase(
      scriptText(command.node, script)
        .slice(drop.start - command.node.start, drop.end - command.node.start)
        .split(/\s+/),
      command.node,
      script,
    )
  ) {
    const { fragment } = script;
    const how = writtenAt(fragment, drop.start, drop.end, reader);
    const span = spanIn(fragment, drop.start, drop.end, reader);
    return [{ kind: 'resetDatabase', how, place, asks: asksBefore(command.node, script), span }];
  }
  if (installsChart(words)) return [installFact(command, script, reader)];
  if (copiesMigrations(words)) return [copyFact(command, script, reader)];
  return findCalled(words, reader.path, reader.beside).flatMap((called) => {
    const { start, end } = command.node;
    const span = spanIn(script.fragment, start, end, reader);
    const sourced = /^(?:\.|source)$/.test(words[0] ?? '');
    const failsFast = sourced
      ? hasOption('e', command.node, script)
      : words.slice(0, 2).some((word) => /^-\w*e/.test(word));
    const inside = readCalled(called, { place, failsFast, pipefail: false }, span, reader, depth);
    const wait = waitBefore(start, script, reader);
    const outer = onErrorOf(command.node, script, reader);
    return inside.map((fact) => {
      const told = within(fact, outer, undefined);
      return told.kind === 'runMigrations' && told.wait.kind === 'none' ? { ...told, wait } : told;
    });
  });
}

/**
 * What a file that is called says, told where it is called. A file that is part of the change speaks for itself:
 * of it only that it runs here is told, and not even that where nothing more is known of here.
 */
export function readCalled(
  called: Called,
  run: ShellOptions & { place: Place },
  span: Span,
  caller: Reader,
  depth = 0,
): DeploymentFact[] {
  if (depth > 3) return [];
  const { path, text, language, changed } = called;
  const reader = { ...caller, path, text, locate: createLocator(path, text) };
  const whole = wholeFragment(text);
  const facts =
    language === 'python'
      ? readPython(whole, run.place, reader)
      : language === 'javascript'
        ? readJavascript(whole, run.place, reader)
        : readShell(whole, { ...run, given: called.given }, reader, depth + 1);
  return facts.flatMap((fact): DeploymentFact[] => {
    if (fact.kind === 'writeSchemaFile') return [{ ...fact, span }];
    if (fact.kind === 'checkDrift') return [{ ...fact, through: fact.through ?? path, span, ...heardAt(fact) }];
    if (fact.kind === 'makeSchema' || fact.kind === 'resetDatabase')
      return changed || !isRun(run.place) ? [] : [{ ...fact, through: path, span }];
    if (fact.kind !== 'runMigrations' || (run.place.kind === 'image' && (changed || /migrat/i.test(path)))) return [];
    const { onError } = heardAt(fact);
    const wait: DatabaseWait =
      fact.wait.kind !== 'endless' ? fact.wait : changed ? { kind: 'bounded' } : { ...fact.wait, span };
    return [{ ...fact, through: fact.through ?? path, onError, wait, span }];
  });

  function heardAt({ onError }: { onError: OnError }): { onError: OnError } {
    return { onError: changed || onError.kind === 'stops' ? { kind: 'stops' } : { ...onError, span } };
  }
}

/** A place of which it is known that it runs, and not only when somebody calls it. */
function isRun(place: Place): boolean {
  return place.kind !== 'script' && place.kind !== 'build' && place.kind !== 'code';
}

/** What another interpreter is given is read as its language. */
function handsOn(words: readonly string[]): boolean {
  return words.some((word) => /(?:^|\/)(?:python[\d.]*|(?:ba|da|a|z)?sh|ssh)$/.test(word));
}

function readKnown(
  command: ShellCommand,
  known: KnownCommand,
  script: Script,
  place: Place,
  reader: Reader,
): DeploymentFact[] {
  const { tool, does } = known;
  const words = command.words.map((word) => word.text);
  const first = command.words[known.at]?.node ?? command.node;
  const { fragment } = script;
  const span = spanIn(fragment, first.start, command.node.end, reader);
  const text = writtenAt(fragment, first.start, command.node.end, reader);
  const credential = credentialFacts(command, script, reader);
  switch (does) {
    case 'migrate': {
      const { target } = known;
      const followed = onErrorOf(command.node, script, reader);
      const onError: OnError =
        known.goesOn === undefined ? followed : { kind: 'goesOn', how: known.goesOn, explicit: false, span };
      const wait = waitBefore(command.node.start, script, reader);
      const run = { kind: 'runMigrations' as const, tool, command: text, place, onError, wait, span };
      return [{ ...run, ...(target ? { target } : {}) }, ...credential];
    }
    case 'make':
    case 'load': {
      const guard = guardOf(command.node, script, reader);
      if (guard === 'safe') return credential;
      const destroys = does === 'load' || known.destroys ? { destroys: true as const } : {};
      return [{ kind: 'makeSchema', how: text, tool, place, guard, ...destroys, span }, ...credential];
    }
    case 'reset':
      if (guardOf(command.node, script, reader) === 'safe' || isOwnDatabase(words, command.node, script))
        return credential;
      return [{ kind: 'resetDatabase', how: text, place, asks: asksBefore(command.node, script), span }, ...credential];
    case 'record':
      return [{ kind: 'recordOnly', command: text, tool, span }, ...credential];
    case 'check': {
      const onError = onErrorOf(command.node, script, reader);
      return [{ kind: 'checkDrift', tool, command: text, place, onError, span }, ...credential];
    }
    case 'write':
      return [{ kind: 'writeSchemaFile', tool, span }, ...credential];
  }
}

function credentialFacts(command: ShellCommand, script: Script, reader: Reader): DeploymentFact[] {
  return command.words.flatMap(({ text, node }) => {
    const found = findCredential(text);
    if (!found) return [];
    const where = command.words[0]?.text ?? 'a command';
    return [
      {
        kind: 'credential' as const,
        where,
        host: found.host,
        span: spanIn(script.fragment, node.start, node.end, reader),
      },
    ];
  });
}

function copiesMigrations(words: readonly string[]): boolean {
  if (!/^(?:kubectl|oc|docker|podman)$/.test(words[0] ?? '') || !words.includes('cp')) return false;
  return words.some((word) => /migrat|alembic|versions/i.test(word));
}

/** `helm upgrade`, also behind wrappers. */
function installsChart(words: readonly string[]): boolean {
  const at = words.indexOf('helm');
  return (
    at !== -1 && at < 3 && /^(?:upgrade|install)$/.test(words.slice(at + 1).find((word) => !word.startsWith('-')) ?? '')
  );
}

function installFact(command: ShellCommand, script: Script, reader: Reader): DeploymentFact {
  const { start, end } = command.node;
  return {
    kind: 'installChart',
    command: writtenAt(script.fragment, start, end, reader),
    withoutHooks: command.words.some(({ text }) => text === '--no-hooks'),
    onError: onErrorOf(command.node, script, reader),
    span: spanIn(script.fragment, start, end, reader),
  };
}

function copyFact(command: ShellCommand, script: Script, reader: Reader): DeploymentFact {
  const { start, end } = command.node;
  return {
    kind: 'copyFiles',
    command: writtenAt(script.fragment, start, end, reader),
    onError: onErrorOf(command.node, script, reader),
    span: spanIn(script.fragment, start, end, reader),
  };
}

/** What a command hands on to another interpreter: `sh -c '…'`, `ssh host '…'`, `python -c '…'`, a here-document. */
function readInside(
  command: ShellCommand,
  script: Script,
  place: Place,
  reader: Reader,
  depth: number,
): DeploymentFact[] {
  const words = command.words.map((word) => word.text.slice(word.text.lastIndexOf('/') + 1));
  const python = words.findIndex((word) => /^python[\d.]*$/.test(word));
  const shell = words.findIndex((word) => /^(?:ba|da|a|z)?sh$|^su$|^ssh$/.test(word));
  const option = words.findIndex((word, index) => index > Math.max(python, shell) && /^-\w*c$/.test(word));
  const sent = words[shell] === 'ssh' ? words.length - 1 : option + 1;
  const argument = option !== -1 || words[shell] === 'ssh' ? command.words[sent]?.node : undefined;
  const inner = [...(argument ? [contentOf(argument, script)] : []), ...heredocs(command, script)];
  if (python !== -1) return inner.flatMap((part) => readPython(part, place, reader));
  if (shell === -1) return [];
  const options = words.slice(shell + 1, option + 1);
  const failsFast = options.some((word) => /^-\w*e/.test(word));
  const run = { place, failsFast, pipefail: options.includes('pipefail') };
  const outer = onErrorOf(command.node, script, reader);
  const wait = isTimed(words, shell) ? ({ kind: 'bounded' } as const) : undefined;
  const asks = asksBefore(command.node, script);
  return inner
    .flatMap((part) => readShell(part, run, reader, depth + 1))
    .map((fact) => (fact.kind === 'resetDatabase' ? { ...fact, asks } : within(fact, outer, wait)));
}

/** `timeout 60 sh -c 'until …'` gives up. */
function isTimed(words: readonly string[], shell: number): boolean {
  return words.slice(0, shell).includes('timeout');
}

/** What the inner shell lets pass, the outer one may still drop. */
function within(fact: DeploymentFact, outer: OnError, wait: { kind: 'bounded' } | undefined): DeploymentFact {
  if (fact.kind === 'copyFiles' || fact.kind === 'installChart' || fact.kind === 'checkDrift')
    return fact.onError.kind === 'stops' ? { ...fact, onError: outer } : fact;
  if (fact.kind !== 'runMigrations') return fact;
  const onError = fact.onError.kind === 'stops' ? outer : fact.onError;
  return { ...fact, onError, wait: wait && fact.wait.kind === 'endless' ? wait : fact.wait };
}

function heredocs(command: ShellCommand, script: Script): Fragment[] {
  return heredocsOf(command.node, script).map((body) => partOf(script.fragment, body.start, body.end));
}

function contentOf(node: SyntaxNode, script: Script): Fragment {
  const quotes = /^["']/.test(scriptText(node, script)) ? 1 : 0;
  return partOf(script.fragment, node.start + quotes, Math.max(node.start + quotes, node.end - quotes));
}

/** A command as a manifest gives it: a list of words, or one string, which may hold a whole script behind `sh -c`. */
import type { Scalar } from 'yaml';
import type { DeploymentFact, OnError, Place } from '../../operations/deployment.ts';
import { findCredential } from '../credential.ts';
import { findCommand } from '../known-commands.ts';
import type { KnownCommand } from '../tools.ts';
import { findCalled } from '../called/called.ts';
import { readCalled, readShell, type Run } from '../shell/read-shell.ts';
import { fragmentOf, spanOf, writtenOf, type Yaml } from './document.ts';

/** The facts of a command that is given as words. `image` names the tool where the words are only given to its entrypoint. */
export function readWords(words: readonly Scalar[], place: Place, yaml: Yaml, image = ''): DeploymentFact[] {
  const script = scriptAmong(words, yaml);
  if (script) return readScript(script.node, { place, ...script.options }, yaml);
  const texts = words.map((word) => writtenOf(word, yaml) ?? '');
  const known: (KnownCommand & { program?: string }) | undefined =
    findCommand(texts, yaml.reader.commands) ?? findOfImage(texts, image, yaml);
  const [first, last] = [words[known?.at ?? 0], words.at(-1)];
  if (!first || !last) return [];
  const [start, end] = [spanOf(first, yaml), spanOf(last, yaml)];
  const span = { ...start, endLine: end.endLine, endColumn: end.endColumn };
  if (!known)
    return findCalled(texts, yaml.reader.path, yaml.reader.beside).flatMap((called) =>
      readCalled(called, { place, failsFast: false, pipefail: false }, span, yaml.reader),
    );
  const program = known.program === undefined ? '' : `${known.program} `;
  const command = `${program}${texts.slice(known.at).join(' ')}`;
  const fact = factOf();
  const secrets = words.flatMap((word, index) => {
    const found = findCredential(texts[index] ?? '');
    return found
      ? [{ kind: 'credential' as const, where: texts[0] ?? '', host: found.host, span: spanOf(word, yaml) }]
      : [];
  });
  return [fact, ...secrets];

  function factOf(): DeploymentFact {
    const { tool, does, target } = known ?? { tool: '', does: 'migrate' as const };
    if (does === 'record') return { kind: 'recordOnly', command, tool, span };
    if (does === 'reset')
      return { kind: 'resetDatabase', how: command, place, asks: { person: false, environment: false }, span };
    if (does === 'make' || does === 'load') {
      const destroys = does === 'load' || known?.destroys ? { destroys: true as const } : {};
      return { kind: 'makeSchema', how: command, tool, place, guard: { kind: 'none' }, ...destroys, span };
    }
    const onError: OnError = { kind: 'stops' };
    if (does === 'check') return { kind: 'checkDrift', tool, command, place, onError, span };
    if (does === 'write') return { kind: 'writeSchemaFile', tool, span };
    return {
      kind: 'runMigrations',
      tool,
      command,
      ...(target ? { target } : {}),
      place,
      onError,
      wait: { kind: 'none' },
      span,
    };
  }
}

/** Images that are one migration tool, whose arguments are all that a manifest gives. */
const toolImages: Record<string, string> = {
  'flyway/flyway': 'flyway',
  'redgate/flyway': 'flyway',
  'liquibase/liquibase': 'liquibase',
  liquibase: 'liquibase',
  'migrate/migrate': 'migrate',
  'amacneil/dbmate': 'dbmate',
  'arigaio/atlas': 'atlas',
};

function findOfImage(
  texts: readonly string[],
  image: string,
  yaml: Yaml,
): (KnownCommand & { program: string }) | undefined {
  const name = image.replace(/[:@].*$/, '').replace(/^(?:docker\.io|ghcr\.io|registry\.[\w.-]+)\//, '');
  const program = Object.hasOwn(toolImages, name) ? toolImages[name] : undefined;
  const [only = ''] = texts;
  const given = texts.length === 1 ? only.trim().split(/\s+/) : texts;
  const known = program === undefined ? undefined : findCommand([program, ...given], yaml.reader.commands);
  return known && program !== undefined ? { ...known, at: 0, program } : undefined;
}

/** The facts of a scalar that holds a script. */
export function readScript(node: Scalar, run: Run, yaml: Yaml): DeploymentFact[] {
  const fragment = fragmentOf(node, yaml);
  return fragment ? readShell(fragment, run, yaml.reader) : [];
}

/** The scalar behind `sh -c`, with the options of the shell. */
export function scriptAmong(
  words: readonly Scalar[],
  yaml: Yaml,
): { node: Scalar; options: { failsFast: boolean; pipefail: boolean } } | undefined {
  const texts = words.map((word) => writtenOf(word, yaml) ?? '');
  const shell = texts.findIndex((text) => /(?:^|\/)(?:ba|da|a|z)?sh$/.test(text));
  const option = texts.findIndex((text, index) => index > shell && /^-\w*c$/.test(text));
  const node = words[option + 1];
  if (shell === -1 || option === -1 || !node) return undefined;
  const options = texts.slice(shell + 1, option + 1);
  return {
    node,
    options: { failsFast: options.some((text) => /^-\w*e/.test(text)), pipefail: options.includes('pipefail') },
  };
}

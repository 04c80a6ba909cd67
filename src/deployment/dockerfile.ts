/** Dockerfiles → what their instructions say of migrations: ENTRYPOINT and CMD at every start, RUN when the image is built. */
import type { DeploymentFact, Place } from '../operations/deployment.ts';
import { partOf, wholeFragment, type Fragment, type Reader } from './reader.ts';
import { instructionsOf, type Instruction } from './instructions.ts';
import { readShell, type Run } from './shell/read-shell.ts';
import type { ShellOptions } from './shell/script.ts';
import { isResetSwitch } from './yaml/reset-switches.ts';

/** The facts of a Dockerfile. Of several ENTRYPOINT or CMD in a stage all are read. */
export function readDockerfile(reader: Reader): DeploymentFact[] {
  const instructions = instructionsOf(reader.text);
  const started = instructions.flatMap(({ name, start, end }) =>
    name === 'ENTRYPOINT' || name === 'CMD' ? [reader.text.slice(start, end)] : [],
  );
  let stage: Stage = { name: '', shell: plain };
  return instructions.flatMap((instruction) => {
    stage = stageAfter(instruction, stage, reader.text);
    return readInstruction(instruction, stage, started, reader);
  });
}

/** `shell`: how lines of its own form are run, as SHELL says: https://docs.docker.com/reference/dockerfile/#shell */
type Stage = { name: string; shell: ShellOptions };

const plain: ShellOptions = { failsFast: false, pipefail: false };

function stageAfter({ name, start, end }: Instruction, stage: Stage, text: string): Stage {
  const words: string[] = text.slice(start, end).match(/[^\s"',[\]]+/g) ?? [];
  if (name === 'FROM') return { name: words[words.findIndex((word) => /^as$/i.test(word)) + 1] ?? '', shell: plain };
  if (name !== 'SHELL') return stage;
  const failsFast = words.some((word) => /^-[a-z]*e/.test(word));
  return { ...stage, shell: { failsFast, pipefail: words.includes('pipefail') } };
}

/** An image that is made for migrations, as its place says, starts nothing else. */
function placeOf({ name, start, end }: Instruction, stage: Stage, { path, text }: Reader): Place | undefined {
  if (name === 'RUN') {
    const isOwn =
      startsDatabase.test(text.slice(start, end)) || /sqlite/i.test(text) || /test|dev|\bci\b/i.test(stage.name);
    return isOwn ? { kind: 'build' } : { kind: 'build', image: true };
  }
  if (name !== 'ENTRYPOINT' && name !== 'CMD') return undefined;
  return /migrat/i.test(path) ? { kind: 'script', starts: false } : { kind: 'image' };
}

/** A database that is started for the build alone. */
const startsDatabase = /\b(?:pg_ctl\w*|initdb|mysqld\w*|mariadbd|service\s+\w*sql|docker-entrypoint)/;

function readInstruction(
  instruction: Instruction,
  stage: Stage,
  started: readonly string[],
  reader: Reader,
): DeploymentFact[] {
  const { name, start, end, documents } = instruction;
  const whole = wholeFragment(reader.text);
  const fragment = partOf(whole, start, end);
  const readDocument = (each: { start: number; end: number }, run: Run) =>
    readShell(partOf(whole, each.start, each.end), run, reader);
  if (name === 'ENV') return readEnv(fragment, reader);
  if (name === 'COPY' || name === 'ADD')
    return documents.flatMap((each) => readDocument(each, scriptRun(fragment, started)));
  const place = placeOf(instruction, stage, reader);
  if (!place) return [];
  const [document] = documents;
  // `RUN <<EOF` is the script itself; behind a command it is what that reads.
  if (document && /^(?:--\S+\s+)*<</.test(fragment.text)) return readDocument(document, { place, ...stage.shell });
  if (!isJson(fragment.text)) return readShell(fromJson(fragment), { place, ...stage.shell }, reader);
  return readShell(fromJson(fragment), { place, ...plain }, reader).map(asTyped);
}

/** `"alembic", "upgrade"` as somebody would type it. */
function asTyped(fact: DeploymentFact): DeploymentFact {
  if ('command' in fact) return { ...fact, command: typed(fact.command) };
  return 'how' in fact ? { ...fact, how: typed(fact.how) } : fact;
}

function typed(list: string): string {
  try {
    const words: unknown = JSON.parse(`[${list}]`);
    return Array.isArray(words) ? words.join(' ') : list;
  } catch {
    return list;
  }
}

/** A script that the Dockerfile itself holds: https://docs.docker.com/reference/dockerfile/#here-documents */
function scriptRun({ text }: Fragment, started: readonly string[]): Run {
  const target = (text.split('\n')[0] ?? '').trim().split(/\s+/).at(-1) ?? '';
  const name = target.slice(target.lastIndexOf('/') + 1);
  const isStarted = name !== '' && started.some((each) => each.includes(name));
  return { place: isStarted ? { kind: 'image' } : { kind: 'script', starts: false }, ...plain };
}

/** `["sh", "-c", "…"]` as the shell would see it, at equal length: brackets and commas become spaces. */
function fromJson(fragment: Fragment): Fragment {
  if (!isJson(fragment.text)) return { ...fragment, text: withoutComments(fragment.text) };
  let inString = false;
  const text = fragment.text.split('').map((character, index) => {
    const escaped = fragment.text[index - 1] === '\\';
    if (character === '"' && !escaped) inString = !inString;
    return !inString && (character === '[' || character === ']' || character === ',') ? ' ' : character;
  });
  return { ...fragment, text: text.join('') };
}

function isJson(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text.replace(/\\\r?\n/g, '  ')));
  } catch {
    return false;
  }
}

/** A comment between continued lines is no part of the command. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*#.*$/gm, (line) => `${' '.repeat(Math.max(0, line.length - 1))}\\`);
}

function readEnv(fragment: Fragment, reader: Reader): DeploymentFact[] {
  return [...fragment.text.matchAll(/(\w+)(?:=|\s+)["']?([\w-]+)["']?/g)].flatMap((match) => {
    const [whole, name = '', value = ''] = match;
    if (!isResetSwitch(name, value)) return [];
    const span = reader.locate(fragment.at(match.index), fragment.at(match.index + whole.length - 1) + 1);
    return [{ kind: 'resetSwitch' as const, name, value, span }];
  });
}

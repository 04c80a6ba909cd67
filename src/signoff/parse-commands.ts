/** Commands in comments: a line that begins with `/plimsoll`, outside code. */
import { shortestReason } from './apply-event.ts';

/** What a person asks for. `mistake` is a line that is meant for us and cannot be followed. */
export type Command =
  | { kind: 'ack'; item: string }
  | { kind: 'revoke'; item: string }
  | { kind: 'override'; rule: string; reason: string }
  | { kind: 'patched'; where: string; why: string }
  | { kind: 'recheck' }
  | { kind: 'help' }
  | { kind: 'mistake'; message: string };

/** How to use us, in one sentence. */
export const usage =
  'Commands: `/plimsoll ack <item>`, `revoke <item>`, `override <rule> <reason>`, `patched <where> <why>`, `recheck`, `help`.';

/** Commands that one comment may hold; what follows them is not read. */
const commandLimit = 10;

/** The commands of a comment, in order. A command stands at the start of its line, outside fenced code. */
export function parseCommands(body: string): Command[] {
  return linesOutsideCode(body)
    .filter((line) => /^\/plimsoll(?:\s|$)/.test(line))
    .slice(0, commandLimit)
    .map(parseLine);
}

/** Fences as in CommonMark: up to three spaces, three or more backticks or tildes, closed by a run at least as long. */
function linesOutsideCode(body: string): string[] {
  const outside: string[] = [];
  let fence: string | undefined;
  for (const line of body.split(/\r\n|\r|\n/)) {
    const run = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence !== undefined) {
      if (run && run[1]?.startsWith(fence) && run[2]?.trim() === '') fence = undefined;
    } else if (run && isOpening(run[1] ?? '', run[2] ?? '')) fence = run[1];
    else outside.push(line);
  }
  return outside;
}

function isOpening(run: string, after: string): boolean {
  return run.startsWith('~') || !after.includes('`');
}

function parseLine(line: string): Command {
  const [, verb = 'help', first = '', ...rest] = line.trim().split(/\s+/);
  const subject = first.replace(/^`(.*)`$/, '$1');
  const text = rest.join(' ');
  switch (verb) {
    case 'ack':
    case 'revoke':
      return isName(subject) && text === '' ? { kind: verb, item: subject } : useAs(`${verb} <item>`);
    case 'override':
      return isName(subject) && text !== '' ? { kind: verb, rule: subject, reason: text } : useAs(overrideUsage);
    case 'patched':
      return first !== '' && text !== '' ? { kind: verb, where: first, why: text } : useAs('patched <where> <why>');
    case 'recheck':
    case 'help':
      return { kind: verb };
  }
  return { kind: 'mistake', message: `That is not a command. ${usage}` };
}

const overrideUsage = `override <rule> <reason of at least ${shortestReason} characters>`;

function useAs(form: string): Command {
  return { kind: 'mistake', message: `Write it as \`/plimsoll ${form}\`.` };
}

/** Ids of items and rules are kebab-case; anything else is a slip, and is never printed back. */
function isName(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,79}$/.test(text);
}

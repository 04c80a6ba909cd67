/** Picks the command, and turns whatever goes wrong into one sentence. */
import { printHelp } from './help.ts';
import { complain, print, quietEpipe } from './output.ts';
import { readVersion } from './version.ts';

/** 0: clear, or sign-off is needed. 1: blocked, or something is missing. 2: could not run. */
export type ExitCode = 0 | 1 | 2;

/** A command with the arguments after its name. Rejects with an error whose message is a sentence for people. */
type Command = (words: string[]) => Promise<ExitCode>;

const commands: Record<string, () => Promise<Command>> = {
  review: async () => (await import('./review.ts')).reviewCommand,
  lint: async () => (await import('./lint.ts')).lintCommand,
  plan: async () => (await import('./plan.ts')).planCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  rules: async () => (await import('./rules.ts')).rulesCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
};

/** Runs what the words after `plimsoll` ask for. Never rejects. */
export async function runCommand(words: string[]): Promise<ExitCode> {
  quietEpipe();
  try {
    const [name = '', ...rest] = words;
    if (name === '--version' || name === '-v') return await print(`${readVersion()}\n`);
    if (['', '--help', '-h', 'help'].includes(name) || rest.some((word) => word === '--help' || word === '-h'))
      return await printHelp();
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (load) return await (await load())(rest);
    return complain(`There is no command "${name}": \`plimsoll --help\` lists those there are.`);
  } catch (error) {
    return complain(sentenceOf(error));
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return `Failed: ${String(error)}`;
  if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    return `${error.message.split('. ')[0]}: \`plimsoll --help\` lists the options.`;
  return error.message;
}

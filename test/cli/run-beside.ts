/** Runs the command line in a process beside this one, so that a server here can answer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../src/cli/main.js');

/** What it ends with and prints. */
export async function runBeside(words: readonly string[], environment: Record<string, string>, cwd?: string) {
  const child = spawn(process.execPath, [main, ...words], { cwd, env: { ...process.env, ...environment } });
  let output = '';
  let complaints = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (complaints += data.toString()));
  const [code] = await once(child, 'close');
  return { code, output, complaints };
}

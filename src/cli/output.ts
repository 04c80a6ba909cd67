/** What goes to the terminal. */
import { stripVTControlCharacters } from 'node:util';

/** Writes to standard output and waits until it is taken. */
export function print(text: string): Promise<0> {
  return new Promise((resolve) => {
    process.stdout.write(text, () => resolve(0));
  });
}

/** Says why nothing could be done. Names in it may be anything, so that control characters are left out. */
export function complain(sentence: string): 2 {
  const clean = stripVTControlCharacters(sentence).replace(/\p{Cc}+/gu, ' ');
  process.stderr.write(`plimsoll: ${clean}\n`);
  return 2;
}

/** Ends quietly when the reader of the output has gone, as `head` does. */
export function quietEpipe(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
}

/** Colours only where a person reads them. https://no-color.org */
export function hasColour(): boolean {
  return process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
}

import { styleText } from 'node:util';
import type { Standing } from './stage.ts';

/** Tells on the terminal what happens, and remembers what should have been seen and was not. */
export type Narrator = {
  chapter: (title: string) => void;
  say: (text: string) => void;
  /** Says what was expected and whether it came. */
  expect: (what: string, came: boolean) => void;
  missed: readonly string[];
};

export function createNarrator(): Narrator {
  const missed: string[] = [];
  return { chapter, say, expect, missed };

  function expect(what: string, came: boolean): void {
    if (!came) missed.push(what);
    say(came ? `${styleText('green', 'seen')}  ${what}` : `${styleText('red', 'NOT SEEN')}  ${what}`);
  }
}

function chapter(title: string): void {
  process.stdout.write(`\n${styleText('bold', title)}\n`);
}

function say(text: string): void {
  process.stdout.write(`${text.replaceAll(/^(?=.)/gm, '  ')}\n`);
}

/** How a pull request stands, in a few lines. */
export function describeStanding(standing: Standing): string {
  const checks = Object.entries(standing.checks).map(
    ([name, { conclusion, title }]) => `${name.padEnd(18)}${conclusion ?? 'running'}: ${title ?? ''}`,
  );
  const labels = `${'labels'.padEnd(18)}${standing.labels.join(', ') || 'none'}`;
  const comment = standing.comments.map(({ body }) => excerptOf(body)).join('\n');
  return [labels, ...checks.sort(), `${'comment'.padEnd(18)}${comment || 'none'}`].join('\n');
}

/** The verdict, the first line of each finding, the boxes and what was refused: what is seen of a comment before anything is unfolded. */
function excerptOf(body: string): string {
  const shown = body
    .replaceAll(/<details>[\s\S]*?<\/details>/g, '')
    .split('\n')
    .filter((line) => /^(### |> \*\*|- \[|\*\*|@[\w-]+: )/.test(line));
  return shown.map(plainLine).join(`\n${' '.repeat(18)}`);
}

function plainLine(line: string): string {
  return line
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(/^### |^> |\*\*|<\/?sub>/g, '')
    .replaceAll(/\[([^\]]*)\]\(http[^)]*\)/g, '$1')
    .trim();
}

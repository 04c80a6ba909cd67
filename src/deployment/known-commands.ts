/** Tells migration commands from others, behind whatever runs them. */

import { baseOf, findDatabaseCommand, findRelease, tools, type KnownCommand } from './tools.ts';

/** The migration command among the words of one command line, or undefined. `own` are the configured ones. */
export function findCommand(words: readonly string[], own: readonly string[]): KnownCommand | undefined {
  if (speakers.has(baseOf(words[0] ?? ''))) return undefined;
  for (const [at, word] of words.entries()) {
    const rest = words.slice(at + 1);
    for (const command of own) {
      const wanted = command.split(/\s+/);
      if (wanted.every((each, index) => words[at + index] === each || (index === 0 && baseOf(word) === each)))
        return { tool: wanted[0] ?? command, does: 'migrate', at };
    }
    const found = tools[programOf(word)]?.(rest) ?? findDatabaseCommand(words, at) ?? findRelease(words, at);
    if (found) return { ...found, at: withRunner(words, found.at ?? at) };
  }
  return undefined;
}

const runners =
  /^(?:python[\d.]*|php|mvnw?|gradlew?|npx|pnpx|bunx|pnpm|yarn|bun|dlx|exec|run|bundle|poetry|pipenv|uv|rye|hatch|pdm|dotnet|-m|-T)$/;

/** A program is typed with what runs it: `python manage.py`, `bundle exec rails`. */
function withRunner(words: readonly string[], at: number): number {
  let from = at;
  while (from > 0 && runners.test(baseOf(words[from - 1] ?? ''))) from--;
  // A container's own `run` and `exec` stand behind docker or kubectl, not before the program.
  while (from < at && /^(?:exec|run|-m|-T)$/.test(words[from] ?? '')) from++;
  return from;
}

/** The command that the words run, behind what only prints, for questions about programs that are no migration tool. */
export function runsProgram(words: readonly string[], name: RegExp): boolean {
  return !speakers.has(baseOf(words[0] ?? '')) && words.some((word) => name.test(baseOf(word)));
}

/** Words that only speak of a command, or look for it. */
const speakers = new Set(
  'alias apk apt apt-get brew cat command cp die echo export fail grep info log ls logger mkdir pip pip3 print printf rm sed test type warn which'.split(
    ' ',
  ),
);

/** `prisma@5` is prisma; the files that Prisma and TypeORM are started with, and Django's module, are told by their paths, a task of Gradle behind its project's. */
function programOf(word: string): string {
  if (/(?:^|\/)prisma\/build\/index\.js$/.test(word)) return 'prisma';
  if (/^:(?:[\w-]+:)*flyway\w+$/.test(word)) return word.slice(word.lastIndexOf(':') + 1);
  if (/(?:^|\/)typeorm\/cli(?:\.js)?$/.test(word)) return 'typeorm';
  return word === 'django' ? 'django-admin' : baseOf(word).replace(/(?<=.)@[\w.^~-]+$/, '');
}

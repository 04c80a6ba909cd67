/** `plimsoll doctor`: whether the repository at hand is ready for reviews, before the first pull request tells. */
import { parseArgs } from 'node:util';
import { existsSync } from 'node:fs';
import { configurationPath } from '../collect/collect.ts';
import { folderOf } from '../frontends/paths.ts';
import type { RequiredChecks } from '../github/required-checks.ts';
import { plain } from '../render/escape.ts';
import { count, groupBy, howMuchRead, writtenIn } from '../render/words.ts';
import type { MigrationReport, Report } from '../report.ts';
import { print } from './output.ts';
import type { ExitCode } from './run-command.ts';

/** A line of what was found; `missing` where something is left to do, `advice` where it may be done elsewhere. */
type Line = { text: string; mark: 'ok' | 'missing' | 'advice' };

/** Prints what is found and what is missing; reads, and writes nothing. */
export async function doctorCommand(words: string[]): Promise<ExitCode> {
  const { values } = parseArgs({ args: words, options: { github: { type: 'string' } } });
  const required = values.github === undefined ? undefined : await requiredOf(values.github);
  const { createFolderHost } = await import('./folder-host.ts');
  const { reviewHost } = await import('./review-host.ts');
  const { host } = createFolderHost(['.']);
  const report = await reviewHost(host, undefined, undefined, { unplanned: true });
  const { driftLines } = await import('./drift-lines.ts');
  const lines: Line[] = [
    ...ofConfiguration(report),
    ...ofMigrations(report.migrations),
    ...(await driftLines(
      report.migrations.map(({ framework }) => framework),
      (await host.files()).files.map(({ path }) => path),
    )),
    ...ofChecks(required),
  ];
  await print(lines.map(({ text, mark }) => `${mark.padEnd(7)}  ${plain(text)}\n`).join(''));
  return lines.some(({ mark }) => mark === 'missing') ? 1 : 0;
}

async function requiredOf(name: string): Promise<RequiredChecks> {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(name) ?? [];
  if (owner === undefined || repo === undefined)
    throw new Error(`"${name}" names no repository: write it as OWNER/NAME, such as acme/shop.`);
  const { explained, personClient } = await import('./person-client.ts');
  const { readRequiredChecks } = await import('../github/required-checks.ts');
  return explained(name, () => readRequiredChecks(personClient(), { owner, repo }));
}

function ofConfiguration({ problems }: Report): Line[] {
  if (problems.length === 0)
    return [
      {
        text: existsSync(configurationPath)
          ? `${configurationPath} is understood`
          : `no ${configurationPath}: all defaults hold`,
        mark: 'ok',
      },
    ];
  return problems.map(({ message, path, startLine }) => ({
    text: `${path === undefined ? '' : `${path}:${startLine ?? 1} `}${message}`,
    mark: 'missing',
  }));
}

/** Of one folder those that are written alike. A folder for each migration counts as one. */
function ofMigrations(migrations: readonly MigrationReport[]): Line[] {
  if (migrations.length === 0)
    return [
      { text: 'No migrations are found: name their folder under `paths:` with its `framework:`', mark: 'missing' },
    ];
  const groups = groupBy(migrations, (each) => `${homeOf(each.path)}: ${writtenIn(each)}`);
  return groups.map(([name, group]) => {
    const text = `${name}, ${count(group.length, 'migration')}, ${howMuchRead(group)}`;
    const isUnknown = group.some(({ database }) => database === 'unknown');
    return isUnknown ? { text: `${text}: state the database as \`database:\``, mark: 'missing' } : { text, mark: 'ok' };
  });
}

function homeOf(path: string): string {
  const folder = folderOf(path);
  return /^(?:up|down|migration)\.sql$/.test(path.slice(folder.length + 1)) ? folderOf(folder) : folder;
}

const ours = ['plimsoll/review', 'plimsoll/sign-off'];

/** A check that is not required holds nothing, and one without a source can be made by any workflow. */
function ofChecks(required: RequiredChecks | undefined): Line[] {
  if (!required) return [{ text: 'required checks are not looked at without --github OWNER/NAME', mark: 'ok' }];
  const { branch, checks } = required;
  return ours.map((name) => {
    const found = checks.filter((check) => check.name === name);
    if (found.length === 0) return { text: `${branch} does not require ${name}: it holds no merge`, mark: 'missing' };
    if (found.every(({ app }) => app === undefined))
      return { text: `${branch} takes ${name} from anybody: name the App as its expected source`, mark: 'missing' };
    return { text: `${branch} requires ${name}`, mark: 'ok' };
  });
}

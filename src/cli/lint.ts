/** `plimsoll lint`: files or folders, as if all of them were added now. */
import { parseArgs } from 'node:util';
import { settingFor } from '../configuration/setting.ts';
import { findClaim } from '../frontends/index.ts';
import type { Change } from '../operations/change.ts';
import type { Database } from '../operations/migration.ts';
import { createFolderHost } from './folder-host.ts';
import { printReport, readFormat } from './format.ts';
import { reviewHost } from './review-host.ts';
import type { ExitCode } from './run-command.ts';

const databases = ['postgres', 'mysql', 'mariadb', 'sqlite', 'sqlserver'] as const satisfies Database[];

/** Lints, prints, and says with the exit code whether anything blocks. */
export async function lintCommand(words: string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      database: { type: 'string' },
      version: { type: 'string' },
      format: { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new Error('Name the files or folders to lint: `plimsoll lint db/migrations`.');
  const format = readFormat(values.format);
  const database = readDatabase(values.database);
  const version = readNumber(values.version);
  const { host, named } = createFolderHost(positionals);
  const report = await reviewHost(host, values.config, (change) =>
    withNamedFiles(withDatabase(change, database, version), named),
  );
  return printReport(report, format, await host.subject());
}

function readDatabase(word: string | undefined): Database | undefined {
  const database = databases.find((each) => each === word);
  if (database !== undefined || word === undefined) return database;
  throw new Error(`There is no database "${word}": choose one of ${databases.join(', ')}.`);
}

function readNumber(word: string | undefined): number | undefined {
  if (word === undefined || /^\d+(\.\d+)?$/.test(word)) return word === undefined ? undefined : Number(word);
  throw new Error(`"${word}" is no version: give a number such as 16 or 8.0.`);
}

function withDatabase(change: Change, database: Database | undefined, version: number | undefined): Change {
  const { configuration } = change;
  const given = { ...(database !== undefined && { database }), ...(version !== undefined && { version }) };
  return { ...change, configuration: { ...configuration, ...given } };
}

/** Who names a file wants it read: where no framework would, it counts as a migration in a file of its own. */
function withNamedFiles(change: Change, named: ReadonlySet<string>): Change {
  const project = { paths: new Set(change.files.map((file) => file.path)), textOf: () => undefined };
  const unclaimed = change.files.filter(
    ({ path, after }) =>
      named.has(path) && path.endsWith('.sql') && findClaim({ path, text: after ?? '' }, project) === undefined,
  );
  const paths = unclaimed.map(({ path }) => {
    const { ignore: _, ...setting } = settingFor(change.configuration, path);
    return { framework: 'plain-sql', ...setting, path };
  });
  const { configuration } = change;
  return { ...change, configuration: { ...configuration, paths: [...configuration.paths, ...paths] } };
}

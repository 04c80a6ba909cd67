/** What a case says and what is read of it. */
import type { Database } from '../../../src/operations/migration.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import { loadScriptParser } from '../../../src/frontends/syntax/script-tree.ts';
import { migrationAt, type Files } from '../builders.ts';

await loadScriptParser();

/**
 * Reads a case: its first line names the database and the path, and a line `// and <path>` begins another file beside it.
 * Operations stand as their line and their fields.
 */
export async function readCase(all: string, others: Files = {}): Promise<unknown> {
  const [text = '', ...beside] = all.split(/^\/\/ and /m);
  const [, database = '', path = ''] = (text.split('\n')[0] ?? '').split(' ');
  const settings = { database: database as Database }; // the cases name nothing else
  const migration = await migrationAt(
    path,
    { [path]: text, ...Object.fromEntries(beside.map(fileIn)), ...others },
    settings,
  );
  const { framework, version, transaction, up, down } = migration;
  return {
    framework,
    version,
    transaction,
    up: up.map(short),
    down: down.kind === 'written' ? down.operations.map(short) : down,
  };
}

function fileIn(part: string): [string, string] {
  const end = part.indexOf('\n');
  return [part.slice(0, end), part.slice(end + 1)];
}

function short({ span, statement: _, ...fields }: Operation): Record<string, unknown> {
  return { line: span.startLine === span.endLine ? span.startLine : `${span.startLine}-${span.endLine}`, ...fields };
}

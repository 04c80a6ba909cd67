/** What a case says and what is read of it. */
import type { Database } from '../../../src/operations/migration.ts';
import type { Operation } from '../../../src/operations/operation.ts';
import { loadScriptParser } from '../../../src/frontends/syntax/script-tree.ts';
import { migrationAt, type Files } from '../builders.ts';

await loadScriptParser();

/** Reads a case: its first line names the database and the path. Operations stand as their line and their fields. */
export async function readCase(text: string, others: Files = {}): Promise<unknown> {
  const [, database = '', path = ''] = (text.split('\n')[0] ?? '').split(' ');
  const settings = { database: database as Database }; // the cases name nothing else
  const migration = await migrationAt(path, { [path]: text, ...others }, settings);
  const { framework, version, transaction, up, down } = migration;
  return {
    framework,
    version,
    transaction,
    up: up.map(short),
    down: down.kind === 'written' ? down.operations.map(short) : down,
  };
}

function short({ span, statement: _, ...fields }: Operation): Record<string, unknown> {
  return { line: span.startLine === span.endLine ? span.startLine : `${span.startLine}-${span.endLine}`, ...fields };
}

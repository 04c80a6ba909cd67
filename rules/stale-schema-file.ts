import type { Migration, SchemaCopy } from '../src/operations/migration.ts';
import type { Span } from '../src/operations/operation.ts';
import { code, type Found, type Rule } from '../src/rule.ts';
import { firstLine } from './advice/lineage.ts';
import { adviseCopy, describeCopy, isToldBy } from './advice/schema-copy.ts';

/** A migration changes the schema, and the file that repeats it stays as it was. */
export const staleSchemaFile: Rule = {
  id: 'stale-schema-file',
  title: 'The file that repeats the schema is not updated',
  concerns: 'process',
  severity: 'warning',
  check: {
    change: ({ schemaCopies }) =>
      schemaCopies.filter(({ isChanged }) => !isChanged).flatMap((copy) => findStale(copy) ?? []),
  },
};

/** Said once for a file, at the first migration that it lacks. */
function findStale(copy: SchemaCopy): (Found & { span: Span }) | undefined {
  for (const migration of copy.migrations) {
    const operation = migration.up.find((each) => isToldBy(copy, each));
    const isMissed = copy.holds === 'versions' || isListed(copy) || operation !== undefined;
    if (!isMissed) continue;
    const table = operation && 'table' in operation ? operation.table : undefined;
    return {
      span: operation?.span ?? firstLine(migration),
      ...(isListed(copy) ? { severity: 'error' as const } : {}),
      message: `${subject(migration, table)} ${code(copy.path)}. It ${describeCopy(copy)}`,
      advice: adviseCopy(copy),
    };
  }
  return undefined;
}

/** The framework goes by the file, whatever the migration does. */
function isListed({ holds }: SchemaCopy): boolean {
  return holds === 'journal' || holds === 'checksums';
}

function subject({ path }: Migration, table: string | undefined): string {
  return table === undefined
    ? `${code(path)} comes without a change of`
    : `${code(path)} changes ${code(table)} without a change of`;
}

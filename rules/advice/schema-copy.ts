/** Files that repeat the schema: what of it each says, what it is for, and how it is brought up to date. */
import type { SchemaCopy } from '../../src/operations/migration.ts';
import { isSchema } from '../../src/operations/operation-questions.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { code } from '../../src/rule.ts';

/** True for an operation after which it says something else. */
export function isToldBy({ holds, path, tables }: SchemaCopy, operation: Operation): boolean {
  if (!isSchema(operation) || operation.kind === 'dropDatabase') return false;
  if (holds === 'schema' && path.endsWith('.sql')) return true;
  if (!('table' in operation) || operation.table === undefined) return false;
  if ('temporary' in operation && operation.temporary) return false;
  const { table } = operation;
  if (holds === 'models') return shapes.has(operation.kind) && tables?.includes(table) === true;
  return holds === 'tables'
    ? shapes.has(operation.kind) || operation.kind === 'createTable'
    : dumped.has(operation.kind);
}

/** What a list of tables and columns says. */
const shapes = new Set<Operation['kind']>(['dropTable', 'renameTable', 'addColumn', 'dropColumn', 'renameColumn']);

/** What `db/schema.rb` says beyond that. */
const dumped = new Set<Operation['kind']>([
  ...shapes,
  'createTable',
  'alterColumn',
  'createIndex',
  'dropIndex',
  'addConstraint',
  'dropConstraint',
]);

/** What it is for, and what is wrong where it stays as it was: what follows “It”. */
export function describeCopy({ framework, holds }: SchemaCopy): string {
  if (holds === 'journal') return 'is the list that Drizzle runs from: the migration never runs, without a word.';
  if (holds === 'checksums')
    return 'holds the checksum of every migration: Atlas refuses to run anything ("checksum mismatch").';
  if (holds === 'versions')
    return 'says which data migrations a new database counts as done: it runs this one on data that never needed it.';
  if (holds === 'models')
    return framework === 'prisma'
      ? 'says what the client knows of it: the next `prisma migrate dev` writes a migration that takes this one back.'
      : 'says what the program knows of it.';
  if (holds === 'tables') return 'says what queries are compiled against: the program knows nothing of the change.';
  return 'repeats the schema: databases that are made from it, as in tests, lack the change, and the next person who migrates brings it into an unrelated commit.';
}

/** The command that brings it up to date. */
export function adviseCopy({ framework, path }: SchemaCopy): string {
  const command = Object.hasOwn(commands, framework) ? commands[framework] : undefined;
  return `Run ${command ?? 'the migration'} and add ${code(path)} to this pull request.`;
}

const commands: Record<string, string> = {
  rails: '`bin/rails db:migrate`',
  dbmate: '`dbmate up` (or `dbmate dump`)',
  diesel: '`diesel migration run` (or `diesel print-schema`)',
  prisma: '`prisma format` on a schema with the same change',
  drizzle: '`drizzle-kit generate`, with `--custom` for SQL of your own,',
  atlas: '`atlas migrate hash`',
};

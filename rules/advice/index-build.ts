/** Whom the build of an index keeps out on PostgreSQL, MySQL and MariaDB, and how it is built while they go on. */
import { outsideTransaction } from '../../src/operations/facts/frameworks.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import type { Step } from '../../src/writers/step.ts';
import { afterFailure, builtOutside } from './built-outside.ts';
import { adviseOnPartitions, namedIndex } from './concurrent-index.ts';
import { fieldIndexApart, isDjango, isOfField } from './django.ts';
import { outsideFence, paragraphs } from './fence.ts';

/** The lock and who waits; undefined where nobody does. https://www.postgresql.org/docs/current/sql-createindex.html, https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html#online-ddl-index-operations */
export function describeBuild(operation: OperationOf<'createIndex'>, { migration }: Context): string | undefined {
  const { table, index, online } = operation;
  const building = `Building ${code(index.name ?? `an index on ${index.columns.join(', ')}`)}`;
  const writesWait = `writes to ${code(table)} wait until the whole table is read`;
  switch (migration.database) {
    case 'postgres':
      if (operation.concurrently || operation.onlyParent) return undefined;
      return `${building} takes SHARE on ${code(table)}: ${writesWait}.`;
    case 'mysql':
    case 'mariadb': {
      const method = index.method?.toLowerCase() ?? '';
      const asked = [online?.lock, online?.algorithm].find((word) => /^(shared|exclusive|copy)$/i.test(word ?? ''));
      if (method !== 'fulltext' && method !== 'spatial' && !asked) return undefined;
      return `${building} ${asked ? `with ${code(asked.toUpperCase())}` : `(${method})`} keeps writers out: ${writesWait}.`;
    }
    default:
      return undefined;
  }
}

/** The statement that lets writers through, in a migration that can run it. */
export function adviseBuild(
  { table, index }: OperationOf<'createIndex'>,
  { migration, schema }: Context,
): Pick<Found, 'advice' | 'correction'> {
  if (migration.database === 'postgres' && schema.tables.get(table)?.partitioned)
    return { advice: adviseOnPartitions(migration, table, index) };
  if (migration.database !== 'postgres')
    return {
      advice:
        'Leave the clause out, or ask for `ALGORITHM=INPLACE, LOCK=NONE`; build full-text and spatial indexes in a quiet hour.',
    };
  if (isDjango(migration) && isOfField(index) && !index.unique)
    return { advice: paragraphs(fieldIndexApart(table, index, migration), afterFailure) };
  const build: Step = { kind: 'createIndex', table, index: namedIndex(table, index), concurrently: true };
  const written = outsideFence(migration, build);
  // Where a part of it is not known, its author has it.
  const unwritten = `Build it \`CONCURRENTLY\`, in a migration of its own, ${outsideTransaction(migration.framework).how}.`;
  return {
    advice: paragraphs(written || unwritten, `The index stays otherwise as written. ${afterFailure}`),
    correction: builtOutside(migration, build),
  };
}

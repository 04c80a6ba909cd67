import { frameworkName } from '../src/operations/facts/framework-name.ts';
import { outsideTransaction } from '../src/operations/facts/frameworks.ts';
import { tableSql } from '../src/writers/identifier.ts';
import type { Step } from '../src/writers/step.ts';
import { writeMigration } from '../src/writers/write-migration.ts';
import { builtOutside } from './advice/built-outside.ts';
import { namedIndex } from './advice/concurrent-index.ts';
import { fence } from '../src/writers/fence.ts';
import { paragraphs } from './advice/fence.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';

/** A statement that PostgreSQL refuses inside a transaction stands in one. */
export const concurrentIndexInTransaction: Rule = {
  id: 'concurrent-index-in-transaction',
  title: 'CONCURRENTLY inside a transaction',
  severity: 'error',
  concerns: 'process',
  check: {
    createIndex: ({ concurrently, table, index }, context) =>
      concurrently &&
      find(`\`CREATE INDEX CONCURRENTLY\` on ${code(table)}`, context, {
        kind: 'createIndex',
        table,
        index: namedIndex(table, index),
        concurrently,
      }),
    dropIndex: ({ concurrently, name, table, ifExists }, context) =>
      concurrently &&
      find(`\`DROP INDEX CONCURRENTLY\` of ${code(name)}`, context, {
        kind: 'dropIndex',
        name,
        concurrently,
        ...(table !== undefined && { table }),
        ...(ifExists && { ifExists }),
      }),
    rebuildIndex: ({ concurrently, name, table }, context) =>
      concurrently &&
      find(`\`REINDEX CONCURRENTLY\` of ${code(name ?? table ?? '')}`, context, {
        kind: 'sql',
        sql: `REINDEX ${name === undefined ? 'TABLE' : 'INDEX'} CONCURRENTLY ${tableSql(name ?? table ?? '', 'postgres')};`,
      }),
    alterPartition: ({ concurrently, table }, context) =>
      concurrently && find(`\`DETACH PARTITION CONCURRENTLY\` of ${code(table)}`, context),
  },
};

function find(statement: string, { migration, inTransaction, before }: Context, step?: Step): Found | undefined {
  if (inTransaction === false) return undefined;
  const { how, head } = outsideTransaction(migration.framework);
  const marker = head[0] ? ` (${code(head[0])})` : '';
  const fenced = step && writeMigration(migration, [step], true);
  const correction = step && builtOutside(migration, step);
  const advice = paragraphs(
    `Put it in a migration of its own, ${how}${marker}.`,
    fenced ? fence(fenced.language, fenced.lines) : '',
  );
  if (inTransaction === undefined) {
    return {
      severity: 'notice',
      message: `${statement} fails inside a transaction (25001), and whether this file is run in one is not known here (${frameworkName(migration.framework)}).`,
      advice,
      ...(correction && { correction }),
    };
  }
  const opener = before.findLast((each) => each.kind === 'begin');
  const why = opener
    ? `statement ${opener.statement} opens a transaction`
    : migration.transaction === 'one-query'
      ? `all ${migration.statements} statements of the file are sent as one query, which PostgreSQL runs as one transaction`
      : `${frameworkName(migration.framework)} wraps this migration in a transaction`;
  return {
    message: `${statement} fails (25001, cannot run inside a transaction block): ${why}.`,
    advice,
    ...(correction && { correction }),
  };
}

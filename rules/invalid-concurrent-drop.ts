import { outsideTransaction } from '../src/operations/facts/frameworks.ts';
import type { Name } from '../src/operations/name.ts';
import { withIndex } from '../src/operations/tables.ts';
import type { Migration } from '../src/operations/migration.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import type { Step } from '../src/writers/step.ts';
import { led, outsideFence, phaseFence, phaseFences } from './advice/fence.ts';

/** DROP INDEX CONCURRENTLY takes one index, and nothing that hangs on it. */
export const invalidConcurrentDrop: Rule = {
  id: 'invalid-concurrent-drop',
  title: 'A concurrent index drop that PostgreSQL refuses',
  severity: 'error',
  concerns: 'process',
  check: {
    dropIndex: (operation, context) => {
      const { name, concurrently, cascade } = operation;
      if (!concurrently || context.migration.database !== 'postgres') return undefined;
      const isPart = (each: Operation) => each.kind === 'dropIndex' && each.statement === operation.statement;
      if (context.before.some(isPart)) return undefined;
      const others = context.after.filter((each) => each.kind === 'dropIndex').filter(isPart);
      if (others.length > 0)
        return refuse(
          `${code(name)} with ${others.length === 1 ? 'another one' : 'others'} in one statement`,
          [operation, ...others],
          context,
        );
      const parted = withIndex(context.schema.tables, name).find(({ partitioned }) => partitioned);
      if (parted) return refuseParted(operation, parted.name, context);
      return cascade ? refuse(`${code(name)} with \`CASCADE\``, [operation], context) : undefined;
    },
  },
};

/** https://www.postgresql.org/docs/current/sql-dropindex.html */
function refuse(what: string, drops: readonly OperationOf<'dropIndex'>[], { migration }: Context): Found {
  const steps = drops.map(({ name, ifExists }) => ({
    kind: 'dropIndex' as const,
    name,
    ...(ifExists && { ifExists }),
    concurrently: true as const,
  }));
  return {
    message: `\`DROP INDEX CONCURRENTLY\` of ${what} fails (0A000): it takes one index at a time, and no \`CASCADE\`.`,
    advice: steps.length > 1 ? adviseSeveral(steps, migration) : outsideFence(migration, ...steps),
  };
}

/** Of its partitions the indexes go with it. */
function refuseParted({ name, ifExists }: OperationOf<'dropIndex'>, table: Name, { migration }: Context): Found {
  const step: Step = { kind: 'dropIndex', name, ...(ifExists && { ifExists }) };
  const allow = { rules: ['blocking-index-drop'], because: 'a partitioned table knows no other way' };
  return {
    message: `\`DROP INDEX CONCURRENTLY\` of ${code(name)} fails (0A000): ${code(table)} is partitioned.`,
    advice: led(
      'Without the word it takes the indexes of all partitions along, under ACCESS EXCLUSIVE on each, so in a quiet hour:',
      phaseFence(migration, { steps: [step], allow }),
    ),
  };
}

/** Several statements of one file may be sent together, which PostgreSQL runs as one transaction. */
function adviseSeveral(steps: readonly Step[], migration: Migration): string {
  const { how } = outsideTransaction(migration.framework);
  return led(
    `Each in a migration of its own, ${how}:`,
    phaseFences(
      migration,
      steps.map((step) => ({ steps: [step] })),
    ),
  );
}

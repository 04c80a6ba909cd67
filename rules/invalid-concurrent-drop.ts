import type { Context, Found } from '../src/rule.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { code, type Rule } from '../src/rule.ts';
import { outsideFence, paragraphs } from './advice/fence.ts';

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
    advice: paragraphs('A statement for each of them.', outsideFence(migration, ...steps)),
  };
}

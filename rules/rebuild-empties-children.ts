import { frameworkName } from '../src/operations/facts/framework-name.ts';
import type { Reference } from '../src/operations/column.ts';
import type { OperationOf } from '../src/operations/operation.ts';
import { isCopied } from '../src/operations/remade-table.ts';
import { code, codes, type Context, type Found, type Rule } from '../src/rule.ts';
import { findStrayed } from './advice/strayed-keys.ts';

/** SQLite deletes every row of a table before it drops it, and what points to them follows. */
export const rebuildEmptiesChildren: Rule = {
  id: 'rebuild-empties-children',
  title: 'A rebuild that deletes the rows of other tables',
  severity: 'error',
  concerns: 'rows',
  check: {
    dropTable: (operation, context) => {
      const { migration } = context;
      if (migration.database !== 'sqlite' || context.isNew(operation.table) || !isCopied(operation, context))
        return undefined;
      const strayed = findStrayed(operation, context);
      if (strayed) return strayed;
      const pragma = lastPragma(context);
      if (pragma === 'off') return undefined;
      const children = childrenOf(operation, context, (onDelete) => onDelete === 'cascade' || onDelete === 'set null');
      const [first] = children;
      if (first === undefined) return pragma === 'without effect' ? findRefused(operation, context) : undefined;
      const list = codes(children);
      const why =
        pragma === 'without effect'
          ? `\`PRAGMA foreign_keys = OFF\` does nothing inside the transaction of ${frameworkName(migration.framework)}`
          : 'nothing switches foreign keys off';
      return {
        severity: pragma === 'without effect' ? 'error' : 'warning',
        message: `Before it drops ${code(operation.table)}, SQLite deletes its rows, and ${list} follow${children.length === 1 ? 's' : ''} by \`ON DELETE\`, where the connection checks foreign keys (better-sqlite3 and libSQL do by themselves): ${why}. The copy does not bring them back.`,
        advice,
      };
    },
  },
};

/** Rows that point to those that go keep them: https://www.sqlite.org/foreignkeys.html#fk_schemacommands */
function findRefused(operation: OperationOf<'dropTable'>, context: Context): Found | undefined {
  const isDeferred = context.before.some(
    (each) =>
      each.kind === 'setSession' && each.setting === 'defer_foreign_keys' && /^(on|1|true|yes)$/.test(each.value),
  );
  const children = childrenOf(operation, context, (onDelete) => onDelete !== 'set default');
  if (isDeferred || children.length === 0) return undefined;
  const list = codes(children);
  return {
    severity: 'warning',
    message: `Before it drops ${code(operation.table)}, SQLite deletes its rows, to which ${list} point${children.length === 1 ? 's' : ''}: as soon as one does, this fails (\`FOREIGN KEY constraint failed\`) where the connection checks foreign keys (better-sqlite3 and libSQL do by themselves). \`PRAGMA foreign_keys = OFF\` does nothing inside the transaction${context.migration.transaction === 'wrapped' ? ` of ${frameworkName(context.migration.framework)}` : ''}.`,
    advice,
  };
}

const advice =
  'Run it outside a transaction, with `PRAGMA foreign_keys = OFF;` before `BEGIN`, `PRAGMA foreign_key_check;` before `COMMIT`, and `PRAGMA foreign_keys = ON;` behind it.';

/** https://www.sqlite.org/pragma.html#pragma_foreign_keys: a no-op within a transaction. */
function lastPragma({ migration, before, inTransaction }: Context): 'off' | 'on' | 'without effect' {
  const at = before.findLastIndex((each) => each.kind === 'setSession' && each.setting === 'foreign_keys');
  const last = before[at];
  if (last?.kind !== 'setSession' || !/^(off|0|false|no)$/.test(last.value)) return 'on';
  const isInside = migration.transaction === 'wrapped' || before.slice(0, at).some(({ kind }) => kind === 'begin');
  return isInside && inTransaction !== false ? 'without effect' : 'off';
}

/** Tables with a foreign key to those that go, and such an ON DELETE. */
function childrenOf(
  { table }: OperationOf<'dropTable'>,
  { schema, before }: Context,
  acts: (onDelete: Reference['onDelete']) => boolean,
): string[] {
  const renamed = before.find((each) => each.kind === 'renameTable' && each.to === table);
  const names = renamed?.kind === 'renameTable' ? [table, renamed.table] : [table];
  return [...schema.tables.values()]
    .filter(({ name, constraints }) =>
      constraints.some(
        (each) =>
          each.kind === 'foreignKey' &&
          !names.includes(name) &&
          names.includes(each.references.table) &&
          acts(each.references.onDelete),
      ),
    )
    .map(({ name }) => name);
}

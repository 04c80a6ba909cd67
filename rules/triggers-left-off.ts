import { frameworkName } from '../src/operations/facts/framework-name.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import type { Migration } from '../src/operations/migration.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { isNameOf } from '../src/operations/named-keys.ts';
import type { Table } from '../src/operations/schema.ts';
import { columnSql, tableSql } from '../src/writers/identifier.ts';

/** Triggers, or all that hangs on them, are switched off and not on again. */
export const triggersLeftOff: Rule = {
  id: 'triggers-left-off',
  title: 'Triggers or constraints are switched off and stay off',
  severity: 'warning',
  concerns: 'rows',
  check: {
    alterTable: ({ table, change }, { before, after, migration, isNew }) => {
      const doubted = isNew(table) ? undefined : reenabled(change, table, before, migration);
      if (doubted) return doubted;
      const off = /^(DISABLE TRIGGER|NOCHECK CONSTRAINT)\b/i.exec(change)?.[1]?.toUpperCase();
      if (off === undefined || after.some((each) => switchesOn(each, table))) return undefined;
      const all = migration.database === 'postgres' && /\bALL\b/i.test(change) ? ', foreign keys too,' : '';
      return {
        message: `${code(change)} on ${code(table)} stays when the migration is done: for everybody, what was checked or kept up by it${all} no longer is, and wrong rows get in without a word.`,
        advice: `Switch it on again in the same migration (${off === 'DISABLE TRIGGER' ? '`ENABLE TRIGGER`' : '`WITH CHECK CHECK CONSTRAINT`'}); or drop it where it is not wanted.`,
      };
    },
    alterObject: (operation, context) => findDisabledIndex(operation, context),
    setSession: ({ setting, value, local }, { after, migration }) => {
      if (setting !== 'session_replication_role' || value !== 'replica' || local) return undefined;
      if (after.some((each) => each.kind === 'setSession' && (each.setting === setting || each.setting === 'all')))
        return undefined;
      return {
        message: `From here on neither triggers nor foreign keys run on this connection, and ${code(migration.path)} leaves it so: migrations that ${frameworkName(migration.framework)} runs after it write rows that nothing checks.`,
        advice: '`SET LOCAL session_replication_role = replica;`, which ends with the transaction.',
      };
    },
  },
};

/**
 * CHECK CONSTRAINT asks new rows only, unless WITH CHECK stands before it:
 * https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql#with-check--with-nocheck
 */
function reenabled(
  change: string,
  table: string,
  before: readonly Operation[],
  { database }: Migration,
): Found | undefined {
  const on = /^(?:WITH NOCHECK )?CHECK CONSTRAINT\s+(.+)$/is.exec(change)?.[1];
  if (on === undefined || database !== 'sqlserver') return undefined;
  const off = before.findLast(
    (each) => each.kind === 'alterTable' && each.table === table && /^NOCHECK CONSTRAINT\b/i.test(each.change),
  );
  return (
    off && {
      message: `${code(change)} switches it on for new rows of ${code(table)} only: what was written since statement ${off.statement} is never checked, and the server no longer relies on the constraint (\`is_not_trusted\`), which costs queries their plans.`,
      advice: `${code(`ALTER TABLE ${tableSql(table, database)} WITH CHECK CHECK CONSTRAINT ${on};`)}, which reads every row under Sch-M and fails on one that breaks it.`,
    }
  );
}

/** https://learn.microsoft.com/sql/relational-databases/indexes/disable-indexes-and-constraints#limitations */
function findDisabledIndex(operation: OperationOf<'alterObject'>, context: Context): Found | undefined {
  const { object, name, table, change } = operation;
  if (object !== 'index' || change !== 'DISABLE' || table === undefined || context.isNew(table)) return undefined;
  if (context.after.some((each) => rebuilds(each, name, table))) return undefined;
  const what = name === 'all' ? `Every index of ${code(table)}` : `${code(name)} of ${code(table)}`;
  const again = `ALTER INDEX ${name === 'all' ? 'ALL' : columnSql(name, 'sqlserver')} ON ${tableSql(table, 'sqlserver')} REBUILD;`;
  const holdsRows = name === 'all' || isClustered(name, context.schema.tables.get(table));
  return {
    ...(holdsRows ? { severity: 'error' as const } : {}),
    message: `${what} is switched off and stays off: ${holdsRows ? 'the clustered index is the table itself, and each query of it fails (8655)' : 'queries that found rows by it read all of them, and what it kept unique is no longer'}. Foreign keys that point to a key that is off are off too, and no rebuild switches them on again.`,
    advice: `${code(again)} in the same migration, then \`WITH CHECK CHECK CONSTRAINT\` for the foreign keys; or drop what is not wanted.`,
  };
}

function rebuilds(each: Operation, name: string, table: string): boolean {
  if (each.kind === 'rebuildIndex') return each.table === table && (each.name === undefined || each.name === name);
  return (each.kind === 'dropIndex' && each.name === name) || (each.kind === 'dropTable' && each.table === table);
}

/** The primary key is, unless it says that it is not. */
function isClustered(name: string, known: Table | undefined): boolean {
  const index = known?.indexes.find((each) => each.name === name);
  if (index) return index.method?.split(' ').includes('clustered') ?? false;
  const key = known?.constraints.find((each) => isNameOf(name, each, known.name));
  return key?.kind === 'primaryKey' && key.clustered !== false;
}

function switchesOn(each: Operation, table: string): boolean {
  if (!('table' in each) || each.table !== table) return false;
  if (each.kind === 'validateConstraint') return true;
  return (
    each.kind === 'alterTable' &&
    /^(ENABLE (ALWAYS |REPLICA )?TRIGGER|(WITH NOCHECK )?CHECK CONSTRAINT)\b/i.test(each.change)
  );
}

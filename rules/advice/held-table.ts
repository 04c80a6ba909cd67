/** Foreign keys that point to a table: what they do to its drop. */
import { foreignKeysTo } from '../../src/operations/foreign-keys.ts';
import { isAtLeast } from '../../src/operations/migration.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { code, type Context } from '../../src/rule.ts';
import { checksForeignKeys, isMysql } from './online-change.ts';

type Dropping = Pick<Operation & OperationOf<'dropTable'>, 'table' | 'statement'>;

/** That it fails, or what fails behind it: a sentence, empty where nothing points to it. Of PostgreSQL and SQLite other advice tells. */
export function heldByKey(dropped: Dropping, context: Context): string {
  const { database } = context.migration;
  if (isMysql(database)) return heldOnMysql(dropped, context);
  return database === 'sqlserver' ? heldOnSqlserver(dropped, context) : '';
}

/** https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html#foreign-key-restrictions; CASCADE is read there and does nothing. */
function heldOnMysql({ table, statement }: Dropping, context: Context): string {
  const { migration, schema, after } = context;
  const goes = new Set(
    after.flatMap((each) => (each.kind === 'dropTable' && each.statement === statement ? [each.table] : [])),
  );
  const child = foreignKeysTo(schema, table).find(({ owner }) => owner.name !== table && !goes.has(owner.name));
  if (!child) return '';
  const points = `a foreign key of ${code(child.owner.name)} points to it`;
  if (!checksForeignKeys(context))
    return ` With \`foreign_key_checks\` off nothing stops it: ${points}, and INSERTs into ${code(child.owner.name)} fail from then on (1452).`;
  const isNew = migration.database === 'mysql' && isAtLeast(migration.databaseVersion ?? '8', '8');
  return ` Where it runs, it fails (${isNew ? '3730' : '1217 or 1451'}): ${points}.`;
}

/** https://learn.microsoft.com/sql/t-sql/statements/drop-table-transact-sql#remarks */
function heldOnSqlserver({ table }: Dropping, { schema }: Context): string {
  const child = foreignKeysTo(schema, table).find(({ owner }) => owner.name !== table);
  return child ? ` Where it runs, it fails (3726): a foreign key of ${code(child.owner.name)} points to it.` : '';
}

/** Names of keys of MySQL and MariaDB that are taken. */
import { isAtLeast } from '../../src/operations/migration.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { withConstraint } from '../../src/operations/tables.ts';
import { code, type Context, type Found } from '../../src/rule.ts';
import { statementAt } from './online-change.ts';

/** The index of its table that has the name: https://dev.mysql.com/doc/refman/8.4/en/create-table.html#create-table-indexes-keys */
export function findTakenKey(operation: Operation, table: Name, name: string, context: Context): Found | undefined {
  const known = context.schema.tables.get(table);
  if (!known || goesBeside(operation, table, name, context)) return undefined;
  const keys = [...known.indexes, ...known.constraints.filter(({ kind }) => kind === 'unique')];
  const taken = keys.find((each) => each.name?.toLowerCase() === name.toLowerCase());
  if (!taken) return undefined;
  return {
    message: `${code(table)} has an index ${code(name)} already: this fails (1061).`,
    advice: 'Give it a name of its own; where it takes the place of the other one, drop that first.',
  };
}

/** The foreign key of the database that has the name: https://dev.mysql.com/doc/refman/8.4/en/create-table-foreign-keys.html#foreign-key-syntax; since MariaDB 12.1 within its table: https://mariadb.org/per-table-unique-foreign-key-constraint-names-new-feature-in-mariadb-12-1 */
export function findTakenForeignKey(
  operation: Operation,
  table: Name,
  name: string,
  context: Context,
): Found | undefined {
  const { database, databaseVersion } = context.migration;
  const isOfTable = database === 'mariadb' && isAtLeast(databaseVersion ?? '11', '12.1');
  const [owner] = withConstraint(context.schema.tables, name).filter((each) => schemaOf(each.name) === schemaOf(table));
  const isKey = owner?.constraints.some((each) => each.kind === 'foreignKey' && each.name === name);
  if (!owner || !isKey || (isOfTable && owner.name !== table) || goesBeside(operation, owner.name, name, context))
    return undefined;
  const error = database === 'mariadb' ? 'errno 121' : '1826, or 1022 before 8.0';
  const whose =
    owner.name === table
      ? `of ${code(table)} is there already`
      : `of ${code(table)} has the name of one of ${code(owner.name)}`;
  return {
    message: `The foreign key ${code(name)} of ${whose}: this fails (${error}).`,
    advice: 'Give it a name of its own; where it takes the place of the other one, drop that first.',
  };
}

/** Of one statement what drops runs first. */
function goesBeside(operation: Operation, table: Name, name: string, context: Context): boolean {
  return statementAt(operation, context).some(
    (each) =>
      (each.kind === 'dropIndex' || each.kind === 'dropConstraint' || each.kind === 'renameObject') &&
      each.table === table &&
      each.name?.toLowerCase() === name.toLowerCase(),
  );
}

function schemaOf(table: Name): string {
  return table.slice(0, table.lastIndexOf('.') + 1);
}

/** What else goes with a column, or keeps it from going. */
import { foreignKeysTo } from '../../src/operations/foreign-keys.ts';
import type { Database } from '../../src/operations/migration.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { code, codes, type Context } from '../../src/rule.ts';
import { findHolders } from './holders.ts';
import { readersOf } from './view-readers.ts';

/** What hangs on the column: https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-COLUMN and its like. */
export function whatElse(operation: OperationOf<'dropColumn'>, context: Context): string {
  const { table, column, cascade } = operation;
  const { database } = context.migration;
  if (database === 'sqlserver' || database === 'sqlite') return heldBy(operation, context);
  const own = dependents(table, column, context);
  const foreign = pointingHere(table, column, context);
  const goes = own.length > 0 ? effects[database]?.replace('THAT', () => own.join(', ')) : undefined;
  const readers = readersOf(table, column, context);
  if (readers.isSure && !cascade)
    return ` It fails${database === 'postgres' ? ' (2BP01)' : ''} as long as ${codes(readers.names)} ${readers.names.length === 1 ? 'reads' : 'read'} it.`;
  const points = codes(foreign);
  if (foreign.length === 0) return goes === undefined ? '' : ` ${goes}`;
  const blocked =
    database === 'postgres' && cascade
      ? `\`CASCADE\` also drops the foreign keys of ${points} that point to it.`
      : `As long as foreign keys of ${points} point to it, this fails${database === 'postgres' ? ' (2BP01)' : ''}.`;
  return ` ${blocked}`;
}

const effects: Partial<Record<Database, string>> = {
  postgres: 'With it goes THAT, without a word: other columns of it are no longer unique, found or checked by it.',
  mysql: 'It is taken out of THAT: what remains may hold duplicates, on which this fails (1062), or be of no use.',
  mariadb: 'It is taken out of THAT: what remains may hold duplicates, on which this fails, or be of no use.',
};

function heldBy({ table, column }: OperationOf<'dropColumn'>, context: Context): string {
  const holders = findHolders(table, column, context).map(({ what }) => what);
  if (holders.length === 0) return '';
  const error = context.migration.database === 'sqlserver' ? ' (5074)' : '';
  return ` As long as ${holders.join(', ')} ${holders.length === 1 ? 'holds' : 'hold'} it, this fails${error}.`;
}

/** Keys, indexes and other constraints of the table that name the column and others beside it. */
function dependents(table: string, column: string, { schema }: Context): string[] {
  const known = schema.tables.get(table);
  const concerns = (columns: readonly string[]) => columns.includes(column) && columns.some((each) => each !== column);
  const indexes = (known?.indexes ?? [])
    .filter(({ columns }) => concerns(columns))
    .map(({ name, columns }) => `index ${code(name ?? `(${columns.join(', ')})`)}`);
  const constraints = (known?.constraints ?? []).flatMap((each) => {
    const words = kinds[each.kind];
    const columns = each.kind === 'check' ? each.expression.columns : each.columns;
    if (words === undefined || !(concerns(columns) || (each.kind === 'primaryKey' && columns.includes(column))))
      return [];
    return [`${words} ${each.name === undefined ? `on ${code(columns.join(', '))}` : code(each.name)}`];
  });
  return [...new Set([...constraints, ...indexes])];
}

const kinds: Record<string, string | undefined> = {
  primaryKey: 'the primary key',
  unique: 'the unique constraint',
  foreignKey: 'the foreign key',
  check: 'the check',
  exclusion: 'the exclusion constraint',
};

/** Other tables whose foreign keys point to the column, also as the primary key. */
function pointingHere(table: string, column: string, { schema }: Context): string[] {
  return [...new Set(foreignKeysTo(schema, table, column).map(({ owner }) => owner.name))];
}

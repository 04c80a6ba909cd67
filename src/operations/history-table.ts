/** Tables that keep earlier versions of the rows of another one, and change whenever that does. */
import type { Configuration, TableSize } from './configuration.ts';
import type { Name } from './name.ts';
import type { Operation } from './operation.ts';

/** The operations that do to a table what others among them do to the table whose history it keeps: tools write both for one change of a model. */
export function repeatedInHistory(operations: readonly Operation[]): Set<Operation> {
  return new Set(
    operations.filter((each) => {
      const table = 'table' in each ? each.table : undefined;
      const names = table === undefined ? [] : keptFor(table);
      return names.length > 0 && operations.some((other) => isSameChange(each, other, names));
    }),
  );
}

/** As the configuration says; of a history at least what is said of the table that it is kept for. */
export function statedSize({ tables }: Configuration, table: Name): TableSize {
  const [kept] = djangoKept(table);
  const named = [table, ...(kept === undefined ? [] : [kept])].find((name) => Object.hasOwn(tables, name));
  return (named === undefined ? undefined : tables[named]) ?? 'unknown';
}

/** True for a table that django-simple-history keeps, by its name. */
export function isDjangoHistory(table: Name): boolean {
  return djangoKept(table).length > 0;
}

function keptFor(table: Name): Name[] {
  // https://sqlalchemy-continuum.readthedocs.io/en/latest/configuration.html: table_name
  return [...djangoKept(table), ...(table.endsWith('_version') ? [table.slice(0, -'_version'.length)] : [])];
}

/** https://django-simple-history.readthedocs.io/en/latest/historical_model.html: `shop_historicalorder` for `shop_order`. */
function djangoKept(table: Name): Name[] {
  const match = /^(.+_)historical([a-z0-9]+)$/.exec(table);
  return match ? [`${match[1] ?? ''}${match[2] ?? ''}`] : [];
}

function isSameChange(one: Operation, other: Operation, tables: readonly Name[]): boolean {
  if (!('table' in other) || other.table === undefined || !tables.includes(other.table)) return false;
  return subjectOf(one) === subjectOf(other);
}

/** What is unique in a table is indexed in its history. */
function subjectOf(operation: Operation): string {
  if (operation.kind === 'createIndex') return `key ${operation.index.columns.join()}`;
  if (operation.kind === 'addConstraint' && operation.constraint.kind === 'unique')
    return `key ${operation.constraint.columns.join()}`;
  if (!('column' in operation)) return operation.kind;
  const { kind, column } = operation;
  return `${kind} ${typeof column === 'string' ? column : column.name}`;
}

/** What IGNORE of MySQL and MariaDB does to rows and values that would be errors: https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html#ignore-effect-on-execution, https://mariadb.com/kb/en/ignore/ */
import { isConstant, type Column, type Expression } from '../../src/operations/column.ts';
import { uniquesOf } from '../../src/operations/dropped-uniques.ts';
import { lossOf } from '../../src/operations/facts/mysql-values.ts';
import { foreignKeysTo } from '../../src/operations/foreign-keys.ts';
import type { OperationOf } from '../../src/operations/operation.ts';
import { findColumn } from '../../src/operations/schema.ts';
import { code, codes, type Context, type Found } from '../../src/rule.ts';

const leaveOut = 'Leave `IGNORE` out, and mend first what the statement stops at: without it, it fails before any row';

/** Values of an UPDATE that are cut, and rows that stay as they were. Where those are deleted behind it, two sets of rows are put together on purpose. */
export function findIgnoredUpdate(operation: OperationOf<'updateRows'>, context: Context): Found | undefined {
  const { table, columns, ignores } = operation;
  if (!ignores || context.isNew(table)) return undefined;
  const isPutTogether = context.after.some((each) => each.kind === 'deleteRows' && each.table === table);
  const cut = columns.filter((column) => mayBeCut(column, operation, context));
  const held = isPutTogether ? [] : columns.filter((column) => isOfKey(column, operation, context));
  if (cut.length + held.length === 0) return undefined;
  return {
    severity: 'warning',
    message: `With \`IGNORE\` what would be an error is a warning, which no tool shows: ${[
      cut.length > 0
        ? `in ${namesOf(cut, table)} a value that does not fit is cut or becomes the nearest that does, and NULL becomes '' or 0 where the column has to have a value`
        : '',
      held.length > 0
        ? `a row that would break a key of ${namesOf(held, table)} stays as it was, and the migration counts as done`
        : '',
    ]
      .filter(Boolean)
      .join('; ')}.`,
    advice: `${leaveOut} is changed.`,
  };
}

/** Of a file nobody sees the rows here. LOCAL ignores errors without saying so. */
export function findIgnoredFile(
  { table, source, ignores }: OperationOf<'insertRows'>,
  { isNew }: Context,
): Found | undefined {
  if (!ignores || source !== 'file' || isNew(table)) return undefined;
  return {
    severity: 'warning',
    message: `With \`IGNORE\`, which \`LOCAL\` means as well, rows of the file that ${code(table)} cannot take are left out, and values that do not fit are cut or become the nearest that does: each is a warning, which no tool shows.`,
    advice: `Load the file into a table of its own, and write ${code(table)} from there by \`INSERT … SELECT\` without \`IGNORE\`, which fails on the first row that does not fit.`,
  };
}

function namesOf(columns: readonly string[], table: string): string {
  return codes(columns.map((column) => `${table}.${column}`));
}

function isOfKey(column: string, { table }: OperationOf<'updateRows'>, { schema }: Context): boolean {
  const known = schema.tables.get(table);
  const own = known?.constraints.flatMap((each) => (each.kind === 'foreignKey' ? [each.columns] : [])) ?? [];
  const pointed = foreignKeysTo(schema, table).map(({ key }) => key.references.columns);
  return [...(known ? uniquesOf(known) : []), ...own, ...pointed].some((key) => key.includes(column));
}

/** A literal is what its author saw; of a column that is copied the types say whether each value has a place. */
function mayBeCut(name: string, { table, assigned }: OperationOf<'updateRows'>, { schema }: Context): boolean {
  const value = assigned?.values[name];
  const column = findColumn(schema, table, name);
  if (value && isConstant(value)) return /^null$/i.test(value.sql) && column?.nullable === false;
  const copied = value && copiedColumn(value);
  const source = copied === undefined ? undefined : findColumn(schema, table, copied);
  return !(column && source && hasPlace(source, column));
}

function copiedColumn({ sql, columns, known }: Expression): string | undefined {
  const [column] = columns;
  return known && sql.replaceAll('`', '') === column ? column : undefined;
}

function hasPlace(source: Column, column: Column): boolean {
  if (source.nullable && !column.nullable) return false;
  const isSame = JSON.stringify(source.type) === JSON.stringify(column.type);
  return isSame || (source.type && column.type && lossOf(source.type, column.type) === 'none') === true;
}

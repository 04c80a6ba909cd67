import { newColumnCost, type ColumnCost } from '../src/operations/facts/new-column.ts';
import type { Database, Migration } from '../src/operations/migration.ts';
import type { Expression, OperationOf } from '../src/operations/operation.ts';
import { code, sizeNote, type Context, type Rule } from '../src/rule.ts';
import { migrationFence, paragraphs } from './advice/fence.ts';
import { fillRows, requireThen } from './advice/fill-then-require.ts';
import { emptyColumn, type Step } from '../src/writers/step.ts';
import { lockLimit } from './advice/lock-limit.ts';
import { isRefused, isUniqueWithDefault } from './advice/one-cause.ts';
import { isMysql } from './advice/online-change.ts';
import { costOf, lower } from './advice/severity.ts';

/** The value of a new column differs from row to row, so every row is written when it is added. */
export const volatileDefault: Rule = {
  id: 'volatile-default',
  title: 'A new column whose value is written into every row',
  severity: 'warning',
  concerns: 'locks',
  check: {
    addColumn: (operation, context) => {
      const { table, column } = operation;
      if (context.isNew(table) || isUniqueWithDefault(column) || isRefused(operation, context)) return undefined;
      const { database, databaseVersion } = context.migration;
      const cost = newColumnCost(column, database, databaseVersion, context.schema);
      if (cost.kind === 'free') return undefined;
      const name = code(`${table}.${column.name}`);
      if (cost.kind === 'fails') {
        return {
          severity: 'error',
          concerns: 'rows',
          message: `Adding ${name} fails as soon as ${code(table)} holds a row${database === 'postgres' ? ` (${cost.error})` : `: ${code(cost.error)}`}.`,
          advice: isOfDomain(operation, context)
            ? ofBaseType
            : `Add it without the default, then fill it.${phases(operation, context)}`,
        };
      }
      const size = context.sizeOf(table);
      // A column with a default is how it is done, where it costs nothing by size or by edition.
      if (cost.byEdition && size !== 'large' && size !== 'hot') return undefined;
      const severity = costOf(context, table);
      const unless = cost.unless ? ` unless ${cost.unless}` : '';
      return {
        severity: cost.unless ? lower(severity) : severity,
        message: `Adding ${name} rewrites ${code(table)}${unless}: ${cost.why}. ${waits(cost, database)} ${sizeNote(table, size)}`,
        advice: advise(operation, context),
      };
    },
  },
};

function waits(cost: Extract<ColumnCost, { kind: 'rewrites' }>, database: Database): string {
  if (cost.blocks === 'unstated') return 'It takes as long as the table is large.';
  if (cost.blocks === 'writes') return 'Writes to it wait until the copy is done.';
  const lock = database === 'sqlserver' ? 'Sch-M' : 'ACCESS EXCLUSIVE';
  return `It is done under ${lock}: reads and writes wait until the end.`;
}

function isOfDomain({ column }: OperationOf<'addColumn'>, { schema }: Context): boolean {
  return !column.type?.array && schema.domains?.has(column.type?.name ?? '') === true;
}

const ofBaseType =
  'Add it with the type that the domain stands for, and what the domain asks as a CHECK `NOT VALID`, which is validated in a migration of its own, after the old rows are filled in batches.';

function advise(operation: OperationOf<'addColumn'>, context: Context): string {
  if (isOfDomain(operation, context)) return ofBaseType;
  if (operation.column.generated === 'stored')
    return 'A plain column that the code or a trigger fills, and the old rows in batches; or compute it on reading, by a view or a virtual column.';
  if (operation.column.generated === 'identity' && isMysql(context.migration.database))
    return 'In an announced pause. Where the numbers only have to differ, a column that the application fills does without.';
  if (operation.column.generated === 'identity')
    return 'A plain column first; then a sequence as its default, for new rows; then numbers for the old ones, in batches.';
  return `Add the column empty, set the default for new rows, fill the old ones in batches.${phases(operation, context)}`;
}

/** A default that is set on an empty column holds for new rows only; where the database takes none later, the program fills them. */
function phases(operation: OperationOf<'addColumn'>, context: Context): string {
  const { table, column } = operation;
  const { migration } = context;
  const { type, default: value } = column;
  if (migration.database === 'unknown' || !type || !value || !isPrintable(value, migration)) return '';
  const keepsDefault = migration.database !== 'sqlite' && migration.database !== 'sqlserver';
  const limit = lockLimit(migration.database, context.sizeOf(table));
  const add = emptyColumn(table, column.name, type);
  const set: Step = { kind: 'alterColumn', table, column: column.name, default: value, was: {} };
  const first = keepsDefault
    ? migrationFence(migration, [...limit, add, set]) || migrationFence(migration, [...limit, add])
    : migrationFence(migration, [...limit, add]);
  const required = column.nullable ? '' : requireThen(migration, table, column.name, column, limit);
  return `\n\n${paragraphs(first, fillRows(migration, table, column.name, column), required)}`;
}

/** What a program works out stands there as the program writes it, and is no SQL. */
function isPrintable({ sql, known }: Expression, { framework }: Migration): boolean {
  return sql.length <= 200 && (known || framework !== 'django');
}

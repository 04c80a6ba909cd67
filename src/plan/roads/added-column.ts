/** Roads of new columns. */
import { newColumnCost } from '../../operations/facts/new-column.ts';
import { volatilityOf } from '../../operations/facts/volatility.ts';
import type { Database } from '../../operations/migration.ts';
import type { Column, Expression } from '../../operations/column.ts';
import type { Name } from '../../operations/name.ts';
import type { OperationOf } from '../../operations/operation.ts';
import { isConstant } from '../../operations/column.ts';
import { code } from '../../rule.ts';
import { emptyColumn, type FillColumn, type Step } from '../../writers/step.ts';
import { fillsOf, giveOwnValues } from '../../writers/written-values.ts';
import type { DraftMigration } from '../../writers/write-migration.ts';
import { duplicatesSql, fillPhase, openNote, requirePhase, uniquePhase } from '../phases.ts';
import { isWrittenHere, losesDefault, type Draft, type FindRoad, type Situation } from '../situation.ts';
import { databaseDefault, programOf } from '../../writers/program-default.ts';
import { ownValue, plainValue } from '../../writers/values.ts';

/** A new column that rows or writers must fill: empty, filled, then made what it is to be. */
export const addedColumn: FindRoad<'addColumn'> = (operation, situation) => {
  const { table, column } = operation;
  const { database, databaseVersion } = situation.migration;
  const { name, type } = column;
  const value = databaseDefault(column, situation.migration);
  // No road leads to a value that the column's own check refuses.
  if (!type || column.generated || column.ownCheck === 'broken') return undefined;
  const unique = isToBeUnique(table, column, situation);
  const required = !column.nullable || isRequiredLater(table, name, situation);
  const costs =
    newColumnCost(column, database, databaseVersion, { functions: situation.schema.functions }).kind !== 'free';
  const written = !value && isWrittenHere(table, name, situation);
  if (!unique && !costs && !written && !(required && !value))
    return keepsDefault(operation, situation) ? defaultRoad(operation) : undefined;
  // NULL is like no other NULL, but to SQL Server.
  if (unique && !required && !written && column.default === undefined && database !== 'sqlserver') return undefined;
  const fills = written || unique ? writtenFills(operation, situation, unique) : [];
  const filled = filledPhase(operation, situation, { unique, fills, required });
  const made = unique
    ? [uniquePhase(situation, { table, columns: [name], deploy: 2, ...nameOfKey(operation, situation) })]
    : [];
  const stated = keptDefault(column, situation, unique);
  const must = required
    ? requirePhase(situation, { table, column: name, type, default: stated, deploy: 2 })
    : undefined;
  const stays = required && !must ? { note: `${filled.note ?? ''} ${staysNullable}`.trim() } : {};
  return {
    subject: code(`${table}.${name}`),
    phases: [beginning(operation, situation, unique), { ...filled, ...stays }, ...inOrder(made, must, database)],
  };
};

/** SQL Server requires no column under an index. */
function inOrder(made: readonly Draft[], must: Draft | undefined, database: Database): Draft[] {
  const required = must ? [must] : [];
  return database === 'sqlserver' ? [...required, ...made] : [...made, ...required];
}

const staysNullable = 'SQLite requires no column that is there: it stays as it is, and the release fills it.';

/** One value for all is none for a column that is to be unique. */
function keptDefault(column: Column, { migration, schema }: Situation, unique: boolean): Expression | undefined {
  const value = databaseDefault(column, migration);
  const isOwn = value?.known === true && volatilityOf(value, migration.database, schema.functions) === 'volatile';
  return unique && !isOwn ? undefined : value;
}

function beginning({ table, column }: OperationOf<'addColumn'>, situation: Situation, unique: boolean): Draft {
  const { database, framework } = situation.migration;
  const { name, type } = column;
  const value = keptDefault(column, situation, unique);
  const by = programOf(framework, column.default);
  const add: Step[] = type ? [emptyColumn(table, column)] : [];
  const optional = { name, ...(type && { type }), nullable: true, constraints: [] };
  const setDefault = value ? defaultStep(table, name, value, database) : undefined;
  const stated: DraftMigration[] =
    setDefault === undefined
      ? [{ steps: by === undefined ? add : [...add, { kind: 'fillNewRows', table, column: optional, by }] }]
      : database === 'postgres'
        ? [{ steps: [...add, setDefault] }]
        : [{ steps: add }, { steps: [setDefault] }];
  return {
    title: `Add ${code(`${table}.${name}`)} empty`,
    when: 'before',
    deploy: 1,
    code:
      setDefault === undefined
        ? `Fills ${code(name)} in every row that it writes${unique ? ', each with a value of its own' : ''}.`
        : 'Need not know it yet: the database fills it in new rows.',
    migrations: stated,
    back: 'Its way back drops the column, with what the release wrote into it.',
  };
}

/** A default that comes after the column is for new rows alone. MySQL takes expressions in parentheses. */
function defaultStep(table: Name, column: string, value: Expression, database: Database): Step | undefined {
  if (database === 'sqlserver' || database === 'sqlite' || !value.known) return undefined;
  const isBare = database !== 'postgres' && !isConstant(value) && !value.sql.startsWith('(');
  const given = isBare ? { ...value, sql: `(${value.sql})` } : value;
  return { kind: 'alterColumn', table, column, default: given, was: {} };
}

function filledPhase(
  { table, column }: OperationOf<'addColumn'>,
  situation: Situation,
  { unique, fills, required }: { unique: boolean; fills: readonly FillColumn[]; required: boolean },
): Draft {
  const { database, framework } = situation.migration;
  const { name, type } = column;
  const value = keptDefault(column, situation, unique);
  const own = type && ownValue(type, database);
  const plain = type && plainValue(type, database);
  const by = database === 'postgres' && own !== undefined ? undefined : programOf(framework, column.default);
  const each = value?.sql ?? own ?? (unique ? undefined : plain);
  const isWritten = fills.length > 0;
  const note = isWritten
    ? openNote(fills)
    : by === undefined
      ? noteOf({ each, unique, isStated: value !== undefined })
      : untested;
  const filled = fillPhase(situation, {
    table,
    column: name,
    value: each,
    deploy: 1,
    written: fills,
    required,
    ...(by === undefined ? {} : { by }),
    ...(note === undefined ? {} : { own: note }),
  });
  const sql = `${filled.verify?.sql ?? ''}\n${duplicatesSql(table, [name], situation)}`;
  return unique ? { ...filled, verify: { sql, expect: '0, and no row' } } : filled;
}

const untested = 'With a test on rows as they are now.';

type Told = { each: string | undefined; unique: boolean; isStated: boolean };

function noteOf({ each, unique, isStated }: Told): string | undefined {
  if (each === undefined) return unique ? 'A value of its own for every row, in batches that commit.' : undefined;
  if (unique || isStated) return undefined;
  return `${code(each)} stands for the value that you know.`;
}

/** What the change itself fills it with; one value for all rows makes none of them unique. */
function writtenFills(
  { table, column }: OperationOf<'addColumn'>,
  { all }: Situation,
  unique: boolean,
): readonly FillColumn[] {
  const fills = fillsOf(all, table, column.name);
  return unique && !giveOwnValues(fills) ? [] : fills;
}

/** Each row needs a value of its own, whatever default the author gave all of them. */
export function isToBeUnique(table: Name, column: Column, { all }: Situation): boolean {
  const isIt = (columns: readonly string[]) => columns.length === 1 && columns[0] === column.name;
  return (
    column.constraints.some(({ kind }) => kind === 'unique') ||
    all.some(
      (each) =>
        (each.kind === 'createIndex' && each.table === table && each.index.unique && isIt(each.index.columns)) ||
        (each.kind === 'addConstraint' &&
          each.table === table &&
          each.constraint.kind === 'unique' &&
          isIt(each.constraint.columns)),
    )
  );
}

/** The name that the author gave it, which models and later migrations know. */
function nameOfKey({ table, column }: OperationOf<'addColumn'>, { all }: Situation): { name?: string } {
  for (const each of all) {
    if ((each.kind !== 'createIndex' && each.kind !== 'addConstraint') || each.table !== table) continue;
    const key = each.kind === 'createIndex' ? each.index : each.constraint;
    const isIt = 'columns' in key && key.columns.length === 1 && key.columns[0] === column.name;
    const isUnique = 'unique' in key ? key.unique : each.kind === 'addConstraint' && each.constraint.kind === 'unique';
    if (isIt && isUnique && key.name !== undefined) return { name: key.name };
  }
  return {};
}

function isRequiredLater(table: Name, column: string, { all }: Situation): boolean {
  return all.some(
    (each) => each.kind === 'alterColumn' && each.table === table && each.column === column && each.nullable === false,
  );
}

/** A constant that is the same for rows of every release. */
function keepsDefault({ table, column }: OperationOf<'addColumn'>, { all, migration }: Situation): boolean {
  const isPlain = column.default !== undefined && isConstant(column.default);
  return losesDefault(table, column, all) && isPlain && migration.database !== 'sqlite';
}

/** The database keeps the default until no release is left that needs it. */
function defaultRoad({ table, column }: OperationOf<'addColumn'>): ReturnType<FindRoad<'addColumn'>> {
  const { name, default: value } = column;
  const dropped: Step = {
    kind: 'alterColumn',
    table,
    column: name,
    default: 'none',
    was: { ...(value && { default: value }) },
  };
  return {
    subject: code(`${table}.${name}`),
    phases: [
      {
        title: `Add ${code(`${table}.${name}`)} with a default that stays`,
        when: 'before',
        deploy: 1,
        code: `Fills ${code(name)} in every row that it writes; for the release before, the database does.`,
        migrations: [{ steps: [{ kind: 'addColumn', table, column: { ...column, constraints: [] } }] }],
        back: 'Its way back drops the column, with what the release wrote into it.',
      },
      {
        title: `Drop the default of ${code(name)}`,
        when: 'with',
        deploy: 2,
        note: 'It may as well stay.',
        migrations: [{ steps: [dropped] }],
        back: 'Its way back sets it again.',
      },
    ],
  };
}

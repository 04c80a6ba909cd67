/** Roads of what existing rows have to obey: keys, checks, uniqueness, and indexes. */
import { outsideTransaction } from '../../operations/facts/frameworks.ts';
import type { Database, Migration } from '../../operations/migration.ts';
import type { Constraint } from '../../operations/column.ts';
import type { ForeignKey } from '../../operations/foreign-keys.ts';
import type { Name } from '../../operations/name.ts';
import { isNullEverywhere } from '../../operations/null-everywhere.ts';
import type { OperationOf } from '../../operations/operation.ts';
import { findKeyBefore } from '../../operations/said-anew.ts';
import { code, codes } from '../../rule.ts';
import { columnSql, madeUpName, printable, tableSql } from '../../writers/identifier.ts';
import type { Step } from '../../writers/step.ts';
import { buildIndex } from '../../writers/build-index.ts';
import { joinDrafts } from '../../writers/join-drafts.ts';
import type { Allowance, DraftMigration } from '../../writers/write-migration.ts';
import { duplicatesSql, uniquePhase } from '../phases.ts';
import { isAddedHere, type Draft, type FindRoad, type Situation } from '../situation.ts';
import { builtIndex } from './built-index.ts';

type Road = ReturnType<FindRoad<'addConstraint'>>;

/** A rule that rows may break already. */
export const addedConstraint: FindRoad<'addConstraint'> = ({ table, constraint }, situation) => {
  switch (constraint.kind) {
    case 'foreignKey':
      return constraint.validated ? foreignKeyRoad(table, constraint, situation) : undefined;
    case 'check':
      return constraint.validated && constraint.expression.known ? checkRoad(table, constraint, situation) : undefined;
    case 'unique':
      return constraint.usingIndex === undefined
        ? uniqueRoad(table, constraint.columns, constraint.name, situation, true)
        : undefined;
    default:
      return undefined;
  }
};

/** None where no row that is there can point anywhere, or all obeyed the same key before: what is advised for the key itself is enough. */
function foreignKeyRoad(table: Name, key: ForeignKey, situation: Situation): Road {
  const { migration, schema, all } = situation;
  const { database } = migration;
  if (database === 'sqlite' || isNullEverywhere(table, key.columns, all)) return undefined;
  if (findKeyBefore(schema, table, key)) return undefined;
  const name = key.name ?? madeUpName(table, ...key.columns, 'fkey');
  const parent = key.references.table;
  const primary = schema.tables.get(parent)?.constraints.find(({ kind }) => kind === 'primaryKey');
  const known = primary?.kind === 'primaryKey' ? primary.columns : ['id'];
  const referenced = key.references.columns.length > 0 ? key.references.columns : known;
  const subject = `${codes(key.columns.map((each) => `${table}.${each}`))} points to ${code(parent)}`;
  const orphans = orphansSql(table, key.columns, parent, referenced, database);
  const index = isIndexed(table, key.columns, situation) ? [] : [indexFor(table, key.columns, database)];
  const rows = { table, name, rows: 'point nowhere', sql: orphans };
  const phases = takesUnchecked(database)
    ? checkedLater({ ...key, name, validated: false }, rows)
    : checkedAtOnce({ ...key, name }, rows, atOnce(database, 'validating-foreign-key'));
  return { subject, phases: withIndexFirst(phases, index, migration) };
}

/** The index, and then the key; where the framework cannot build it, no file says that it is there. */
function withIndexFirst([first, ...rest]: Draft[], index: readonly DraftMigration[], migration: Migration): Draft[] {
  if (!first || index.length === 0) return first ? [first, ...rest] : [];
  const allow = { rules: ['foreign-key-without-index'], because: 'its index was built by hand' };
  const migrations =
    migration.database === 'postgres' && outsideTransaction(migration.framework).byHand
      ? first.migrations.map((each) => ({ ...each, allow }))
      : first.migrations;
  return [{ ...first, migrations: [...index, ...migrations] }, ...rest];
}

/** Without it, each DELETE of a parent reads the whole table; MySQL would build it under the lock of the key. */
function indexFor(table: Name, columns: readonly string[], database: Database): DraftMigration {
  const index = { name: madeUpName(table, ...columns, 'idx'), columns: [...columns], unique: false };
  return buildIndex(table, index, database);
}

/** An index, or a key that brings one, which begins with the columns. */
function isIndexed(table: Name, columns: readonly string[], { schema, all }: Situation): boolean {
  const known = schema.tables.get(table);
  const begins = (own: readonly string[]) => columns.every((column, at) => own[at] === column);
  return (
    (known?.indexes.some((index) => begins(index.columns)) ?? false) ||
    (known?.constraints.some(
      (each) => (each.kind === 'unique' || each.kind === 'primaryKey') && begins(each.columns),
    ) ??
      false) ||
    all.some((each) => each.kind === 'createIndex' && each.table === table && begins(each.index.columns))
  );
}

function orphansSql(
  table: Name,
  columns: readonly string[],
  parent: Name,
  referenced: readonly string[],
  database: Database,
): string {
  const own = tableSql(table, database);
  const named = columns.map((column) => `${columnSql(column, database)} IS NOT NULL`).join(' AND ');
  const pairs = columns.map(
    (column, at) => `parent.${columnSql(referenced[at] ?? 'id', database)} = ${own}.${columnSql(column, database)}`,
  );
  const found = `SELECT 1 FROM ${tableSql(parent, database)} AS parent WHERE ${pairs.join(' AND ')}`;
  return `SELECT count(*) FROM ${own} WHERE ${named} AND NOT EXISTS (${found});`;
}

function checkRoad(table: Name, check: Extract<Constraint, { kind: 'check' }>, { migration }: Situation): Road {
  const { database } = migration;
  if (database === 'sqlite' || check.enforced === false) return undefined;
  const name = check.name ?? madeUpName(table, 'check');
  const broken = `SELECT count(*) FROM ${tableSql(table, database)} WHERE NOT (${printable(check.expression.sql)});`;
  const rows = { table, name, rows: 'break it', sql: broken };
  return {
    subject: `${code(name)} holds in ${code(table)}`,
    phases: takesUnchecked(database)
      ? checkedLater({ ...check, name, validated: false }, rows)
      : checkedAtOnce({ ...check, name }, rows, atOnce(database, 'validating-check')),
  };
}

/** NOT VALID of PostgreSQL, WITH NOCHECK of SQL Server. */
function takesUnchecked(database: Database): boolean {
  return database === 'postgres' || database === 'sqlserver';
}

/** What is asked of rows, and the query that counts those that fail it. */
type Asked = { table: Name; name: string; rows: string; sql: string };

/** New rows obey at once, old ones are mended, then all are checked; on PostgreSQL reads and writes go on meanwhile. */
function checkedLater(constraint: Constraint, { table, name, rows, sql }: Asked): Draft[] {
  const add: Step = { kind: 'addConstraint', table, constraint };
  const validate: Step = { kind: 'validateConstraint', table, name };
  return [
    {
      title: `Add ${code(name)} for new rows`,
      when: 'with',
      deploy: 1,
      code: `Writes no rows that ${rows}: from here on they fail.`,
      migrations: [{ steps: [add] }],
      back: 'Its way back drops the constraint.',
    },
    mendPhase(rows, sql),
    {
      title: `Check every row`,
      when: 'with',
      deploy: 2,
      migrations: [{ steps: [validate] }],
      back: 'Nothing is to be done: the constraint stands already.',
    },
  ];
}

/** What waits meanwhile, and what the author states of it. */
type AtOnce = { note: string; allow?: Allowance };

/** MySQL checks all rows as it adds the constraint, by a copy of the table. Of an unknown database no rule says what it does. */
function atOnce(database: Database, rule: string): AtOnce {
  if (database === 'unknown') return { note: 'Reads and writes may wait while every row is checked: a quiet hour.' };
  return {
    note: 'Writes wait while the table is copied: a quiet hour, or gh-ost or pt-online-schema-change where the table is large.',
    allow: { rules: [rule], because: 'the query found no such row, and it runs in a quiet hour' },
  };
}

function checkedAtOnce(constraint: Constraint, { table, name, rows, sql }: Asked, { note, allow }: AtOnce): Draft[] {
  return [
    {
      title: `No release writes rows that ${rows}`,
      when: 'with',
      deploy: 1,
      code: `Writes no rows that ${rows}.`,
      migrations: [],
      back: 'Deploy the release before.',
    },
    mendPhase(rows, sql),
    {
      title: `Add ${code(name)}`,
      when: 'with',
      deploy: 2,
      note,
      migrations: [{ steps: [{ kind: 'addConstraint', table, constraint }], ...(allow && { allow }) }],
      back: 'Its way back drops the constraint.',
    },
  ];
}

function mendPhase(rows: string, sql: string): Draft {
  return {
    title: `Mend the rows that ${rows}`,
    when: 'background',
    deploy: 1,
    migrations: [],
    verify: { sql, expect: '0' },
    back: 'Keep what is deleted or changed, as only you know what it meant.',
  };
}

function uniqueRoad(
  table: Name,
  columns: readonly string[],
  name: string | undefined,
  situation: Situation,
  isConstraint: boolean,
): Road {
  if (columns.some((column) => column.startsWith('(') || isAddedHere(table, column, situation))) return undefined;
  const list = codes(columns);
  const verify = { sql: duplicatesSql(table, columns, situation), expect: 'no row' };
  const made = uniquePhase(situation, {
    table,
    columns,
    deploy: 2,
    ...(name === undefined ? {} : { name }),
    ...(isConstraint ? { constraint: true as const } : {}),
  });
  return {
    subject: `${code(table)} becomes unique by ${list}`,
    phases: [
      {
        title: `Close the source of duplicates, and merge those that are there`,
        when: 'background',
        deploy: 1,
        code: `Writes no second row with the same ${list}.`,
        migrations: [],
        verify,
        back: 'Keep what is merged away, as only you know what it meant.',
      },
      isConstraint ? made : { ...made, migrations: inPlaceOf(table, name, made.migrations, situation) },
    ],
  };
}

/** The change drops an index of that name, so that queries lose nothing when the new one is there. */
function inPlaceOf(
  table: Name,
  name: string | undefined,
  migrations: readonly DraftMigration[],
  { all, beginning, migration }: Situation,
): readonly DraftMigration[] {
  const known = beginning.tables.get(table)?.indexes.find((each) => each.name === name);
  const isDropped = all.some((each) => each.kind === 'dropIndex' && each.name === name);
  if (name === undefined || !isDropped || migration.database !== 'postgres') return migrations;
  const drop: Step = { kind: 'dropIndex', table, name, concurrently: true, ...(known && { was: known }) };
  const sequences = [...migrations, { steps: [drop] }].map((each) => [each]);
  return joinDrafts(migration, sequences, () => false).flat();
}

/** An index that is unique is a rule; any other is one phase. */
export const createdIndex: FindRoad<'createIndex'> = (operation: OperationOf<'createIndex'>, situation) => {
  const { table, index } = operation;
  if (!index.unique) return builtIndex(operation, situation);
  if (index.where) return undefined;
  return uniqueRoad(table, index.columns, index.name, situation, false);
};

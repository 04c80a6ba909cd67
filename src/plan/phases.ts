/** The phases that several roads have in common. */
import type { Database } from '../operations/migration.ts';
import type { Constraint, DataType, Expression } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import { code, codes } from '../rule.ts';
import { columnSql, columnsSql, madeUpName, tableSql } from '../writers/identifier.ts';
import { buildIndex, isOnline, noDuplicates } from '../writers/build-index.ts';
import { requireFilled } from '../writers/require-column.ts';
import { isLeftOpen } from '../writers/written-values.ts';
import { unfilledSql } from '../writers/sql.ts';
import type { FillColumn, Step } from '../writers/step.ts';
import type { Draft, Situation } from './situation.ts';

/** Rows that have no value get one, in batches, once every writer fills the column. `value` undefined: only the team knows it. */
export function fillPhase(situation: Situation, filling: Filling): Draft {
  const { table, column, value, from, by, deploy, own } = filling;
  const { database } = situation.migration;
  const source = from === undefined ? {} : { from };
  const program = by === undefined ? {} : { by };
  const filled: FillColumn = { kind: 'fillColumn', table, column, value: value ?? 'NULL', ...source, ...program };
  const { written = [], required } = filling;
  const fills = written.length > 0 ? written : value === undefined && by === undefined ? [] : [filled];
  // What is left out is NULL too.
  const asked = required || written.length === 0 ? [filled] : written;
  return {
    title: `Fill ${code(column)} in the rows that have none`,
    when: 'background',
    deploy,
    ...(own === undefined ? {} : { note: own }),
    migrations: fills.length > 0 ? [{ steps: fills }] : [],
    verify: {
      sql: asked.map((each) => unfilledCount(each, database)).join('\n'),
      expect: asked.map(() => '0').join(', '),
    },
    back: 'Nothing is to be done: the running release fills the column by itself.',
  };
}

type Filling = {
  table: Name;
  column: string;
  value: string | undefined;
  /** The column that the value is made of. */
  from?: string;
  /** The function of the program that makes it. */
  by?: string;
  deploy: number;
  /** What a person has to put in. */
  own?: string;
  /** What the change itself fills it with, where it does. */
  written?: readonly FillColumn[];
  /** No row may be left out. */
  required?: boolean;
};

/** Where a comment stands in the place of what only the author knows. */
export function openNote(fills: readonly FillColumn[]): string | undefined {
  return fills.some(isLeftOpen) ? 'It does not run before you have put in what its comment names.' : undefined;
}

/** How many rows are still to be filled. */
export function unfilledCount(step: FillColumn, database: Database): string {
  return `SELECT count(*) FROM ${tableSql(step.table, database)} WHERE ${unfilledSql(step, database)};`;
}

/** The column becomes required; undefined where the database cannot do it to a column that is there. */
export function requirePhase(
  { migration }: Situation,
  { table, column, type, default: value, deploy }: Requirement,
): Draft | undefined {
  const was = { ...(type && { type }), ...(value && { default: value }) };
  const migrations = requireFilled(migration, table, column, was);
  return (
    migrations && {
      title: `Require ${code(column)}`,
      when: 'with',
      deploy,
      migrations,
      back: `Its way back makes ${code(column)} nullable again; no value is lost.`,
    }
  );
}

type Requirement = {
  table: Name;
  column: string;
  type: DataType | undefined;
  /** What the database fills in, where it does. */
  default?: Expression | undefined;
  deploy: number;
};

/** Rows become unique by an index that is built while writers go on; Django finds a constraint by its name, so that an index alone would not do. */
export function uniquePhase({ migration }: Situation, { table, columns, name, deploy, constraint }: Uniqueness): Draft {
  const { database, framework } = migration;
  const isPostgres = database === 'postgres';
  const index = { name: name ?? madeUpName(table, ...columns, 'key'), columns: [...columns], unique: true };
  const isConstraint = constraint === true || framework === 'django';
  const key: Constraint = { kind: 'unique', name: index.name, columns: [...columns] };
  const add: Step = { kind: 'addConstraint', table, constraint: key };
  const attach: Step = { kind: 'addConstraint', table, constraint: { ...key, usingIndex: index.name } };
  const isKey = isConstraint && framework === 'django' && !isOnline(database) && database !== 'sqlite';
  const build = isKey ? { steps: [add], allow: noDuplicates } : buildIndex(table, index, database);
  return {
    title: `Make ${codes(columns)} unique`,
    when: 'with',
    deploy,
    ...(database === 'sqlserver' ? { note: onlineEdition } : {}),
    migrations: isPostgres && isConstraint ? [build, { steps: [attach] }] : [build],
    back: 'Its way back drops the index; no value is lost.',
  };
}

/** https://learn.microsoft.com/sql/relational-databases/indexes/perform-index-operations-online#limitations */
export const onlineEdition = '`ONLINE = ON` takes the Enterprise edition or Azure SQL; without it, in a quiet hour.';

type Uniqueness = {
  table: Name;
  columns: readonly string[];
  name?: string;
  deploy: number;
  /** It was a constraint, not an index alone. */
  constraint?: true;
};

/** The values that stand more than once. */
export function duplicatesSql(table: Name, columns: readonly string[], { migration }: Situation): string {
  const { database } = migration;
  const list = columnsSql(columns, database).slice(1, -1);
  // To SQL Server alone, NULL is a value like any other.
  const some = columns.map((column) => `${columnSql(column, database)} IS NOT NULL`).join(' AND ');
  const where = database === 'sqlserver' ? '' : ` WHERE ${some}`;
  return `SELECT ${list}, count(*) FROM ${tableSql(table, database)}${where} GROUP BY ${list} HAVING count(*) > 1;`;
}

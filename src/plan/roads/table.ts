/** Roads of tables: dropped and renamed. */
import type { Database } from '../../operations/migration.ts';
import type { Name } from '../../operations/name.ts';
import { code } from '../../rule.ts';
import { dropForgottenTable, forgetTable } from '../../writers/drop-table.ts';
import { keepOldName, type OldNameKept } from '../../writers/keep-old-name.ts';
import { madeUpName, tableSql } from '../../writers/identifier.ts';
import type { Draft, FindRoad } from '../situation.ts';

/** A table that releases still name. */
export const droppedTable: FindRoad<'dropTable'> = (operation, { migration, schema }) => {
  const { table, temporary } = operation;
  if (temporary) return undefined;
  const forget = forgetTable(migration, table);
  const name = code(table);
  return {
    subject: `${name} goes`,
    phases: [
      {
        title: `No release names ${name}`,
        when: 'with',
        deploy: 1,
        code: `Nothing reads or writes ${name}, nor points to it.`,
        migrations: forget.length > 0 ? [{ steps: forget }] : [],
        back: 'Deploy the release before: the table and its rows are there.',
      },
      {
        title: `Drop ${name}`,
        when: 'with',
        deploy: 2,
        migrations: [dropForgottenTable(migration, operation, schema)],
        back: 'Its rows come back from a backup only: keep one, or be sure that they are worth nothing.',
      },
    ],
  };
};

/** A name that the running release does not know; a view or a synonym answers to it meanwhile. */
export const renamedTable: FindRoad<'renameTable'> = ({ table, to }, { migration }) => {
  const kept = keepOldName(migration, table, to);
  const phases = kept
    ? underOldName(kept, table, to)
    : isMysql(migration.database)
      ? viewUnderNewName(table, to)
      : undefined;
  return phases && { subject: `${code(table)} becomes ${code(to)}`, phases };
};

function isMysql(database: Database): boolean {
  return database === 'mysql' || database === 'mariadb';
}

const noneNames = 'no release that runs names it any more';

function underOldName({ by, steps, drop }: OldNameKept, table: Name, to: Name): Draft[] {
  const [old, next] = [code(table), code(to)];
  return [
    {
      title: `Rename the table, and leave a ${by} under ${old}`,
      when: 'before',
      deploy: 1,
      code: `Names ${next}; the release before goes on with the ${by}.`,
      ...(by === 'synonym' ? { note: synonymNote } : {}),
      migrations: [{ steps }],
      back: `Its way back gives the table its old name in the place of the ${by}.`,
    },
    {
      title: `Drop the ${by} ${old}`,
      when: 'with',
      deploy: 2,
      migrations: [{ steps: [drop], allow: { rules: ['drop-object'], because: noneNames } }],
      back: `Its way back makes the ${by} anew.`,
    },
  ];
}

/** https://learn.microsoft.com/sql/relational-databases/synonyms/synonyms-database-engine, https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-rename-transact-sql#remarks */
const synonymNote =
  'Queries and writes, those of views, procedures and triggers too, find the table by the synonym; statements that change or empty a table (`ALTER`, `TRUNCATE`) do not, and what is schema-bound keeps the table from being renamed.';

/** Nothing holds a rename and a view together here, but one RENAME TABLE: https://dev.mysql.com/doc/refman/8.4/en/rename-table.html */
function viewUnderNewName(table: Name, to: Name): Draft[] {
  const next = code(to);
  const [oldSql, nextSql, asideSql] = [table, to, madeUpName(to, 'view')].map((each) => tableSql(each, 'mysql'));
  const make = `CREATE VIEW ${nextSql} AS SELECT * FROM ${oldSql};`;
  const swap = `RENAME TABLE ${nextSql} TO ${asideSql}, ${oldSql} TO ${nextSql};`;
  const unswap = `RENAME TABLE ${nextSql} TO ${oldSql}, ${asideSql} TO ${nextSql};`;
  const drop = `DROP VIEW ${asideSql};`;
  return [
    {
      title: `Make a view under ${next}`,
      when: 'before',
      deploy: 1,
      code: `Names ${next}: MySQL reads and writes the table through the view.`,
      migrations: [{ steps: [{ kind: 'sql', sql: make, back: `DROP VIEW ${nextSql};` }] }],
      back: 'Deploy the release before, then drop the view.',
    },
    {
      title: `Give the table its new name`,
      when: 'with',
      deploy: 2,
      note: 'Both names change in one statement, so that no query finds neither.',
      migrations: [{ steps: [{ kind: 'sql', sql: swap, back: unswap }] }],
      back: 'Its way back puts the view in the place of the table.',
    },
    {
      title: 'Drop the view',
      when: 'with',
      deploy: 2,
      migrations: [{ steps: [{ kind: 'sql', sql: drop }], allow: { rules: ['drop-object'], because: noneNames } }],
      back: 'Nothing is to be done: nothing names the view.',
    },
  ];
}

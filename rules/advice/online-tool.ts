/** The tools that copy a table of MySQL or MariaDB while it is written: which of them takes a table, and the command. */
import { foreignKeysTo } from '../../src/operations/foreign-keys.ts';
import { isAtLeast } from '../../src/operations/migration.ts';
import { isComputedName, type Name } from '../../src/operations/name.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import { code, type Context } from '../../src/rule.ts';
import { fence } from '../../src/writers/fence.ts';
import { clauseSql } from './alter-sql.ts';
import { isMysql } from './online-change.ts';

/**
 * Completes an advice on changes that some rows may break: both tools copy with INSERT IGNORE.
 * https://github.com/github/gh-ost/issues/167, https://docs.percona.com/percona-toolkit/pt-online-schema-change.html#cmdoption-pt-online-schema-change-no-check-unique-key-change
 */
export const dropsRows =
  'a tool that copies online (gh-ost, pt-online-schema-change) leaves out the rows that break it without a word';

/** What a copy makes of the values: they all have a place, or it is not known. */
export type Values = 'kept' | 'unknown';

/** How to make the change of these operations, all of one statement, with a tool; empty for small tables and other databases. */
export function onlineTool(
  table: Name,
  operations: readonly Operation[],
  context: Context,
  values: Values = 'kept',
): string {
  const { database, databaseVersion } = context.migration;
  if (!isMysql(database) || context.sizeOf(table) === 'small' || isComputedName(table)) return '';
  const clauses = operations.map(clauseSql);
  const alter = clauses.every((clause) => clause !== undefined) ? clauses.join(', ') : '…';
  const known = context.schema.tables.get(table);
  const obstacles = obstaclesOf(table, context);
  if (known && known.columns.size > 0 && !hasKey(known))
    return ` No tool that copies online takes ${code(table)}: it has neither a primary nor a unique key, by which they find rows.`;
  const refused = obstacles.filter(({ toGhost }) => toGhost).map(({ what }) => what);
  const isForGhost = database === 'mysql' && refused.length === 0;
  const says = isForGhost
    ? ghost(table, alter, known)
    : `${ghostRefuses(table, refused)}${percona(table, alter, obstacles)}`;
  const remark = alter.includes('MODIFY')
    ? '\n\n`--alter` takes the text behind `ALTER TABLE` of this statement, with the comment and `ON UPDATE` of the column where it has them.'
    : '';
  const ignores =
    values === 'unknown'
      ? '\n\nIt copies with `INSERT IGNORE`: values that have no place after the change are cut, and rows that become duplicates left out, without a word. Count both first.'
      : '';
  const old = database === 'mysql' && databaseVersion !== undefined && !isAtLeast(databaseVersion, '5.7.2');
  const triggers = old && obstacles.some(({ flag }) => flag === preserveTriggers);
  return triggers
    ? ''
    : `\n\nOr outside the migration, with a tool that copies the table while it is written:\n\n${says}${remark}${ignores}`;
}

type Obstacle = { what: string; flag: string; toGhost: boolean };

const preserveTriggers = '--preserve-triggers';

/**
 * https://github.com/github/gh-ost/blob/master/doc/requirements-and-limitations.md: no foreign keys on either side, no triggers;
 * https://docs.percona.com/percona-toolkit/pt-online-schema-change.html: --alter-foreign-keys-method where others point here, --preserve-triggers from MySQL 5.7.2 on.
 */
function obstaclesOf(table: Name, { schema }: Context): Obstacle[] {
  const known = schema.tables.get(table);
  const points = known?.constraints.some(({ kind }) => kind === 'foreignKey') ?? false;
  const children = [...new Set(foreignKeysTo(schema, table).map(({ owner }) => owner.name))];
  return [
    ...(points ? [{ what: 'foreign keys of its own', flag: '', toGhost: true }] : []),
    ...(children.length > 0
      ? [
          {
            what: `foreign keys of ${children
              .slice(0, 3)
              .map((name) => code(name))
              .join(', ')} that point to it`,
            flag: '--alter-foreign-keys-method=auto',
            toGhost: true,
          },
        ]
      : []),
    ...(known?.triggers?.length ? [{ what: 'triggers', flag: preserveTriggers, toGhost: true }] : []),
  ];
}

function hasKey({ constraints, indexes }: Table): boolean {
  return (
    constraints.some(({ kind }) => kind === 'primaryKey' || kind === 'unique') || indexes.some(({ unique }) => unique)
  );
}

function ghost(table: Name, alter: string, known: Table | undefined): string {
  const command = fence('sh', [
    `gh-ost --host="$REPLICA" --database="$DATABASE" --table=${quoted(bare(table))} --alter=${quoted(alter)} --execute`,
  ]);
  const sure = known !== undefined && known.columns.size > 0;
  return sure
    ? command
    : `${command}\n\nIt refuses a table with foreign keys or triggers; then it is \`pt-online-schema-change\`.`;
}

function ghostRefuses(table: Name, refused: readonly string[]): string {
  return refused.length > 0 ? `gh-ost refuses ${code(table)}, which has ${refused.join(' and ')}.\n\n` : '';
}

function percona(table: Name, alter: string, obstacles: readonly Obstacle[]): string {
  const flags = obstacles.map(({ flag }) => (flag === '' ? '' : ` ${flag}`)).join('');
  return fence('sh', [
    `pt-online-schema-change --alter=${quoted(alter)}${flags} D="$DATABASE",t=${quoted(bare(table))} --execute`,
  ]);
}

function bare(table: Name): string {
  return table.slice(table.lastIndexOf('.') + 1);
}

/** A word that no shell reads anything into. */
function quoted(text: string): string {
  return `'${text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').replaceAll("'", String.raw`'\''`)}'`;
}

import { isNotAbove, isSameName, type RangeEnd, type RangePart } from '../src/operations/range-parts.ts';
import type { Operation, OperationOf } from '../src/operations/operation.ts';
import { code, type Context, type Found, type Rule } from '../src/rule.ts';
import { columnSql, tableSql } from '../src/writers/identifier.ts';
import { findAttachedIndex } from './advice/attached-index.ts';
import { led, paragraphs, phaseFence } from './advice/fence.ts';
import { mayHaveMadeWay } from './advice/made-way.ts';
import { isMysql } from './advice/online-change.ts';

type AlterPartition = Operation & OperationOf<'alterPartition'>;

/** MySQL and MariaDB add a partition only above the others; PostgreSQL attaches an index where it fits, and one of each partition. */
export const refusedPartition: Rule = {
  id: 'refused-partition',
  title: 'A partition that has no place',
  severity: 'error',
  concerns: 'process',
  check: {
    alterObject: findAttachedIndex,
    alterPartition: (operation, context) => {
      const { table, action, conditional } = operation;
      const parts = context.schema.tables.get(table)?.parts;
      if (!parts || conditional || !isMysql(context.migration.database) || mayHaveMadeWay(context)) return undefined;
      const [made] = operation.parts ?? [];
      return action === 'add' && made ? findWithoutPlace(operation, made, parts, context) : undefined;
    },
  },
};

/** https://dev.mysql.com/doc/refman/8.4/en/partitioning-management-range-list.html */
function findWithoutPlace(
  { table }: AlterPartition,
  made: RangePart,
  parts: readonly RangePart[],
  context: Context,
): Found | undefined {
  const last = parts.at(-1);
  const twin = parts.find(({ name }) => isSameName(name, made.name));
  if (twin) {
    const advice = 'Give it another name; if it is made twice, leave this out.';
    return say(`${code(table)} has a partition ${code(twin.name)} already: adding it fails (1517)`, advice, context);
  }
  if (!last?.below || !made.below || isNotAbove(last.below, made.below) !== true) return undefined;
  if (last.below === 'max') {
    const message = `${code(last.name)} of ${code(table)} takes all that is above the others (MAXVALUE), so that no partition has a place behind it: adding ${code(made.name)} fails (1481)`;
    return say(message, paragraphs(split(table, made, last, context), meanwhile), context);
  }
  const message = `${code(made.name)} of ${code(table)} ends at ${endOf(made.below)}, which is not above the end of ${code(last.name)}, ${endOf(last.below)}: adding it fails (1493)`;
  const advice = `Ranges are added above the last one. Rows that ${code(last.name)} or one before it has are split off by \`REORGANIZE PARTITION … INTO\`.`;
  return say(message, advice, context);
}

const meanwhile =
  'Writes to the table wait while rows of the last partition are copied; with none in it, that is done at once.';

/** The last partition makes room, and stays the last. */
function split(table: string, made: RangePart, end: RangePart, { migration }: Context): string {
  if (!made.below) return '';
  const { database } = migration;
  const [name, rest] = [columnSql(made.name, database), columnSql(end.name, database)];
  const begin = `ALTER TABLE ${tableSql(table, database)} REORGANIZE PARTITION`;
  const last = `PARTITION ${rest} VALUES LESS THAN (MAXVALUE)`;
  const sql = `${begin} ${rest} INTO (PARTITION ${name} VALUES LESS THAN (${endOf(made.below)}), ${last});`;
  // Neighbours are joined without a loss: https://dev.mysql.com/doc/refman/8.4/en/partitioning-management-range-list.html
  const back = `${begin} ${name}, ${rest} INTO (${last});`;
  const allow = { rules: ['rebuild-table'], because: 'no row is in the last partition' };
  return led('Split the last one:', phaseFence(migration, { steps: [{ kind: 'sql', sql, back }], allow }));
}

function endOf(end: RangeEnd): string {
  if (end === 'max') return 'MAXVALUE';
  const value = typeof end.value === 'number' ? String(end.value) : `'${end.value.replaceAll("'", "''")}'`;
  return end.by === '' ? value : `${end.by}(${value})`;
}

/** A job by the calendar makes and drops partitions too, which no migration tells of. */
function say(what: string, advice: string, { schema }: Context): Found {
  const isUnsure = schema.unread === true;
  return {
    ...(isUnsure ? { severity: 'warning' as const } : {}),
    message: `${what}${isUnsure ? ', unless what could not be read before has changed them' : ''}, unless a job or a hand has changed its partitions.`,
    advice,
  };
}

import { onlineEditions } from '../src/operations/facts/sqlserver-change.ts';
import type { Database } from '../src/operations/migration.ts';
import type { OnlineChange } from '../src/operations/facts/mysql-change.ts';
import type { MysqlChange } from '../src/operations/facts/mysql-online-ddl.ts';
import type { Column, Operation } from '../src/operations/operation.ts';
import { code, sizeNote, type Context, type Found, type Rule } from '../src/rule.ts';
import { describeConversion } from './advice/converted-texts.ts';
import { hasRefusedKey, isUniqueWithDefault, isUniqueWithImplicitDefault } from './advice/one-cause.ts';
import { alterationsOf, isMysql, type Alteration } from './advice/online-change.ts';
import { findBlocking, findRefusal } from './advice/online-clause.ts';
import { onlineTool } from './advice/online-tool.ts';
import { atLeastWarning, costOf, lower } from './advice/severity.ts';

/** Every row of a table is written anew. */
export const rebuildTable: Rule = {
  id: 'rebuild-table',
  title: 'A table is rebuilt',
  severity: 'warning',
  concerns: 'locks',
  check: {
    migration: (migration, context) =>
      alterationsOf(migration, context).flatMap((alteration) => findOfMysql(alteration, context) ?? []),
    rebuildTable: ({ table, how, statement, online: clause }, context) => {
      const { database } = context.migration;
      if (context.isNew(table) || database === 'sqlite' || isMysql(database) || clause?.online) return undefined;
      // Several of one statement are one rebuild.
      if (
        context.before.some(
          (each) => each.kind === 'rebuildTable' && each.statement === statement && each.table === table,
        )
      )
        return undefined;
      const lock = locks[database] ?? ': writes wait';
      return {
        severity: costOf(context, table),
        message: `${code(how)} writes every row of ${code(table)} anew${lock} until it is done, and the space is needed twice. ${sizeNote(table, context.sizeOf(table))}`,
        advice: tools[database] ?? 'Outside migrations, in an announced pause.',
      };
    },
  },
};

const locks: Partial<Record<Database, string>> = {
  postgres: ' under ACCESS EXCLUSIVE: reads and writes wait',
  sqlserver: ' under Sch-M: reads and writes wait',
};

const tools: Partial<Record<Database, string>> = {
  postgres: 'Outside migrations, with a tool that copies online (pg_repack, pg_squeeze), or in an announced pause.',
  sqlserver: `\`WITH (ONLINE = ON)\`, where the edition has it (${onlineEditions}).`,
};

/** What MySQL and MariaDB write anew, where no other rule tells of the same statement. */
function findOfMysql(alteration: Alteration, context: Context): Found | undefined {
  const { table, operations, changes, worst } = alteration;
  const { database, databaseVersion } = context.migration;
  if (!worst || !isMysql(database) || (worst.algorithm !== 'rebuild' && worst.algorithm !== 'copy')) return undefined;
  const all = [...changes.values()].flat();
  if (all.some(({ change }) => toldElsewhere.has(change))) return undefined;
  const [first] = operations;
  if (operations.some((each) => each.kind === 'addColumn' && failsOnRows(each.column, context))) return undefined;
  if (operations.some((each) => hasRefusedKey(each, withTable(context, alteration)))) return undefined;
  if (findRefusal(first?.online, all, database, databaseVersion)) return undefined;
  // `blocking-online-clause` speaks.
  if (worst.writes && findBlocking(first?.online, database, databaseVersion)) return undefined;
  const culprit = operations.find((each) => changes.get(each)?.some(({ change }) => change === worst.change)) ?? first;
  const size = sizeNote(table, context.sizeOf(table));
  const conversion = describeConversion(culprit, alteration.known);
  const cost = costOf(context, table);
  const severity = conversion === '' ? cost : atLeastWarning(cost);
  const unless = worst.unless === undefined ? '' : `, unless ${worst.unless}`;
  const meanwhile = worst.writes
    ? 'reads and writes go on, but replicas lag for as long, and the space is needed twice'
    : 'writes wait until it is done, and the space is needed twice';
  return {
    severity: worst.writes || worst.unless !== undefined ? lower(severity) : severity,
    ...(culprit ? { span: culprit.span } : {}),
    message: `${cause(alteration, worst, culprit)} writes every row of ${code(table)} anew${unless}: ${meanwhile}.${conversion === '' ? '' : ` ${conversion}`} ${size}`,
    advice: `${advise(worst, all)}${worst.writes || worst.change === 'primary key dropped' ? '' : onlineTool(table, operations, context, worst.change === 'character set converted' ? 'unknown' : 'kept')}`,
  };
}

/** As it is known before the statement, not before the migration. */
function withTable(context: Context, { table, known }: Alteration): Context {
  const tables = new Map(context.schema.tables);
  if (known) tables.set(table, known);
  return { ...context, schema: { ...context.schema, tables } };
}

/** Changes that a rule of their own tells of, with what else they do. */
const toldElsewhere: ReadonlySet<MysqlChange> = new Set([
  'type changed',
  'made required',
  'numbered column added',
  'stored column added',
  'column with an expression added',
  'primary key added',
  'foreign key added',
  'check added',
  'full-text index added',
  'spatial index added',
]);

/** `unique-column-with-default` speaks. */
function failsOnRows(column: Column, context: Context): boolean {
  return isUniqueWithDefault(column) || isUniqueWithImplicitDefault(column, context);
}

function cause({ known, changes }: Alteration, { change }: OnlineChange, culprit: Operation | undefined): string {
  if (culprit?.kind === 'rebuildTable') return code(culprit.how);
  const column = culprit && 'column' in culprit ? culprit.column : '';
  const name = code(typeof column === 'string' ? column : column.name);
  const why = [...changes.values()].flat().some(({ algorithm }) => algorithm === 'in place')
    ? 'in one statement with what is not done at once'
    : known?.compressed
      ? 'to or from compressed rows'
      : known?.indexes.some(({ method }) => method?.toLowerCase() === 'fulltext')
        ? 'beside a full-text index'
        : 'in this version';
  return causes[change]?.replace('NAME', () => name).replace('WHY', why) ?? 'This';
}

const causes: Partial<Record<MysqlChange, string>> = {
  'column added': 'Adding NAME WHY',
  'column added in between': 'Adding NAME in between',
  'column dropped': 'Dropping NAME WHY',
  'indexed column dropped': 'Dropping NAME, which an index has,',
  'column moved': 'Moving NAME to another place',
  'made nullable': 'Letting NAME be NULL',
  'numbering begun': 'Giving NAME an AUTO_INCREMENT',
  'primary key dropped': 'Dropping the primary key without a new one in the same statement',
  'partitioned anew': 'Another partitioning',
};

function advise({ change, algorithm }: OnlineChange, all: readonly OnlineChange[]): string {
  const isColumn = change === 'column added' || change === 'column dropped' || change === 'column added in between';
  if (isColumn && all.some((each) => each.algorithm === 'in place'))
    return 'Two statements: a column comes and goes at once, in the dictionary alone, where nothing else in the statement needs more; the index is built after it.';
  if (change === 'column added in between')
    return 'Leave the place out: the order of columns matters to no query that names them.';
  if (change === 'primary key dropped')
    return 'Drop the old and add the new key in one statement, which lets writes go on.';
  return algorithm === 'copy' ? 'In an announced pause.' : 'Run it in a quiet hour, outside the deploy.';
}

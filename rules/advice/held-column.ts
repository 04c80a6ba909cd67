/** A column of SQL Server or SQLite that something holds. */
import { changedCollation } from './changed-collation.ts';
import { inDeploys } from '../../src/operations/facts/deploys.ts';
import { typeChange } from '../../src/operations/facts/type-change.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import type { DataType } from '../../src/operations/column.ts';
import { isInPrimaryKey } from '../../src/operations/schema.ts';
import { code, listed, sizeNote, type Context, type Found } from '../../src/rule.ts';
import { describeRewrite } from './rewritten-column.ts';
import { typeInSteps } from './type-in-steps.ts';
import { findColumnDrop } from './column-drop.ts';
import { freeColumn, isReader } from './free-column.ts';
import { findHolders, type Holder } from './holders.ts';
import { mayHaveMadeWay } from './made-way.ts';

type Drop = Operation & OperationOf<'dropColumn'>;

/** Which rule tells it: `needed-by-view` where views and their like alone are in the way. */
type Speaker = 'needed-by-constraint' | 'needed-by-view';

function speakerOf(holders: readonly Holder[]): Speaker | undefined {
  if (holders.length === 0) return undefined;
  return holders.every(({ kind }) => isReader(kind)) ? 'needed-by-view' : 'needed-by-constraint';
}

/** The drop is refused for certain, and all that it does is told with that. */
export function isHeldDrop(operation: Drop, context: Context): boolean {
  return !context.schema.unread && holdersOf(operation, context).length > 0;
}

/** The refusal, with what the drop does where nothing holds the column. Where it is not certain, `drop-column` speaks, unless it has nothing to say. */
export function findHeldDrop(operation: Drop, context: Context, speaker: Speaker): Found | undefined {
  const holders = holdersOf(operation, context);
  if (speakerOf(holders) !== speaker) return undefined;
  const dropped = findColumnDrop(operation, context);
  if (dropped && context.schema.unread) return undefined;
  const { table, column } = operation;
  const found = refuse(`Dropping ${code(`${table}.${column}`)}`, holders, context);
  const byHand = holders.filter((each) => !dropped || !goesInSteps(each, operation, context));
  const free = byHand.map((each) => freeColumn(each, context.migration.database, true)).join(' ');
  if (!dropped) return { ...found, advice: free };
  const first = `${inDeploys('dropped')}: first a release whose model no longer knows ${code(column)}, and when that runs everywhere the rest. ${free}`;
  return {
    ...found,
    message: `${found.message} Once nothing does, ${dropped.message}`,
    advice: byHand.length > 0 ? first : dropped.advice,
  };
}

/** `dropInSteps` prints the migration that drops it. */
function goesInSteps({ kind, name, table }: Holder, operation: Drop, { migration }: Context): boolean {
  if (kind === 'index') return name !== undefined;
  if (migration.database !== 'sqlserver' || table !== operation.table) return false;
  return kind === 'default' || ((kind === 'constraint' || kind === 'check') && name !== undefined);
}

function holdersOf({ table, column }: Drop, context: Context): Holder[] {
  if (mayHaveMadeWay(context)) return [];
  return findHolders(table, column, context).filter((holder) => !goesInBatch(holder, context));
}

/** Alembic makes the table anew at the end of a batch, whatever stands first in it: https://alembic.sqlalchemy.org/en/latest/batch.html */
function goesInBatch({ name }: Holder, { migration, after }: Context): boolean {
  if (migration.database !== 'sqlite' || migration.framework !== 'alembic' || name === undefined) return false;
  return after.some((each) => (each.kind === 'dropIndex' || each.kind === 'dropConstraint') && each.name === name);
}

/** SQL Server changes neither type nor collation under what holds the column, but for a longer text. */
export function findHeldType(
  operation: Operation & OperationOf<'alterColumn'>,
  context: Context,
  speaker: Speaker,
): Found | undefined {
  const { table, column, type } = operation;
  const old = context.schema.tables.get(table)?.columns.get(column)?.type;
  if (!type || !old || context.migration.database !== 'sqlserver' || mayHaveMadeWay(context)) return undefined;
  const collation = changedCollation(old, type);
  const isFree = typeChange(old, type, 'sqlserver', undefined).kind === 'free' && !collation;
  const isRequired = isMadeRequired(operation, context);
  const holders = findHolders(table, column, context).filter(
    // A default goes on to serve where only the length is another; what is bound to the column or worked out from it does not.
    ({ kind }) =>
      isBound(kind) || (kind === 'index' && isRequired) || !(isFree || (kind === 'default' && old.name === type.name)),
  );
  if (speakerOf(holders) !== speaker || (isFree && isSaidAgain(operation, context))) return undefined;
  const name = code(`${table}.${column}`);
  const what =
    isFree && isRequired ? `Requiring ${name}` : `Changing the ${collation ? 'collation' : 'type'} of ${name}`;
  const refused = refuse(what, holders, context);
  if (isInPrimaryKey(context.schema, table, column) && !collation)
    return withRoad(refused, operation, { old, type }, context);
  const advice = holders.map((each) => freeColumn(each, 'sqlserver', false)).join(' ');
  if (collation !== 'may be') return { ...refused, advice };
  const unless = 'Unless the database has that collation already, and nothing changes.';
  return { ...refused, advice, severity: 'warning', message: `${refused.message} ${unless}` };
}

/** Under an index NULL is let in and not forbidden again: https://dba.stackexchange.com/questions/27262/altering-nullability-of-column-in-sql-server. Of texts that vary in length the manual says otherwise, and nothing is said. */
function isMadeRequired({ table, column, nullable, type }: OperationOf<'alterColumn'>, { schema }: Context): boolean {
  const varies = /^(character varying|n?varchar|varbinary)$/i.test(type?.name ?? '');
  return nullable === false && !varies && schema.tables.get(table)?.columns.get(column)?.nullable === true;
}

/** A key gets another type with all that it is joined to, and what that costs is told with it. */
function withRoad(
  refused: Omit<Found, 'advice'>,
  operation: Operation & OperationOf<'alterColumn'>,
  { old, type }: { old: DataType; type: DataType },
  context: Context,
): Found {
  const { table, column } = operation;
  const rewrite = describeRewrite({ table, column, old, type, unless: undefined, goesOn: false }, 'sqlserver');
  return {
    ...refused,
    message: `${refused.message} Where it goes through, ${rewrite} ${sizeNote(table, context.sizeOf(table))}`,
    advice: typeInSteps(operation, { old, type, goesOn: false }, context),
  };
}

/** What checks or computes by the name of a column does not follow it: https://learn.microsoft.com/sql/relational-databases/system-stored-procedures/sp-rename-transact-sql */
export function findHeldName({ table, column }: OperationOf<'renameColumn'>, context: Context): Found | undefined {
  if (context.migration.database !== 'sqlserver' || mayHaveMadeWay(context)) return undefined;
  const holders = findHolders(table, column, context).filter(({ kind }) => kind === 'computed' || kind === 'check');
  if (holders.length === 0) return undefined;
  const found = refuse(`Renaming ${code(`${table}.${column}`)}`, holders, context, '15336');
  return { ...found, advice: holders.map((each) => freeColumn(each, 'sqlserver', false)).join(' ') };
}

/** Nothing of the column is another: the server has nothing to do. */
function isSaidAgain({ table, column, type, nullable }: OperationOf<'alterColumn'>, { schema }: Context): boolean {
  const old = schema.tables.get(table)?.columns.get(column);
  return JSON.stringify(old?.type) === JSON.stringify(type) && old?.nullable === nullable;
}

function isBound(kind: Holder['kind']): boolean {
  return kind === 'computed' || isReader(kind);
}

function refuse(
  what: string,
  holders: readonly Holder[],
  { migration, schema }: Context,
  number = '5074',
): Omit<Found, 'advice'> {
  const [first] = holders;
  const error = migration.database === 'sqlite' ? code(first?.error ?? '') : number;
  const unless = schema.unread ? ', unless something that could not be read here has dropped it before' : '';
  const list = holders.map((each) => each.what);
  return {
    severity: schema.unread ? 'warning' : 'error',
    message: `${what} fails (${error})${unless}: ${listed(list)} hold${list.length === 1 ? 's' : ''} it.`,
  };
}

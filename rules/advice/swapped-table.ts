/** A table of MySQL or PostgreSQL that makes room for a copy of itself: what stays with it, and who goes on to point to it. */
import { foreignKeysTo } from '../../src/operations/foreign-keys.ts';
import type { Name } from '../../src/operations/name.ts';
import type { Operation, OperationOf } from '../../src/operations/operation.ts';
import { applyOperation, forkSchema } from '../../src/operations/schema.ts';
import type { Table } from '../../src/operations/table.ts';
import type { Remade } from '../../src/operations/remade-table.ts';
import { code, codes, type Context, type Found } from '../../src/rule.ts';
import { isMysql } from './online-change.ts';

type MakingRoom = Operation & (OperationOf<'dropTable'> | OperationOf<'renameTable'>);

/** The table on MySQL, and the one that gets its name; undefined where no copy does, or one of them is not known. */
export function findSwapped(operation: MakingRoom, context: Context): Remade | undefined {
  const { migration, schema, after } = context;
  const copy = isMysql(migration.database) ? findCopy(operation, context) : undefined;
  const was = schema.tables.get(operation.table);
  if (copy === undefined || !was?.whole || was.isNew) return undefined;
  const left = forkSchema(schema);
  for (const each of [operation, ...after]) applyOperation(left, each, true);
  const now = left.tables.get(operation.table);
  if (now?.whole) return { was, now };
  return now && isFromQuery(copy, context) ? { was, now: withColumnsOf(was, now) } : undefined;
}

/** Foreign keys follow the table and not its name. */
export function findStrayed(operation: Operation & OperationOf<'renameTable'>, context: Context): Found | undefined {
  const { migration, schema, after } = context;
  const { table, to } = operation;
  const isKnown = migration.database === 'postgres' || isMysql(migration.database);
  if (!isKnown || findCopy(operation, context) === undefined) return undefined;
  const children = foreignKeysTo(schema, table).filter(
    ({ owner, key }) => owner.name !== table && !after.some((each) => drops(each, owner.name, key.name, to)),
  );
  const [first] = children;
  if (!first) return undefined;
  const names = codes([...new Set(children.map(({ owner }) => owner.name))]);
  return {
    severity: 'error',
    message: `The foreign keys of ${names} go on to point to ${code(to)}: each INSERT that points to a row which is new in ${code(table)} fails${isMysql(migration.database) ? ' (1452)' : ''}.`,
    advice: `In the same pause drop them and make them anew, to ${code(table)}; each reads the whole of its table. Where it can be, change the table itself, a step at a time, and copy nothing.`,
  };
}

/** The table of the change that gets the name, and has got rows by a query. */
function findCopy({ table, conditional }: MakingRoom, { before, after, isNew }: Context): Name | undefined {
  const takes = after.find((each) => each.kind === 'renameTable' && each.to === table);
  if (takes?.kind !== 'renameTable' || conditional || !isNew(takes.table) || isNew(table)) return undefined;
  const fills = (each: Operation) =>
    (each.kind === 'insertRows' && each.source === 'query' && each.table === takes.table) ||
    (each.kind === 'createTable' && each.from === 'query' && each.table === takes.table);
  return [...before, ...after].some(fills) ? takes.table : undefined;
}

/** CREATE TABLE … SELECT makes columns, and no keys, indexes or numbers: https://dev.mysql.com/doc/refman/8.4/en/create-table-select.html */
function isFromQuery(copy: Name, { before }: Context): boolean {
  return before.some((each) => each.kind === 'createTable' && each.table === copy && each.from === 'query');
}

function withColumnsOf({ columns }: Table, now: Table): Table {
  return { ...now, columns: new Map([...columns, ...now.columns]) };
}

function drops(each: Operation, owner: Name, key: string | undefined, to: Name): boolean {
  if (each.kind === 'dropTable') return each.table === owner || (each.table === to && each.cascade === true);
  return each.kind === 'dropConstraint' && each.table === owner && (each.name === undefined || each.name === key);
}

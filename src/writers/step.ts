/** What a printed migration does: operations, said in the other direction. */
import type { Column, DataType, Index } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import type { SchemaOperation } from '../operations/schema-operation.ts';

/**
 * One step of a migration to be printed. Constraints and indexes have names, and are steps of their own: those of an
 * added column are not printed with it. `was` is what stood there before, where it is known; without it there is no way back.
 */
export type Step =
  | Schema<'addColumn' | 'addConstraint' | 'createIndex' | 'dropTable' | 'renameColumn' | 'renameTable'>
  | Schema<'validateConstraint'>
  /** `concurrently`: as SQL Server does it while reads and writes go on. */
  | (Schema<'alterColumn'> & { concurrently?: true })
  | Schema<'dropColumn' | 'dropConstraint' | 'dropIndex'>
  /** The application no longer knows the column, which stays for the release that still runs and takes no value of new rows. */
  | { kind: 'forgetColumn'; table: Name; column: string; was?: Column }
  /** The application no longer knows the table, which stays for the release that still runs. */
  | { kind: 'forgetTable'; table: Name }
  /** New rows get a value of their own from the program, by this function of it; old ones get none. */
  | { kind: 'fillNewRows'; table: Name; column: Column; by: string }
  | FillColumn
  /** A statement that frameworks have no words for, and the one that takes it back; absent where nothing need be, or, as it is `final`, nothing does. */
  | { kind: 'sql'; sql: string; back?: string; final?: true; concurrently?: true };

/** Rows that hold NULL, or this text, get the value (SQL), a batch at a time; not those where the column `from` that it is made of is NULL too, or, where it `mayBeNull`, the value itself. */
export type FillColumn = {
  kind: 'fillColumn';
  table: Name;
  column: string;
  value: string;
  from?: string;
  holding?: string;
  mayBeNull?: true;
  /** Rows that hold any other value get it. */
  differs?: true;
  /** Only these rows (SQL). */
  where?: string;
  /** The function of the program that makes a value for each row, where the framework can call it: `uuid.uuid4`. */
  by?: string;
};

/** True for an index of whole columns, without expressions, prefixes, and an order or storage of its own. */
export function hasWholeColumns({ columns, prefixes, definition }: Index): boolean {
  return prefixes === undefined && definition === undefined && !columns.some((column) => column.startsWith('('));
}

type Schema<Kind extends SchemaOperation['kind']> = Extract<SchemaOperation, { kind: Kind }>;

/** The steps that take these back, last first; undefined where what was there before is not known. */
export function takeBack(steps: readonly Step[]): Step[] | undefined {
  const back: Step[] = [];
  for (const step of steps.toReversed()) {
    const undone = undo(step);
    if (undone === undefined) return undefined;
    back.push(...undone);
  }
  return back;
}

function undo(step: Step): Step[] | undefined {
  switch (step.kind) {
    case 'addColumn':
      return [{ kind: 'dropColumn', table: step.table, column: step.column.name, was: step.column }];
    case 'dropColumn':
      return step.was && [{ kind: 'addColumn', table: step.table, column: step.was }];
    case 'addConstraint': {
      const { name, kind } = step.constraint;
      if (name === undefined) return undefined;
      return [{ kind: 'dropConstraint', table: step.table, name, constraint: kind, was: step.constraint }];
    }
    case 'dropConstraint':
      return step.was && [{ kind: 'addConstraint', table: step.table, constraint: step.was }];
    case 'createIndex':
      return undoIndex(step);
    case 'dropIndex':
      if (step.was === undefined || step.table === undefined) return undefined;
      return [{ kind: 'createIndex', table: step.table, index: step.was, ...concurrency(step) }];
    case 'alterColumn':
      return undoAlter(step);
    case 'renameColumn':
      return [{ kind: 'renameColumn', table: step.table, column: step.to, to: step.column }];
    case 'renameTable':
      return [{ kind: 'renameTable', table: step.to, to: step.table }];
    case 'forgetColumn':
      if (step.was?.nullable !== false) return [];
      return [{ kind: 'alterColumn', table: step.table, column: step.column, nullable: false, was: step.was }];
    case 'fillColumn':
    case 'fillNewRows':
    case 'forgetTable':
    case 'validateConstraint':
      return [];
    case 'sql':
      if (step.final) return undefined;
      return step.back === undefined ? [] : [{ kind: 'sql', sql: step.back, back: step.sql, ...concurrency(step) }];
    case 'dropTable':
      // What Rails turns around by itself.
      return step.written === undefined ? undefined : [];
  }
}

function undoIndex(step: Schema<'createIndex'>): Step[] | undefined {
  const { name } = step.index;
  if (name === undefined) return undefined;
  return [{ kind: 'dropIndex', table: step.table, name, was: step.index, ...concurrency(step) }];
}

function concurrency(step: { concurrently?: true }): { concurrently?: true } {
  return step.concurrently ? { concurrently: true } : {};
}

/** Each thing that changes goes back to what it was; that a column was nullable before it was required, and the other way round, needs no telling. */
function undoAlter(step: Extract<Step, { kind: 'alterColumn' }>): Step[] | undefined {
  const { type, default: value, nullable, was, using: _using, ...same } = step;
  if (type && was?.type === undefined) return undefined;
  if (value !== undefined && was === undefined) return undefined;
  return [
    {
      ...same,
      ...(type && was?.type && { type: was.type }),
      ...(nullable !== undefined && { nullable: was?.nullable ?? !nullable }),
      ...(value !== undefined && { default: was?.default ?? 'none' }),
    },
  ];
}

/** True for a column of which more is said than its value: a note, or where it stands. */
export function hasMore({ comment, position, onUpdate }: Partial<Column>): boolean {
  return comment !== undefined || position !== undefined || onUpdate !== undefined;
}

/** A new column beside another one, of which its author says the same. */
export function columnBeside(table: Name, name: string, type: DataType, was: Column | undefined): Step {
  return emptyColumn(table, { name, type, ...(was?.comment !== undefined && { comment: was.comment }) });
}

/** A new column that is empty in every row: what most roads to a column begin with. */
export function emptyColumn(
  table: Name,
  { name, type, comment, position }: Pick<Column, 'name' | 'type' | 'comment' | 'position'>,
): Step {
  const noted = { ...(comment !== undefined && { comment }), ...(position && { position }) };
  return {
    kind: 'addColumn',
    table,
    column: { name, ...(type && { type }), nullable: true, ...noted, constraints: [] },
  };
}

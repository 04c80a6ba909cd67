/** One column takes the place of another, while releases that know either are running. */
import type { Column, DataType } from '../operations/column.ts';
import type { Name } from '../operations/name.ts';
import { dropForgotten, leaveOut } from './drop-column.ts';
import { dropHolders, type Held } from './drop-holders.ts';
import { indexesAnew, type IndexesAnew } from './index-anew.ts';
import { requireFilled } from './require-column.ts';
import { columnBeside, type Step } from './step.ts';
import type { DraftMigration } from './write-migration.ts';
import type { Target } from './writer.ts';

/** `value`: the new column's, as SQL over the old one. `was`: the old one; absent where it is not known. `held`: what stands in its table. */
export type Replaced = {
  table: Name;
  column: string;
  to: string;
  type: DataType;
  value: string;
  was?: Column;
  held: Held;
};

export type Replacing = {
  /** The new column, empty, with the default of the old one for new rows. */
  add: DraftMigration;
  /** The old rows, once every release that runs writes both. */
  fill: DraftMigration;
  /** What finds the old column, built for the new one. */
  indexes: IndexesAnew;
  /** The new one is as required as the old one is; none where it is not, or where the database cannot. */
  require: DraftMigration[];
  /** Rows may be written without the old one; undefined where they may be already. */
  leave: DraftMigration | undefined;
  /** The old one goes after what holds it, when no release names it any more. */
  drop: DraftMigration[];
};

/** The migrations that it takes, in their order. */
export function replaceColumn(
  target: Pick<Target, 'database' | 'databaseVersion'>,
  { table, column, to, type, value, was, held }: Replaced,
): Replacing {
  const { database } = target;
  const keepsDefault = was?.default && !was.generated && database !== 'sqlite' && database !== 'sqlserver';
  const setDefault: Step[] =
    keepsDefault && was?.default
      ? [{ kind: 'alterColumn', table, column: to, default: was.default, was: { type } }]
      : [];
  const noted = was?.comment === undefined ? {} : { comment: was.comment };
  const next = { type, ...(keepsDefault && was?.default && { default: was.default }), ...noted };
  return {
    add: { steps: [columnBeside(table, to, type, was), ...setDefault] },
    fill: { steps: [{ kind: 'fillColumn', table, column: to, value, from: column }] },
    indexes: indexesAnew(held.indexes, { table, column, to, was: was?.type, type }, database),
    require: was?.nullable === false ? (requireFilled(target, table, to, next) ?? []) : [],
    leave: leaveOut(target, table, column, was, held),
    drop: [...dropHolders(database, table, column, held, was), dropForgotten(target, table, column, was)],
  };
}

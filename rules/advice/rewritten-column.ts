/** What happens while the values of a column are written anew for another type, in the words of each database. */
import { keepsValues } from '../../src/operations/facts/kept-values.ts';
import { lossOf } from '../../src/operations/facts/mysql-values.ts';
import type { Database } from '../../src/operations/migration.ts';
import type { DataType } from '../../src/operations/column.ts';
import { code } from '../../src/rule.ts';
import { typeSql } from '../../src/writers/identifier.ts';
import { isMysql } from './online-change.ts';

/** Which column, from which type to which; `unless` says when it is not rewritten, `goesOn` that writers are let through. */
export type Rewritten = {
  table: string;
  column: string;
  old: DataType | undefined;
  type: DataType;
  unless: string | undefined;
  goesOn: boolean;
};

/** Two or three sentences: the lock, who waits, and what becomes of values that have no place in the new type. */
export function describeRewrite({ table, column, old, type, unless, goesOn }: Rewritten, database: Database): string {
  const from = old ? ` from ${code(typeSql(old))}${setNote(old, type)}` : '';
  return `${code(table)} ${database === 'unknown' ? 'may be' : 'is'} rewritten ${lockOf(database)}while ${code(column)} changes${from} to ${code(typeSql(type))}${setNote(type, old)}${unless ? `, unless ${unless}` : ''}. ${waits(database, goesOn)}${fate(old, type, database)}`;
}

/** The character set or collation, where the two differ in it. */
function setNote({ collation }: DataType, other: DataType | undefined): string {
  return collation === undefined || other?.collation === undefined || collation === other.collation
    ? ''
    : ` in ${code(collation)}`;
}

function lockOf(database: Database): string {
  if (database === 'postgres') return 'under ACCESS EXCLUSIVE ';
  return database === 'sqlserver' ? 'under Sch-M ' : '';
}

function waits(database: Database, goesOn: boolean): string {
  if (goesOn) return 'Reads and writes go on, but replicas lag for as long as the copy takes';
  if (database === 'unknown') return 'Reads and writes may wait until the copy is done';
  return `${isMysql(database) ? 'Writes' : 'Reads and writes'} wait until the copy is done`;
}

/** What becomes of values that have no place in the new type; closes the sentence before it. */
function fate(old: DataType | undefined, type: DataType, database: Database): string {
  const loss = old && isMysql(database) ? lossOf(old, type) : undefined;
  const zone =
    old && [old.name, type.name].toSorted().join() === 'datetime,timestamp' && isMysql(database)
      ? ' Each value is converted by the time zone of the session that runs this.'
      : '';
  if (old && keepsValues(old, type, database)) return `.${zone}`;
  if (loss === undefined) return `, and a value that does not fit fails it.${zone}`;
  if (loss === 'none') return `.${zone}`;
  return `. It fails on ${loss.what} (${loss.error}); outside strict mode ${loss.otherwise} without a word.${zone}`;
}

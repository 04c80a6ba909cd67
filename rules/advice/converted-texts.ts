/** What CONVERT TO CHARACTER SET of MySQL and MariaDB does to the values of a table. */
import { withCollation } from '../../src/operations/facts/mysql-change.ts';
import { characterSet } from '../../src/operations/facts/mysql-type-change.ts';
import { lossOf } from '../../src/operations/facts/mysql-values.ts';
import type { DataType } from '../../src/operations/column.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Table } from '../../src/operations/table.ts';
import { code } from '../../src/rule.ts';

/** What fails it, in sentences; empty where every value has a place and stays what it is, or it converts nothing. */
export function describeConversion(operation: Operation | undefined, known: Table | undefined): string {
  if (operation?.kind !== 'rebuildTable' || operation.collation === undefined) return '';
  const { collation } = operation;
  return [lossIn(known, collation), duplicatesIn(known, collation)].filter((each) => each !== '').join(' ');
}

/** Without the table, what its texts were is not known: any character may have been in them. */
function lossIn(known: Table | undefined, collation: string): string {
  const set = code(characterSet(collation));
  const texts = textsOf(known);
  const lost = texts.find(({ type }) => isLost(type, collation));
  if (!lost && (texts.length > 0 || holdsAll.has(characterSet(collation)))) return '';
  const where = lost ? ` of ${code(lost.name)}` : '';
  const unless = lost?.type.collation === undefined ? ', unless all texts are in it already' : '';
  return `A character${where} that ${set} does not have fails it (1366)${unless}; outside strict mode it becomes \`?\` without a word.`;
}

/** Sets that have every character. */
const holdsAll: ReadonlySet<string> = new Set(['utf8mb4', 'utf16', 'utf16le', 'utf32', 'gb18030', 'binary']);

function isLost(type: DataType, collation: string): boolean {
  if (type.collation === undefined) return !holdsAll.has(characterSet(collation));
  const loss = lossOf(type, { ...type, collation });
  return loss !== undefined && loss !== 'none';
}

/** https://dev.mysql.com/doc/refman/8.4/en/alter-table-problems.html */
function duplicatesIn(known: Table | undefined, collation: string): string {
  const texts = textsOf(known).filter(({ type }) => type.collation !== collation);
  const keys = known?.constraints.filter(({ kind }) => kind === 'unique' || kind === 'primaryKey') ?? [];
  const unique = known?.indexes.filter((index) => index.unique) ?? [];
  const columns = [...keys, ...unique].flatMap((each) => ('columns' in each ? each.columns : []));
  const text = texts.find(({ name }) => columns.includes(name));
  return text
    ? `Two values of ${code(text.name)}, which is unique, that the new collation takes for the same fail it (1062).`
    : '';
}

/** Its texts, each with the collation that it has for want of one of its own. */
export function textsOf(known: Table | undefined): { name: string; type: DataType }[] {
  return [...(known?.columns.values() ?? [])].flatMap(({ name, type }) =>
    type && /char|text|^enum$|^set$/.test(type.name) ? [{ name, type: withCollation(type, known) }] : [],
  );
}

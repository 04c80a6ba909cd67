/** Table options as ALTER TABLE has them: those that write every row anew, and those that do not. */
import { accept, fail, isNext, stretchOf, take, takeParentheses, type Cursor } from '../cursor.ts';
import { takeCollation } from './data-type.ts';
import type { Effect } from './effect.ts';

/** https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html, table operations with “Rebuilds Table”. */
const rebuilding =
  'ENGINE|TYPE|ROW_FORMAT|KEY_BLOCK_SIZE|TABLESPACE|ENCRYPTION|ENCRYPTED|ENCRYPTION_KEY_ID|PAGE_COMPRESSED|PAGE_COMPRESSION_LEVEL|STORAGE';
const plain =
  'AUTO_INCREMENT|AVG_ROW_LENGTH|CHECKSUM|TABLE_CHECKSUM|COMMENT|COMPRESSION|CONNECTION|DELAY_KEY_WRITE|INSERT_METHOD|MAX_ROWS|MIN_ROWS|PACK_KEYS|PASSWORD|STATS_AUTO_RECALC|STATS_PERSISTENT|STATS_SAMPLE_PAGES|UNION|ENGINE_ATTRIBUTE|SECONDARY_ENGINE_ATTRIBUTE|SECONDARY_ENGINE|AUTOEXTEND_SIZE|TRANSACTIONAL|PAGE_CHECKSUM|SEQUENCE';
const phrases: [string, string][] = [
  ['DISABLE|ENABLE', 'KEYS'],
  ['DISCARD|IMPORT', 'TABLESPACE'],
  ['WITH|WITHOUT', 'VALIDATION'],
];

/** True when a table option comes next. */
export function isTableOptionNext(cursor: Cursor): boolean {
  return (
    isNext(cursor, `${rebuilding}|${plain}`) ||
    isNext(cursor, 'FORCE|DEFAULT|CHARACTER|CHARSET|COLLATE|CONVERT|SECONDARY_LOAD|SECONDARY_UNLOAD') ||
    isNext(cursor, 'DATA|INDEX', 'DIRECTORY') ||
    phrases.some(([first, second]) => isNext(cursor, first, second))
  );
}

/** Moves past one option and gives what it does. */
export function takeTableOption(cursor: Cursor, table: string): Effect {
  const from = { ...cursor };
  const rebuilds = isNext(cursor, rebuilding) || isNext(cursor, 'FORCE|CONVERT');
  const collation = takeOption(cursor);
  const { start, end } = stretchOf({ ...from, end: cursor.at });
  const text = cursor.text.slice(start, end);
  if (!rebuilds) return { kind: 'alterTable', table, change: text };
  return { kind: 'rebuildTable', table, how: text, ...(collation === undefined ? {} : { collation }) };
}

/** Moves past the option and gives the collation or character set that it names; the database's own is none that is known here. */
function takeOption(cursor: Cursor): string | undefined {
  if (accept(cursor, 'FORCE|SECONDARY_LOAD|SECONDARY_UNLOAD')) return undefined;
  if (phrases.some(([first, second]) => accept(cursor, first, second))) return undefined;
  if (accept(cursor, 'CONVERT', 'TO') || accept(cursor, 'DEFAULT') || isNext(cursor, 'CHARACTER|CHARSET|COLLATE')) {
    const collation = takeCollation(cursor) ?? fail(cursor, 'a character set');
    return collation === 'default' ? undefined : collation;
  }
  if (!accept(cursor, 'DATA|INDEX', 'DIRECTORY')) take(cursor);
  accept(cursor, '=');
  if (isNext(cursor, '(')) takeParentheses(cursor);
  else if (!take(cursor)) fail(cursor, 'a value');
  return undefined;
}

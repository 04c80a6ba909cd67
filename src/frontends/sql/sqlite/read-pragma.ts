/** PRAGMA: a setting, a timeout, or a question. */
import type { PragmaStmt } from 'sqlite3-parser';
import type { Effect } from '../effect.ts';

/** The effect of a PRAGMA; without a value, and for those that only ask or tidy up, it has none. */
export function readPragma(statement: PragmaStmt, text: string): Effect {
  const setting = statement.name.objName.text.toLowerCase();
  if (!statement.body || questions.has(setting)) return { kind: 'noEffect', what: `PRAGMA ${setting}` };
  const { offset, length } = statement.body.value.span;
  const value = text.slice(offset, offset + length);
  if (setting === 'busy_timeout') return { kind: 'setTimeout', timeout: 'lock', ...milliseconds(value) };
  return { kind: 'setSession', setting, value: value.replace(/^(['"`[])(.*)['"`\]]$/s, '$2').toLowerCase() };
}

/** Pragmas whose argument says what is asked for: https://www.sqlite.org/pragma.html */
const questions: ReadonlySet<string> = new Set([
  'foreign_key_check',
  'foreign_key_list',
  'incremental_vacuum',
  'index_info',
  'index_list',
  'index_xinfo',
  'integrity_check',
  'optimize',
  'quick_check',
  'table_info',
  'table_list',
  'table_xinfo',
  'wal_checkpoint',
]);

/** Zero and less turn the waiting off, which the vocabulary would take for waiting without end: 1 ms is the nearest. */
function milliseconds(value: string): { milliseconds?: number } {
  const number = Number(value);
  return Number.isFinite(number) ? { milliseconds: Math.max(1, number) } : {};
}

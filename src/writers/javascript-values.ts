/** Names and values as JavaScript. */
import type { Expression } from '../operations/column.ts';
import { quoted } from './lines.ts';
import { textOf } from './values.ts';

/** A default that is a number, a truth value or a text, as the program writes it; undefined for what only SQL can say. */
export function literalOf({ sql, known }: Expression): string | undefined {
  if (!known) return undefined;
  if (sql === String(Number(sql))) return sql;
  if (/^(true|false)$/i.test(sql)) return sql.toLowerCase();
  const text = textOf(sql);
  return text === undefined ? undefined : quoted(text);
}

/** `{ a: 1, b: 2 }`; fields that are undefined are left out, and an empty object is nothing. */
export function objectOf(fields: Record<string, string | undefined>): string {
  const given = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return given.length > 0 ? `{ ${given.join(', ')} }` : '';
}

/** A list of texts. */
export function listOf(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`;
}

/** The arguments of a call; empty ones at the end are left out. */
export function argumentsOf(...values: string[]): string {
  return values.filter((value) => value !== '').join(', ');
}

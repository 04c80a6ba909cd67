/** What a framework's own words assign to rows, read as the statement that it sends for them. */
import type { Database } from '../../operations/migration.ts';
import type { Assigned } from '../../operations/operation.ts';
import { readSql } from '../sql/read-sql.ts';
import { unsaid } from '../sql/said-again.ts';
import { quoted } from './generated-sql.ts';

/** SQL, or undefined where it is not known. */
type Words = string | undefined;

/** Each column with its value, and the conditions that all hold of the rows; undefined where a value is not known. */
export function statedAssigned(
  database: Database,
  values: readonly (readonly [column: string, sql: Words])[],
  conditions: readonly Words[],
): { assigned: Assigned } | undefined {
  if (database === 'unknown' || values.length === 0 || values.some(([, sql]) => sql === undefined)) return undefined;
  const sets = values.map(([column, sql]) => `${quoted(column, database)} = ${sql}`).join(', ');
  const isKnown = !conditions.includes(undefined);
  const where = isKnown && conditions.length > 0 ? ` WHERE ${conditions.map(bracketed).join(' AND ')}` : '';
  const text = `UPDATE t SET ${sets}${where}`;
  const [only, ...more] = readSql({ path: '', text, start: 0, end: text.length }, database).operations;
  if (more.length > 0 || only?.kind !== 'updateRows' || !only.assigned) return undefined;
  return { assigned: isKnown ? only.assigned : { ...only.assigned, where: unsaid } };
}

/** Several conditions are joined by AND. */
function bracketed(condition: Words, _at: number, { length }: readonly Words[]): string {
  return length > 1 && /\bor\b|\|\|/i.test(condition ?? '') ? `(${condition})` : (condition ?? '');
}

/** A column with a bound that is worked out at run time, as batches have it. */
export function boundedSql(column: string, database: Database): string {
  return `${quoted(column, database)} >= _computed`;
}

/** A column that is NULL, one that is not, or one that has a value or one of several, as a literal. */
export function equalSql(column: string, literal: string | readonly string[], database: Database): string {
  const name = quoted(column, database);
  if (typeof literal !== 'string') return `${name} IN (${literal.join(', ')})`;
  return literal === 'NULL' ? `${name} IS NULL` : `${name} = ${literal}`;
}

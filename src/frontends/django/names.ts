/** The names that Django makes up for indexes and constraints. */
import { createHash } from 'node:crypto';
import type { Database } from '../../operations/migration.ts';

/** `_create_index_name` of https://github.com/django/django/blob/main/django/db/backends/base/schema.py: table, columns, and a digest of both. */
export function indexName(database: Database, qualified: string, columns: readonly string[], suffix = ''): string {
  const table = qualified.slice(qualified.indexOf('.') + 1);
  const longest = longestNames[database] ?? 200;
  const digest = createHash('md5')
    .update([table, ...columns].join(''))
    .digest('hex')
    .slice(0, 8);
  const whole = `${table}_${columns.join('_')}_${digest}${suffix}`;
  if (whole.length <= longest) return whole;
  const ending = `${digest}${suffix}`.slice(0, suffix.length + 8 > longest / 3 ? Math.floor(longest / 3) : undefined);
  const other = Math.floor((longest - ending.length) / 2) - 1;
  const name = `${table.slice(0, other)}_${columns.join('_').slice(0, other)}_${ending}`;
  return /^[_0-9]/.test(name) ? `D${name.slice(0, -1)}` : name;
}

const longestNames: Partial<Record<Database, number>> = { mariadb: 64, mysql: 64, postgres: 63, unknown: 63 };

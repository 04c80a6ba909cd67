/** What stands in a database, as sorted lines: names of indexes and the order of columns do not count. */
import type { Server } from '../truth/server.ts';

export async function schemaOf(server: Server): Promise<string[]> {
  const rows = await server.rows<{ line: string }>(queries.join('\nUNION ALL\n'));
  return rows.map(({ line }) => line).sort();
}

const ours = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'extensions')`;

const queries = [
  `SELECT format('%s %s %s.%s %s %s %s', c.relkind, n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
     CASE WHEN a.attnotnull THEN 'NOT NULL' ELSE '' END, pg_get_expr(d.adbin, d.adrelid)) AS line
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
   WHERE ${ours} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped`,
  // NOT NULL is told with the columns.
  `SELECT format('constraint %s %s', t.conrelid::regclass, pg_get_constraintdef(t.oid))
   FROM pg_constraint t JOIN pg_namespace n ON n.oid = t.connamespace WHERE ${ours} AND t.contype <> 'n'`,
  `SELECT regexp_replace(pg_get_indexdef(i.indexrelid), ' INDEX \\S+ ON', ' INDEX ON') || ' ' || i.indisvalid
   FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${ours}`,
  `SELECT format('type %s %s', e.enumtypid::regtype, e.enumlabel) FROM pg_enum e`,
];

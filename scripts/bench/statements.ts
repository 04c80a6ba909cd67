/** Statements of PostgreSQL as they stand in migrations; `name` is another one for each, `room` how many lines are wanted. */
import type { Picker } from './picker.ts';

type Build = (picker: Picker, name: string, room: number) => string;

/** Statements of one line or a few. */
export const shortStatements: readonly Build[] = [
  (picker, name) =>
    `ALTER TABLE ${table(picker)} ADD COLUMN IF NOT EXISTS flag_${name} boolean NOT NULL DEFAULT false;`,
  (picker, name) => `ALTER TABLE ${table(picker)} ADD COLUMN note_${name} text;`,
  (picker) => `ALTER TABLE ${table(picker)} DROP COLUMN IF EXISTS ${column(picker)};`,
  (picker) => `ALTER TABLE ${table(picker)} ALTER COLUMN ${column(picker)} SET NOT NULL;`,
  (picker) => `ALTER TABLE ${table(picker)} ALTER COLUMN ${column(picker)} TYPE varchar(${64 + picker.below(400)});`,
  (picker, name) => `CREATE INDEX CONCURRENTLY IF NOT EXISTS index_${name} ON ${table(picker)} (${column(picker)});`,
  (picker, name) =>
    `CREATE UNIQUE INDEX unique_${name}\n  ON ${table(picker)} USING btree (${column(picker)}, lower(note));`,
  (picker, name) => `DROP INDEX IF EXISTS index_${name};`,
  (picker) => `UPDATE ${table(picker)} SET ${column(picker)} = NULL WHERE ${column(picker)} = '';`,
  (picker, name) =>
    `ALTER TABLE ${table(picker)}\n  ADD CONSTRAINT reference_${name} FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE;`,
  (picker, name) => `INSERT INTO settings (name, value) VALUES ('step', '${name}'), ('table', '${table(picker)}');`,
  (picker, name) => `ALTER TABLE ${table(picker)} RENAME COLUMN ${column(picker)} TO former_${name};`,
  (picker) => `COMMENT ON COLUMN ${table(picker)}.${column(picker)} IS 'Set by the importer, never by people.';`,
  (_, name) => `CREATE TYPE state_${name} AS ENUM ('open', 'paid', 'void');`,
  (picker) => `GRANT SELECT, INSERT ON ${table(picker)} TO reporting;`,
];

/** Statements that take many lines. */
export const longStatements: readonly Build[] = [
  createTable,
  createTable,
  createFunction,
  createView,
  insertRows,
  backfill,
];

function createTable(picker: Picker, name: string, room: number): string {
  const count = 1 + picker.below(Math.min(room, 24));
  const columns = Array.from({ length: count }, (_, index) => `  ${column(picker)}_${index} ${picker.one(types)}`);
  const head = [
    '  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
    '  account_id bigint NOT NULL REFERENCES accounts (id)',
  ];
  const made = `CREATE TABLE IF NOT EXISTS ${table(picker)}_${name} (\n${[...head, ...columns].join(',\n')}\n);`;
  return picker.below(2) === 0 ? made : `${made}\nCREATE INDEX index_${name} ON ${table(picker)}_${name} (account_id);`;
}

function createFunction(picker: Picker, name: string, room: number): string {
  const count = 1 + picker.below(Math.min(room, 30));
  const steps = Array.from({ length: count }, () =>
    picker.one([
      `  IF NEW.${column(picker)} IS NULL THEN\n    NEW.${column(picker)} := OLD.${column(picker)};\n  END IF;`,
      `  UPDATE ${table(picker)} SET updated_at = now() WHERE id = NEW.account_id;`,
      `  NEW.updated_at = now();`,
    ]),
  );
  return [
    `CREATE OR REPLACE FUNCTION touch_${name}() RETURNS trigger AS $$`,
    'BEGIN',
    ...steps,
    '  RETURN NEW;',
    'END;',
    '$$ LANGUAGE plpgsql;',
  ].join('\n');
}

function createView(picker: Picker, name: string): string {
  return [
    `CREATE OR REPLACE VIEW report_${name} AS`,
    'SELECT accounts.id,',
    `       accounts.${column(picker)} AS first,`,
    `       count(*) FILTER (WHERE other.${column(picker)} IS NOT NULL) AS filled,`,
    `       sum(CASE WHEN other.total > ${picker.below(900)} THEN other.total ELSE 0 END) AS total`,
    '  FROM accounts',
    `  LEFT JOIN ${table(picker)} other ON other.account_id = accounts.id AND other.deleted_at IS NULL`,
    ` WHERE accounts.created_at > now() - interval '${1 + picker.below(90)} days'`,
    ' GROUP BY accounts.id;',
  ].join('\n');
}

function insertRows(picker: Picker, name: string, room: number): string {
  const rows = Array.from(
    { length: 2 + picker.below(Math.min(room, 120)) },
    (_, index) => `  (${index}, '${column(picker)}', '${name}', ${picker.below(10_000)}, NULL)`,
  );
  return `INSERT INTO ${table(picker)} (id, kind, note, total, closed_at) VALUES\n${rows.join(',\n')}\nON CONFLICT DO NOTHING;`;
}

function backfill(picker: Picker): string {
  return [
    `UPDATE ${table(picker)} AS target`,
    `   SET total = source.total, ${column(picker)} = coalesce(source.note, 'none')`,
    `  FROM (SELECT account_id, max(note) AS note, sum(total) AS total`,
    `          FROM ${table(picker)}`,
    '         GROUP BY account_id) source',
    ' WHERE source.account_id = target.account_id',
    '   AND target.total IS DISTINCT FROM source.total;',
  ].join('\n');
}

const types = [
  'text',
  'text NOT NULL',
  'varchar(255) NOT NULL',
  'integer NOT NULL DEFAULT 0',
  'numeric(12, 2) NOT NULL DEFAULT 0',
  "jsonb NOT NULL DEFAULT '{}'::jsonb",
  'timestamp with time zone NOT NULL DEFAULT now()',
  'boolean',
  'uuid NOT NULL DEFAULT gen_random_uuid()',
];

function table(picker: Picker): string {
  return picker.one([
    'accounts',
    'orders',
    'order_lines',
    'invoices',
    'payments',
    'users',
    'sessions',
    'public.events',
  ]);
}

function column(picker: Picker): string {
  return picker.one(['note', 'state', 'email', 'external_id', 'closed_at', 'label', 'currency', 'parent_id', 'origin']);
}

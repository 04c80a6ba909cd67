/** Writes PostgreSQL migrations as people write them: the same ones every time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes `count` golang-migrate up files into a folder and returns their paths. */
export function writeGeneratedMigrations(folder: string, count: number): string[] {
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const path = join(folder, `${String(index + 1).padStart(6, '0')}_step.up.sql`);
    writeFileSync(path, migration(index));
    return path;
  });
}

function migration(index: number): string {
  const shape = shapes[index % shapes.length];
  if (!shape) throw new Error('there is at least one shape');
  return `-- step ${index}\n${shape(`orders_${index % 97}`, index)}\n`;
}

const shapes: ((table: string, index: number) => string)[] = [
  (table, index) =>
    `CREATE TABLE ${table}_${index} (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  account_id bigint NOT NULL REFERENCES accounts (id),\n  note text,\n  total numeric(12, 2) NOT NULL DEFAULT 0,\n  created_at timestamptz NOT NULL DEFAULT now()\n);\nCREATE INDEX ${table}_${index}_account ON ${table}_${index} (account_id);`,
  (table, index) => `ALTER TABLE ${table} ADD COLUMN flag_${index} boolean NOT NULL DEFAULT false;`,
  (table, index) => `CREATE INDEX CONCURRENTLY ${table}_${index} ON ${table} (lower(note));`,
  (table, index) =>
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_${index} FOREIGN KEY (account_id) REFERENCES accounts (id) NOT VALID;\nALTER TABLE ${table} VALIDATE CONSTRAINT ${table}_${index};`,
  (table) => `ALTER TABLE ${table} ALTER COLUMN total TYPE numeric(14, 2);`,
  (table, index) => `UPDATE ${table} SET note = 'n${index}' WHERE note IS NULL;`,
  (table, index) =>
    `CREATE OR REPLACE FUNCTION touch_${index}() RETURNS trigger AS $$\nBEGIN\n  NEW.updated_at = now();\n  RETURN NEW;\nEND;\n$$ LANGUAGE plpgsql;\nCREATE TRIGGER touch_${index} BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION touch_${index}();`,
  (table) => `ALTER TABLE ${table} DROP COLUMN old_note;`,
  (table, index) => `INSERT INTO settings (name, value) VALUES ('step', '${index}'), ('table', '${table}');`,
  (table, index) =>
    `CREATE TYPE state_${index} AS ENUM ('open', 'done');\nALTER TABLE ${table} ADD COLUMN state_${index} state_${index};`,
];

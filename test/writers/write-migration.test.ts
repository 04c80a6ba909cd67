/** What is printed for a framework is read back by that framework's own reader as what it was printed from. */
import { describe, expect, test } from 'vitest';
import { batchLoopSql } from '../../src/writers/batch-loop.ts';
import { stepSql } from '../../src/writers/sql.ts';
import { takeBack, type Step } from '../../src/writers/step.ts';
import { writeMigration } from '../../src/writers/write-migration.ts';
import { configuration, reviewed } from '../review/builders.ts';
import { frames, type Frame } from './frames.ts';
import { plain } from './plain.ts';
import { steps } from './steps.ts';

describe.each(Object.entries(frames))('%s', (framework, frame) => {
  test.each(Object.entries(steps))('%s', async (_name, step) => {
    const outside = Object.hasOwn(step, 'concurrently');
    const written = writeMigration({ framework, path: frame.path, database: 'postgres' }, [step], outside);
    if (written?.language === 'sql' && !frame.path.endsWith('.sql')) {
      expect(written.lines.map((line) => line.trim())).toContain(stepSql(step, 'postgres'));
      return;
    }
    const read = await readBack(frame, written?.lines ?? []);
    expect(read).toMatchObject({ framework, opaque: 0 });
    const isLoop = step.kind === 'fillColumn' && written?.language === 'sql';
    const same = isLoop
      ? await asText((batchLoopSql(step, { database: 'postgres' }) ?? []).join('\n'))
      : await asSql([step]);
    expect(plain(read?.operations ?? [])).toEqual(same);
  });
});

test('every step but a dropped table has a way back where it is known what was there', () => {
  for (const [name, step] of Object.entries(steps))
    expect(takeBack([step]), name).toEqual(step.kind === 'dropTable' ? undefined : expect.any(Array));
});

test('what SQLite cannot do to a table that stands is not printed as SQL', () => {
  const column = { name: 'state', nullable: false, constraints: [], type: { name: 'text', arguments: [] } };
  const alter = { kind: 'alterColumn' as const, table: 'parcels', column: 'state', was: column };
  const key = { kind: 'unique' as const, name: 'parcels_state_key', columns: ['state'] };
  expect(stepSql({ ...alter, default: 'none' }, 'sqlite')).toBeUndefined();
  expect(stepSql({ ...alter, nullable: true }, 'sqlite')).toBeUndefined();
  expect(stepSql({ kind: 'addConstraint', table: 'parcels', constraint: key }, 'sqlite')).toBeUndefined();
  expect(stepSql({ kind: 'dropConstraint', table: 'parcels', name: 'a' }, 'sqlite')).toBeUndefined();
  expect(stepSql({ kind: 'addColumn', table: 'parcels', column }, 'sqlite')).toContain('ADD COLUMN state');
  const target = { framework: 'django', path: 'shop/migrations/0002_x.py', database: 'sqlite' as const };
  expect(writeMigration(target, [{ ...alter, default: 'none' }])).toBeUndefined();
});

test('a type that the program works out when it runs is not printed, and a way back with one is left out', () => {
  const target = { framework: 'sequelize', path: 'migrations/20260101000000-x.js', database: 'unknown' as const };
  const column = { name: 'state', nullable: true, constraints: [], type: { name: '_computed_', arguments: [] } };
  expect(writeMigration(target, [{ kind: 'addColumn', table: 'parcels', column }])).toBeUndefined();
  const dropped = writeMigration(target, [{ kind: 'dropColumn', table: 'parcels', column: 'state', was: column }]);
  expect(dropped?.lines.join('\n')).toContain('removeColumn("parcels", "state")');
  expect(dropped?.lines.join('\n')).not.toContain('_computed_');
});

async function readBack(frame: Frame, body: readonly string[]) {
  const beside = frame.beside ?? {};
  const report = await reviewed(
    { [frame.path]: frame.around(body) },
    { configuration: configuration(), projectTexts: beside, basePaths: Object.keys(beside) },
  );
  return report.migrations[0];
}

/** The same steps as the reader of SQL reads them. */
function asSql(list: readonly Step[]): Promise<object[]> {
  return asText(list.map((step) => stepSql(step, 'postgres')).join('\n'));
}

async function asText(text: string): Promise<object[]> {
  const report = await reviewed({ 'migrations/000003_same.up.sql': text });
  return plain(report.migrations[0]?.operations ?? []);
}

describe('an unknown database', () => {
  const said = (step: Step): string | undefined => stepSql(step, 'unknown');
  const required: Step = { kind: 'alterColumn', table: 'orders', column: 'note', nullable: false };
  const wider: Step = {
    kind: 'alterColumn',
    table: 'orders',
    column: 'total',
    type: { name: 'bigint', arguments: [] },
  };

  test('is told a change of a column as the standard has it, one thing at a time', () => {
    expect(said(required)).toBe('ALTER TABLE orders ALTER COLUMN note SET NOT NULL;');
    expect(said({ ...required, nullable: true })).toBe('ALTER TABLE orders ALTER COLUMN note DROP NOT NULL;');
    expect(said(wider)).toBe('ALTER TABLE orders ALTER COLUMN total SET DATA TYPE bigint;');
    expect(said({ ...wider, nullable: false })).toBeUndefined();
  });

  test('drops an index by its name, and fills rows without a word for batches', () => {
    expect(said({ kind: 'dropIndex', table: 'orders', name: 'orders_note' })).toBe('DROP INDEX orders_note;');
    expect(said({ kind: 'fillColumn', table: 'orders', column: 'note', value: "''" })).toBe(
      "UPDATE orders SET note = '' WHERE note IS NULL;",
    );
  });

  test('is left to Rails, which says the same to every one, but not the types that only one has', () => {
    const rails = { framework: 'rails', path: 'db/migrate/20260101000000_change.rb', database: 'unknown' as const };
    expect(writeMigration(rails, [required])?.lines).toContain('  change_column_null :orders, :note, false');
    const column = { name: 'place', type: { name: 'geometry', arguments: [] }, nullable: true, constraints: [] };
    expect(writeMigration(rails, [{ kind: 'addColumn', table: 'orders', column }])?.lines.join('\n')).toContain(
      'execute "ALTER TABLE orders ADD COLUMN place geometry;"',
    );
  });
});

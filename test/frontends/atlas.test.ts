import { expect, test } from 'vitest';
import { databaseOf, migrationAt, outline } from './builders.ts';

const path = 'migrations/20240101000000_tax.sql';
const sum = { 'migrations/atlas.sum': 'h1:x' };

test('a file is wrapped unless its head says none', async () => {
  expect((await migrationAt(path, { [path]: 'DROP TABLE a;', ...sum })).transaction).toBe('wrapped');
  expect((await migrationAt(path, { [path]: '-- atlas:txmode none\n\nDROP TABLE a;', ...sum })).transaction).toBe(
    'none',
  );
  expect((await migrationAt(path, { [path]: 'DROP TABLE a;\n-- atlas:txmode none\n', ...sum })).transaction).toBe(
    'wrapped',
  );
});

test('a delimiter of its own cuts the file, one statement each', async () => {
  const text = '-- atlas:delimiter -- end\n\nDROP TABLE a;\n-- end\nDROP TABLE b;\nDROP TABLE c;\n-- end\n';
  const migration = await migrationAt(path, { [path]: text, ...sum }, { database: 'sqlite' });
  expect(outline(migration)).toMatchObject({
    up: ['1@3 dropTable', '2@5 dropTable', '2@6 dropTable'],
    down: 'derived',
  });
  expect(migration.statements).toBe(2);
});

test('its project file tells the database', async () => {
  const hcl = 'env "local" {\n  url = "mysql://root@:3306/shop"\n  dev = "docker://mysql/8/dev"\n}\n';
  expect(databaseOf(path, { [path]: 'SELECT 1;', ...sum, 'atlas.hcl': hcl })).toBe('mysql');
});

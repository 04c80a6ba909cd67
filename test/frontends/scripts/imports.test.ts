import { expect, test } from 'vitest';
import { importedPaths } from '../../../src/frontends/imported-paths.ts';
import { loadScriptParser } from '../../../src/frontends/syntax/script-tree.ts';
import type { Migration } from '../../../src/operations/migration.ts';
import { migrationAt, type Files } from '../builders.ts';

await loadScriptParser();

const path = 'src/migrations/1700000000001-Ports.ts';

function migrationWith(up: string, imports: string, others: Files): Promise<Migration> {
  const text = `import { QueryRunner } from 'typeorm';
${imports}
export class Ports1700000000001 {
  async up(queryRunner: QueryRunner) {
    ${up}
  }
}`;
  return migrationAt(path, { [path]: text, ...others }, { database: 'postgres' });
}

function kinds({ up }: Migration): string[] {
  return up.map(({ kind, span }) => `${kind} ${span.path}:${span.startLine}`);
}

test('a helper of another file is followed, and what it does stands where it is called', async () => {
  const helper = `\n\n\n\n\n\n\n\nexport const addColumn = async (runner, table) => {
    if (await runner.hasColumn(table, 'port')) return;
    await runner.query(\`ALTER TABLE "\${table}" ADD "port" text\`);
  };`;
  const migration = await migrationWith(
    "await addColumn(queryRunner, 'ship');",
    "import { addColumn } from '../columns';",
    {
      'src/columns.ts': helper,
    },
  );
  expect(kinds(migration)).toEqual([`addColumn ${path}:5`]);
  expect(migration.up[0]).toMatchObject({ table: 'ship', conditional: true });
});

test('what a class of another file holds is known, also behind an index that hands it on', async () => {
  const migration = await migrationWith(
    'await queryRunner.query(`CREATE INDEX by_port ON ${Ship.tableName} (port)`);\nawait Ship.addPort(queryRunner);',
    "import { Ship } from '../ships';",
    {
      'src/ships/index.ts': "export * from './ship';\n",
      'src/ships/ship.ts': `import { Model } from 'somewhere';
export class Ship extends Model {
  static tableName = 'ships';
  static async addPort(runner) {
    await runner.query('ALTER TABLE ' + this.tableName + ' ADD COLUMN port text');
  }
}`,
    },
  );
  expect(migration.up).toMatchObject([
    { kind: 'createIndex', table: 'ships' },
    { kind: 'addColumn', table: 'ships' },
  ]);
});

test('what a model of another file inherits, or is made by, is the code of the application', async () => {
  const others = {
    'src/ships/index.js': "const make = require('./ship');\nmodule.exports = { Ship: make(somewhere) };\n",
    'src/ships/ship.js': 'module.exports = (somewhere) => { const Ship = somewhere.define(); return Ship; };\n',
    'src/boats.ts': "import { Model } from 'somewhere';\nexport class Boat extends Model {}\n",
  };
  const migration = await migrationWith(
    'await ships.Ship.destroy({ where: {} });\nawait Boat.destroy({ where: {} });',
    "import { Boat } from '../boats';\nconst ships = require('../ships');",
    others,
  );
  expect(migration.up).toMatchObject([
    { kind: 'runCode', does: 'application code' },
    { kind: 'runCode', does: 'application code' },
  ]);
});

test('a constant of a package is not known, and one name for all its uses', async () => {
  const migration = await migrationWith(
    "await queryRunner.createTable(new Table({ name: Names.ships, columns: [{ name: 'id', type: 'bigint' }] }));\nawait queryRunner.createIndex(Names.ships, new TableIndex({ columnNames: ['id'] }));\nawait queryRunner.dropTable(Names.of('ship'));",
    "import { Names } from '@fleet/names';\nimport { Table, TableIndex } from 'typeorm';",
    {},
  );
  expect(migration.up).toMatchObject([
    { kind: 'createTable', table: '_computed_Names_ships' },
    { kind: 'createIndex', table: '_computed_Names_ships' },
    { kind: 'dropTable', table: '_computed_' },
  ]);
});

test('an answer that depends on what is not known decides nothing', async () => {
  const migration = await migrationWith(
    "const has = await hasColumn(queryRunner, 'ship', 'port');\nif (!has) await queryRunner.query('ALTER TABLE ship ADD port text');",
    "import { hasColumn } from './columns';",
    {
      'src/migrations/columns.ts': `export async function hasColumn(runner, table, column) {
  const found = await runner.getTable(table);
  if (!found) return false;
  return found.columns.some((each) => each.name === column);
}`,
    },
  );
  expect(migration.up).toMatchObject([{ kind: 'addColumn', conditional: true }]);
});

test('a constant of another file is known', async () => {
  const migration = await migrationWith(
    'for (const name of tables) await queryRunner.query(`DROP TABLE "${name}"`);',
    "import { tables } from './tables.js';",
    { 'src/migrations/tables.ts': "export const tables = ['ship', 'port'];" },
  );
  expect(migration.up).toMatchObject([{ table: 'ship' }, { table: 'port' }]);
});

test('a function that goes out and comes back is at home again', async () => {
  const migration = await migrationWith(
    `await twice(async (name) => {
      await queryRunner.query(\`DROP TABLE "\${name}"\`);
    });`,
    "import { twice } from './twice';",
    { 'src/migrations/twice.ts': "export async function twice(action) { await action('a'); await action('b'); }" },
  );
  expect(kinds(migration)).toEqual([`dropTable ${path}:6`, `dropTable ${path}:6`]);
});

test('files that import each other end, and what is not at hand stays opaque', async () => {
  const migration = await migrationWith(
    'await one(queryRunner); await away(queryRunner);',
    "import { one } from './one'; import { away } from './away';",
    {
      'src/migrations/one.ts': "import { two } from './two'; export const one = (runner) => two(runner);",
      'src/migrations/two.ts': "import { one } from './one'; export const two = (runner) => one(runner);",
      'src/migrations/away.ts': true,
    },
  );
  expect(migration.up.map(({ kind }) => kind)).toEqual(['opaque', 'opaque']);
});

test('a connection that another file opens is not taken for silence', async () => {
  const migration = await migrationWith(
    "await source.query('DROP TABLE ship'); await fill();",
    "import { source, fill } from '../source';",
    {
      'src/source.ts': `import { DataSource } from 'typeorm';
export const source = new DataSource({});
export async function fill() {
  await source.query('DELETE FROM ship');
}`,
    },
  );
  expect(migration.up).toMatchObject([
    { kind: 'runCode', does: 'application code' },
    { kind: 'runCode', does: 'second connection' },
  ]);
});

test('relative imports name the files that a script needs', () => {
  const paths = new Set(['a/b/help.ts', 'a/util/index.js', 'a/node.ts']);
  const text = "import x from './help.js';\nconst y = require('../util');\nimport '../node'; import z from 'zod';";
  expect(importedPaths('a/b/1-x.ts', text, paths)).toEqual(['a/b/help.ts', 'a/util/index.js', 'a/node.ts']);
});

test('`call` gives a function of the file its `this`', async () => {
  const text = `import { Migration } from '@mikro-orm/migrations';
export class Migration20240311145700 extends Migration {
  async up(): Promise<void> {
    await rest.call(this);
  }
}
async function rest(this: Migration20240311145700) {
  this.addSql('ALTER TABLE ship ADD port text;');
}`;
  const at = 'src/migrations/Migration20240311145700.ts';
  expect(kinds(await migrationAt(at, { [at]: text }, { database: 'postgres' }))).toEqual([`addColumn ${at}:8`]);
});

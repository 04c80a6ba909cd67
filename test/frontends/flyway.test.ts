import { expect, test } from 'vitest';
import { databaseOf, migrationAt, outline, type Files } from './builders.ts';

const path = 'db/migration/V2__tax.sql';
const index = 'CREATE INDEX CONCURRENTLY i ON orders (tax);\n';

async function transactionOf(text: string, files: Files = {}): Promise<string> {
  return (await migrationAt(path, { [path]: text, ...files }, { database: 'postgres' })).transaction;
}

test('a script runs in one transaction unless its configuration says otherwise', async () => {
  expect(await transactionOf('DROP TABLE a;')).toBe('wrapped');
  expect(await transactionOf('DROP TABLE a;', { [`${path}.conf`]: 'executeInTransaction=false\n' })).toBe('none');
  expect(await transactionOf('DROP TABLE a;', { [`${path}.conf`]: 'executeInTransaction = true\n' })).toBe('wrapped');
  expect(await transactionOf('DROP TABLE a;', { [`${path}.conf`]: true })).toBe('unknown');
  expect(await transactionOf('DROP TABLE a;', { 'flyway.conf': 'flyway.executeInTransaction=false' })).toBe('none');
  expect(await transactionOf('DROP TABLE a;', { 'flyway.toml': '[flyway]\nexecuteInTransaction = false' })).toBe(
    'none',
  );
});

test('on PostgreSQL it steps out of the transaction for statements that refuse one, and a mixture depends on a setting', async () => {
  expect(await transactionOf(index)).toBe('none');
  expect(await transactionOf(`${index}VACUUM orders;`)).toBe('none');
  expect(await transactionOf(`ALTER TABLE orders ADD COLUMN tax int;\n${index}`)).toBe('unknown');
  expect(await transactionOf("SELECT 'CREATE INDEX CONCURRENTLY';")).toBe('wrapped');
});

test('the undo script with the same version is the way back, whatever it is called', async () => {
  const files = { [path]: 'DROP TABLE a;', 'db/migration/U2__bring_back.sql': 'CREATE TABLE a (id integer);' };
  const expected = { transaction: 'wrapped', up: ['1@1 dropTable'], down: ['1@1 createTable'] };
  expect(outline(await migrationAt(path, files, { database: 'sqlite' }))).toEqual(expected);
  expect(outline(await migrationAt('db/migration/U2__bring_back.sql', files, { database: 'sqlite' }))).toEqual(
    expected,
  );
});

test('undo scripts are missing only where the project writes them', async () => {
  const alone = { [path]: 'DROP TABLE a;' };
  expect((await migrationAt(path, alone, { database: 'sqlite' })).down.kind).toBe('unsupported');
  const others = { ...alone, 'db/migration/U1__x.sql': '' };
  expect((await migrationAt(path, others, { database: 'sqlite' })).down.kind).toBe('missing');
});

test('a placeholder makes its statement unknown and no other', async () => {
  const text = 'DROP TABLE ${schema}.a;\nDROP TABLE b;\n';
  expect(outline(await migrationAt(path, { [path]: text }, { database: 'sqlite' })).up).toEqual([
    '1@1 opaque',
    '2@2 dropTable',
  ]);
});

test('the URL of its configuration tells the database', async () => {
  expect(databaseOf(path, { [path]: '', 'flyway.conf': 'flyway.url=jdbc:mariadb://db:3306/shop' })).toBe('mariadb');
  expect(databaseOf(path, { [path]: '', 'flyway.toml': 'url = "jdbc:sqlserver://db;databaseName=x"' })).toBe(
    'sqlserver',
  );
});

test('a repeatable script has no version', async () => {
  const repeatable = 'db/migration/R__view.sql';
  expect(await migrationAt(repeatable, { [repeatable]: 'SELECT 1;' }, { database: 'sqlite' })).not.toHaveProperty(
    'version',
  );
});

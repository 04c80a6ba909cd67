import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Finding } from '../../src/report.ts';
import { review } from '../../src/review/review.ts';
import { changeOf, type PageFile } from '../pages.ts';

test.each([
  ['small', 'notice'],
  ['medium', 'warning'],
  ['large', 'error'],
  ['hot', 'error'],
])('what costs by size is, on a %s table, an %s', async (size, severity) => {
  const [finding] = await findingsOf('CREATE INDEX i ON orders (a);', `tables:\n  orders: ${size}`);
  expect(finding).toMatchObject({ rule: 'blocking-index-build', severity });
  expect(finding?.message).toContain(`\`orders\` is configured as ${size}.`);
});

test('of two tables that are locked the larger one counts, and is the one that is named', async () => {
  const sql = 'ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES users (id);';
  const [finding] = await findingsOf(sql, 'tables:\n  orders: small\n  users: hot');
  expect(finding).toMatchObject({ rule: 'validating-foreign-key', severity: 'error' });
  expect(finding?.message).toContain('`users` is configured as hot.');
});

test('what may also fail on rows is not folded away on a small table', async () => {
  const [finding] = await findingsOf('ALTER TABLE orders ALTER COLUMN a SET NOT NULL;', 'tables:\n  orders: small');
  expect(finding).toMatchObject({ rule: 'set-not-null', severity: 'warning' });
});

test('what is lost is an error on a table of any size', async () => {
  const [finding] = await findingsOf('DROP TABLE orders;', 'tables:\n  orders: small');
  expect(finding).toMatchObject({ rule: 'drop-table', severity: 'error' });
});

test('half a migration that leaves only what is new is a warning, and an error where it leaves more', async () => {
  const fill = "UPDATE orders SET region = 'eu' WHERE a = 1;\nUPDATE orders SET region = 'us' WHERE a = 2;";
  const added = `ALTER TABLE orders ADD COLUMN region varchar(8);\n${fill}`;
  const severityOf = async (sql: string) =>
    (await findingsOf(sql, '', 'mysql')).find(({ rule }) => rule === 'mixed-schema-and-data')?.severity;
  expect(await severityOf(added)).toBe('warning');
  expect(await severityOf(`${added}\nALTER TABLE orders DROP COLUMN area;`)).toBe('warning');
  expect(await severityOf(`ALTER TABLE orders DROP COLUMN area;\n${added}`)).toBe('error');
  expect(await severityOf(`${added}\nUPDATE orders SET area = 1 WHERE a = 1;`)).toBe('error');
  expect(await severityOf(`ALTER TABLE orders ADD COLUMN owner int NOT NULL;\n${added}`)).toBe('error');
});

test('what one transaction fills and requires races with nobody, and a trigger may fill what comes later', async () => {
  const path = 'prisma/migrations/20260101000000_x/migration.sql';
  const filled = `ALTER TABLE a ADD COLUMN b text;\nUPDATE a SET b = '';\nALTER TABLE a ALTER COLUMN b SET NOT NULL;\n`;
  const said = async (sql: string) =>
    (await review(changeOf([{ path, text: sql, state: 'after' }]), rules)).findings.find(
      ({ rule }) => rule === 'backfill-raced-by-writers',
    );
  const held = await said(filled);
  expect(held?.severity).toBe('error');
  expect(held?.message).not.toContain('inserts after');
  expect(
    (await said(`BEGIN;\n${filled.replace('ALTER TABLE a ALTER', 'COMMIT;\nALTER TABLE a ALTER')}`))?.message,
  ).toContain('inserts after');
  const trigger = 'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();';
  expect((await said(`${filled}${trigger}\n`))?.severity).toBe('warning');
});

test('an empty migration is an error where no table was made before it or models change, and else a warning', async () => {
  const path = 'db/migration/V2__change.sql';
  const empty: PageFile = { path, text: '-- to be written\n', state: 'after' };
  const earlier: PageFile = { path: 'db/migration/V1__a.sql', text: 'CREATE TABLE a (id int);\n', state: 'before' };
  const severities = async (files: PageFile[]) =>
    (await review(changeOf(files), rules)).findings.map(({ rule, severity }) => `${severity} ${rule}`);
  expect(await severities([empty])).toEqual(['error empty-migration']);
  expect(await severities([earlier, empty])).toEqual(['warning empty-migration']);
  const model = (parent: string): PageFile => ({
    path: 'shop/models.py',
    text: `from sqlalchemy import Column, Integer\nfrom .base import ${parent}\n\n\nclass A(${parent}):\n    __tablename__ = "a"\n    id = Column(Integer, primary_key=True)\n`,
    state: 'after',
  });
  expect(await severities([earlier, empty, model('Base')])).toEqual(['error empty-migration']);
});

test('a way back that is missing is told until five migrations before it have none either', async () => {
  const knex = (number: number, state: PageFile['state'], down = ''): PageFile => ({
    path: `migrations/2026010${number}_c.js`,
    text: `exports.up = (knex) => knex.schema.alterTable('orders', (table) => table.string('c${number}'));\nexports.down = (knex) => {${down}};\n`,
    state,
  });
  const said = async (earlier: PageFile[]) =>
    (await review(changeOf([...earlier, knex(9, 'after')]), rules)).findings.map(({ rule }) => rule);
  const before = [1, 2, 3, 4, 5].map((number) => knex(number, 'before'));
  expect(await said(before)).toEqual([]);
  expect(await said(before.slice(1))).toEqual(['irreversible-down']);
  const written = knex(6, 'before', "return knex.schema.alterTable('orders', (table) => table.dropColumn('c6'))");
  expect(await said([...before, written])).toEqual(['irreversible-down']);
});

test('a table of SQLite that is dropped after a copy of it was filled is not said to be lost', async () => {
  const files: PageFile[] = [
    { path: '.github/plimsoll.yml', text: 'database: sqlite\n', state: 'before' },
    {
      path: 'db/migration/V1__a.sql',
      text: 'CREATE TABLE a (id int);\nCREATE TABLE a_copy (id int);\nINSERT INTO a_copy SELECT id FROM a;\n',
      state: 'before',
    },
    { path: 'db/migration/V2__b.sql', text: 'DROP TABLE a;\n', state: 'after' },
  ];
  const [finding] = (await review(changeOf(files), rules)).findings;
  expect(finding).toMatchObject({ rule: 'drop-table', severity: 'error' });
  expect(finding?.message).toContain('whose rows were copied to `a_copy`');
});

test('a unique column with a volatile default is one finding, not three', async () => {
  const sql = 'ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;';
  expect((await findingsOf(sql)).map((finding) => finding.rule)).toEqual(['unique-column-with-default']);
});

test('a required unique column without a default is told once', async () => {
  const sql = 'ALTER TABLE orders ADD COLUMN token uuid NOT NULL UNIQUE;';
  expect((await findingsOf(sql)).map((finding) => finding.rule)).toEqual(['required-column-without-default']);
});

test('a name under a hostile spelling breaks out of no message and no fence', async () => {
  const name = '"a`b```\n# c\u202e"';
  const [finding] = await findingsOf(`CREATE INDEX i ON ${name} ("x\`\`\`\`y");`);
  const lines = finding?.advice.split('\n') ?? [];
  expect(finding?.message).not.toMatch(/\n|\u202e/);
  expect(lines.filter((line) => line.startsWith('#'))).toEqual([]);
  expect(lines.filter((line) => /^`{3,}(sql)?$/.test(line))).toEqual(['`````sql', '`````']);
  expect(finding?.advice).toContain('"x````y"');
});

async function findingsOf(sql: string, settings = '', database: 'postgres' | 'mysql' = 'postgres'): Promise<Finding[]> {
  const version = database === 'postgres' ? 16 : 8.4;
  const files: PageFile[] = [
    {
      path: '.github/plimsoll.yml',
      text: `database: ${database}\nversion: ${version}\n${settings}\n`,
      state: 'before',
    },
    { path: 'db/migration/V2__change.sql', text: `${sql}\n`, state: 'after' },
  ];
  return (await review(changeOf(files), rules)).findings;
}

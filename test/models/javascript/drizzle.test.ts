import { expect, test } from 'vitest';
import { columnsIn, keysIn, read } from './read.ts';

const imports = `import { check, customType, foreignKey, index, integer, pgEnum, pgSchema, pgTable, pgTableCreator, primaryKey, serial, text, timestamp, unique, uniqueIndex, varchar } from 'drizzle-orm/pg-core';
import * as my from 'drizzle-orm/mysql-core';
import { money } from './money';
`;

test('columns have the name that is written, or that of their key', async () => {
  const [table] = await read(`${imports}
const bytea = customType({ dataType: () => 'bytea' });
export const role = pgEnum('role', ['a', 'b']);
export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  fullName: varchar('full_name', { length: 20 }).notNull().default('x'),
  nick: text(),
  kind: text({ enum: ['a'] }).$defaultFn(() => 'a'),
  role: role('role').notNull(),
  photo: bytea('photo'),
});`);
  expect(table).toMatchObject({ framework: 'drizzle', name: 'users', table: 'users', isWhole: true });
  expect(columnsIn(table)).toEqual(['id', 'full_name', 'nick?', 'kind?', 'role', 'photo']);
  expect(table?.columns[1]).toMatchObject({ nullable: false, hasDatabaseDefault: true });
  expect(table?.columns[3]).toMatchObject({ nullable: true, default: "() => 'a'", hasDatabaseDefault: false });
});

test('builders are found under other names, and parts of the file are followed', async () => {
  const tables = await read(`${imports}
const timestamps = { createdAt: timestamp('created_at') };
const app = pgSchema('app');
export const posts = app.table('posts', (t) => ({ id: t.serial('id'), ...timestamps }));
export const tags = my.mysqlTable('tags', { id: my.int('id') });`);
  expect(tables.map((each) => [each.table, columnsIn(each), each.isWhole])).toEqual([
    ['app.posts', ['id', 'created_at'], true],
    ['tags', ['id'], true],
  ]);
});

test('what stands elsewhere leaves a table open', async () => {
  const [orders] = await read(`${imports}
export const orders = pgTable('orders', { id: serial('id'), ...elsewhere, price: money('price'), note: text(nameOf('note')) });`);
  expect(columnsIn(orders)).toEqual(['id']);
  expect(orders?.isWhole).toBe(false);
});

test('tables under a name that is made are left out', async () => {
  const tables = await read(`${imports}
const table = pgTableCreator((name) => 'app_' + name);
export const a = table('a', { id: serial('id') });
export const b = pgTable(nameOf('b'), { id: serial('id') });
export const c = other.table('c', { id: serial('id') });`);
  expect(tables).toEqual([]);
});

test.each([
  ['a list', (keys: string) => `[${keys}]`],
  [
    'an object',
    (keys: string) =>
      `({ ${keys
        .split(';')
        .map((key, at) => `k${at}: ${key}`)
        .join(',')} })`,
  ],
])('keys are told at columns and in %s behind them', async (kind, wrapped) => {
  const keys = [
    "index('by_name').on(t.name, t.age.desc())",
    "uniqueIndex('one_name').using('btree', t.name)",
    'unique().on(t.age)',
    'foreignKey({ columns: [t.owner], foreignColumns: [other.id] })',
    "check('grown', sql`x`)",
    'primaryKey({ columns: [t.name] })',
  ].join(kind === 'a list' ? ',' : ';');
  const [table] = await read(`${imports}
export const users = pgTable('users', {
  name: text('name').unique(),
  age: integer('years'),
  owner: integer('owner_id').references(() => other.id),
}, (t) => ${wrapped(keys)});`);
  expect(keysIn(table)).toEqual([
    'unique name',
    'foreignKey owner_id',
    'index by_name name,years',
    'unique one_name ',
    'unique years',
    'foreignKey owner_id',
    'check grown ',
  ]);
});

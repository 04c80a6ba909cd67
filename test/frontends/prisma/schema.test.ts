import { expect, test } from 'vitest';
import { joinSchemaParts, readPrismaSchema } from '../../../src/frontends/prisma/schema.ts';
import { findStatedFiles } from '../../../src/frontends/index.ts';
import { loadReader } from '../../../src/frontends/sql/read-sql.ts';
import type { Database } from '../../../src/operations/migration.ts';
import { schemaLines } from '../schema-lines.ts';

const providers = {
  postgres: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'sqlserver',
};

async function linesOf(
  body: string,
  database: Exclude<Database, 'unknown'> = 'postgres',
  settings = '',
): Promise<string[]> {
  await loadReader(database);
  const text = `datasource db {\n  provider = "${providers[database]}"\n  ${settings}\n}\n\n${body}`;
  return schemaLines(readPrismaSchema({ path: 'prisma/schema.prisma', text }, database));
}

const shop = `
enum Role {
  ADMIN @map("admin")
  GUEST // the rest
  @@map("roles")
}

model User {
  id        Int      @id @default(autoincrement())
  email     String   @unique @db.VarChar(200)
  name      String?  @map("full_name")
  role      Role     @default(ADMIN)
  tags      String[] @default(["a", "b"])
  token     String   @default(uuid())
  secret    String   @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  isOpen    Boolean  @default(true)
  credit    Decimal  @default(-1.5) @db.Decimal(10, 2)
  createdAt DateTime @default(now()) @db.Timestamptz(6)
  updatedAt DateTime @updatedAt
  search    Unsupported("tsvector")?
  legacy    String?  @ignore
  orders    Order[]

  @@map("users")
}

model Order {
  shopId  Int
  number  BigInt
  userId  Int    @map("user_id")
  total   Float  @default(0)
  note    Json?
  user    User   @relation(fields: [userId], references: [id], onDelete: Cascade)
  parentShop   Int?
  parentNumber BigInt?
  parent  Order? @relation("Parent", fields: [parentShop, parentNumber], references: [shopId, number], map: "order_parent")
  parts   Order[] @relation("Parent")

  @@id([shopId, number])
  @@unique([userId, number(sort: Desc)], name: "byUser")
  @@index([total], map: "totals")
  @@index([note], type: Gin)
}
`;

test('a schema is read as the tables that Prisma makes of it', async () => {
  expect(await linesOf(shop)).toMatchInlineSnapshot(`
    [
      "users",
      "  id integer not null identity default by nextval",
      "  email varchar(200) not null",
      "  full_name text",
      "  role roles not null default 'admin'",
      "  tags text array default ARRAY['a', 'b']::text[]",
      "  token text not null",
      "  secret uuid not null default by gen_random_uuid",
      "  isOpen boolean not null default true",
      "  credit numeric(10,2) not null default -1.5",
      "  createdAt timestamp with time zone(6) not null default by current_timestamp",
      "  updatedAt timestamp without time zone(3) not null",
      "  search tsvector",
      "  legacy text",
      "  primaryKey users_pkey (id)",
      "  unique index users_email_key (email)",
      "Order",
      "  shopId integer not null",
      "  number bigint not null",
      "  user_id integer not null",
      "  total double precision not null default 0",
      "  note jsonb",
      "  parentShop integer",
      "  parentNumber bigint",
      "  primaryKey Order_pkey (shopId, number)",
      "  foreignKey Order_user_id_fkey (user_id) to users (id) cascade",
      "  foreignKey order_parent (parentShop, parentNumber) to Order (shopId, number) set null",
      "  unique index Order_user_id_number_key (user_id, number)",
      "  index totals (total)",
      "  index Order_note_idx gin (note)",
    ]
  `);
});

test('each database gets its own types, keys and defaults', async () => {
  const body = `
model Thing {
  id      Int      @id @default(autoincrement())
  name    String   @unique
  open    Boolean  @default(false)
  price   Decimal?
  at      DateTime @default(now())
  kind    Kind     @default(ONE)
  boxId   Int?
  box     Box?     @relation(fields: [boxId], references: [id])
  @@index([name, at])
}

model Box {
  id     Int     @id
  data   Bytes
  things Thing[]
}

enum Kind {
  ONE
  TWO
}
`;
  expect(await linesOf(body, 'mysql')).toMatchInlineSnapshot(`
    [
      "Thing",
      "  id int not null identity",
      "  name varchar(191) not null",
      "  open tinyint(1) not null default false",
      "  price decimal(65,30)",
      "  at datetime(3) not null default by current_timestamp",
      "  kind enum(ONE,TWO) not null default 'ONE'",
      "  boxId int",
      "  primaryKey (id)",
      "  unique Thing_name_key (name)",
      "  foreignKey Thing_boxId_fkey (boxId) to Box (id) set null",
      "  index Thing_name_at_idx (name, at)",
      "Box",
      "  id int not null",
      "  data longblob not null",
      "  primaryKey (id)",
    ]
  `);
  expect(await linesOf(body, 'sqlite')).toMatchInlineSnapshot(`
    [
      "Thing",
      "  id integer not null identity",
      "  name text not null",
      "  open boolean not null default false",
      "  price decimal",
      "  at datetime not null default by current_timestamp",
      "  kind text not null default 'ONE'",
      "  boxId integer",
      "  foreignKey Thing_boxId_fkey (boxId) to Box (id) set null",
      "  primaryKey (id)",
      "  unique index Thing_name_key (name)",
      "  index Thing_name_at_idx (name, at)",
      "Box",
      "  id integer not null identity",
      "  data blob not null",
      "  primaryKey (id)",
    ]
  `);
  expect(await linesOf(body, 'sqlserver')).toMatchInlineSnapshot(`
    [
      "Thing",
      "  id int not null identity",
      "  name nvarchar(1000) not null",
      "  open bit not null default 0",
      "  price decimal(32,16)",
      "  at datetime2 not null default by current_timestamp",
      "  boxId int",
      "  primaryKey Thing_pkey (id)",
      "  unique Thing_name_key (name)",
      "  foreignKey Thing_boxId_fkey (boxId) to Box (id) no action",
      "  index Thing_name_at_idx (name, at)",
      "Box",
      "  id int not null",
      "  data varbinary(max) not null",
      "  primaryKey Box_pkey (id)",
    ]
  `);
});

test('native types of MySQL keep their length, their sign and the length of their keys', async () => {
  const body = `
model Page {
  id    BigInt @id @default(autoincrement()) @db.UnsignedBigInt
  size  Int    @db.UnsignedInt
  title String @db.VarChar(50)
  body  String @db.LongText
  flag  Int    @db.TinyInt
  @@index([body(length: 100), title])
  @@fulltext([body])
}
`;
  expect(await linesOf(body, 'mariadb')).toMatchInlineSnapshot(`
    [
      "Page",
      "  id bigint unsigned not null identity",
      "  size int unsigned not null",
      "  title varchar(50) not null",
      "  body longtext not null",
      "  flag tinyint not null",
      "  primaryKey (id)",
      "  index Page_body_title_idx (body, title)",
      "  index Page_body_idx fulltext (body)",
    ]
  `);
});

test('schemas of their own stand in front of names', async () => {
  const body = `
model Account {
  id    Int   @id
  kind  Kind
  notes Note[]
  @@schema("billing")
}

model Note {
  id        Int     @id
  accountId Int
  account   Account @relation(fields: [accountId], references: [id])
  @@schema("public")
}

enum Kind {
  A
  @@schema("billing")
}
`;
  expect(await linesOf(body)).toMatchInlineSnapshot(`
    [
      "billing.Account",
      "  id integer not null",
      "  kind billing.Kind not null",
      "  primaryKey Account_pkey (id)",
      "Note",
      "  id integer not null",
      "  accountId integer not null",
      "  primaryKey Note_pkey (id)",
      "  foreignKey Note_accountId_fkey (accountId) to billing.Account (id) restrict",
    ]
  `);
});

test('two lists that point at each other have a table of pairs', async () => {
  const body = `
model Post {
  id   Int   @id @default(autoincrement())
  tags Tag[]
}

model Tag {
  id    String @id @default(cuid()) @db.Uuid
  posts Post[]
}
`;
  expect((await linesOf(body)).slice(-6)).toMatchInlineSnapshot(`
    [
      "_PostToTag",
      "  A integer not null",
      "  B uuid not null",
      "  foreignKey _PostToTag_A_fkey (A) to Post (id) cascade",
      "  foreignKey _PostToTag_B_fkey (B) to Tag (id) cascade",
      "  index _PostToTag_B_index (B)",
    ]
  `);
});

test('without foreign keys in the database none are read', async () => {
  const lines = await linesOf(shop, 'postgres', 'relationMode = "prisma"');
  expect(lines.filter((line) => line.includes('foreignKey'))).toEqual([]);
});

test('what @@ignore hides from the program is a table, a view and a composite type are none', async () => {
  const block = (kind: string, name: string, more = '') => `${kind} ${name} {\n  id Int @unique\n  ${more}\n}\n`;
  const body = block('model', 'Kept', '@@ignore') + block('view', 'Seen') + block('type', 'Inner');
  expect(await linesOf(body)).toEqual(['Kept', '  id integer not null', '  unique index Kept_id_key (id)']);
});

test('a long name is cut before its ending, as Prisma cuts it', async () => {
  const field = 'a'.repeat(40);
  const lines = await linesOf(
    `model Sometimes {\n  ${field} Int\n  other${field} Int\n  @@unique([${field}, other${field}])\n}`,
  );
  expect(lines.at(-1)).toContain(`Sometimes_${field}_othera`);
  expect(/index (\S+)/.exec(lines.at(-1) ?? '')?.[1]).toHaveLength(63);
  expect(lines.at(-1)).toContain('_key ');
});

test('an attribute may go on over several lines', async () => {
  const lines = await linesOf(
    'model A {\n  id Int @id\n  b Int\n  @@index([\n    id, // first\n    b\n  ])\n  c Int\n}',
  );
  expect(lines).toEqual([
    'A',
    '  id integer not null',
    '  b integer not null',
    '  c integer not null',
    '  primaryKey A_pkey (id)',
    '  index A_id_b_idx (id, b)',
  ]);
});

test('a schema for another database says nothing', async () => {
  const text = 'datasource db {\n  provider = "mongodb"\n}\nmodel A {\n  id Int @id\n}\n';
  await loadReader('postgres');
  expect(readPrismaSchema({ path: 'schema.prisma', text }, 'postgres')).toEqual([]);
  expect(readPrismaSchema({ path: 'schema.prisma', text: text.replace('mongodb', 'sqlite') }, 'postgres')).toEqual([]);
  expect(readPrismaSchema({ path: 'schema.prisma', text }, 'unknown')).toEqual([]);
});

test('one field that cannot be read leaves the others', async () => {
  expect(
    await linesOf(
      'model A {\n  id Int @id\n  odd Unsupported("not a ( type")?\n  far Elsewhere\n  b Int @default(7)\n}',
    ),
  ).toEqual(['A', '  id integer not null', '  b integer not null default 7', '  primaryKey A_pkey (id)']);
});

test('hostile schemas end soon and in silence', async () => {
  const model = (inside: string) => `model A {\n  id Int @id\n${inside}\n}\n`;
  const unclosed = await linesOf(model(`  b Int @default(${'('.repeat(50_000)}`));
  expect(unclosed[0]).toBe('A');
  expect(await linesOf(`model A {\n  id Int @id\n  b Int`)).toContain('  b integer not null');
  expect(await linesOf(`${'{'.repeat(100_000)}\n${'model '.repeat(100_000)}`)).toEqual([]);
  expect(await linesOf(model(`  b String @default("${'x'.repeat(1_000_000)}`))).toContain('  b text not null');
  expect(await linesOf(model('  b Int @db.Int) ; DROP TABLE "A"; --'))).not.toEqual([]);
  const values = Array.from({ length: 20_000 }, (_, index) => `V${index}`).join('\n');
  const fields = Array.from({ length: 500 }, (_, index) => `  f${index} Many`).join('\n');
  const many = await linesOf(`${model(fields)}enum Many {\n${values}\n}`, 'mysql');
  expect(many.every((line) => line.length < 100)).toBe(true);
  const crowd = Array.from({ length: 10_000 }, (_, index) => `model M${index} {\n  id Int @id\n}`).join('\n');
  expect((await linesOf(crowd)).filter((line) => !line.startsWith(' ')).length).toBeLessThan(5_000);
}, 60_000);

test('the files of a schema are found around its migrations, and those of other projects are not', () => {
  const found = (path: string, ...paths: string[]) => findStatedFiles(path, new Set(paths));
  const path = 'apps/a/prisma/migrations/1_x/migration.sql';
  expect(found(path, 'apps/a/prisma/schema.prisma', 'apps/b/prisma/schema.prisma')).toEqual([
    'apps/a/prisma/schema.prisma',
  ]);
  expect(found(path, 'apps/a/prisma/schema.prisma', 'apps/a/prisma/models/user.prisma')).toHaveLength(2);
  expect(found('db/migrations/1_x/migration.sql', 'schema/main.prisma')).toEqual(['schema/main.prisma']);
  expect(found(path, 'apps/b/prisma/schema.prisma')).toEqual([]);
  expect(found('db/migrations/V1__a.sql', 'db/schema.prisma')).toEqual([]);
});

test('of several schemas in one place the one that Prisma reads by itself counts', () => {
  const source = (path: string, provider = 'postgresql') => ({
    path,
    text: `datasource db {\n  provider = "${provider}"\n}`,
  });
  const models = { path: 'prisma/models/a.prisma', text: 'model A {\n  id Int @id\n}' };
  const main = source('prisma/schema.prisma');
  expect(joinSchemaParts([models, main])).toEqual({ path: main.path, text: `${main.text}\n${models.text}` });
  expect(joinSchemaParts([source('prisma/other.prisma', 'sqlite'), main])?.path).toBe(main.path);
  expect(joinSchemaParts([source('prisma/one.prisma'), source('prisma/other.prisma')])).toBeUndefined();
  expect(joinSchemaParts([models])).toBeUndefined();
  expect(joinSchemaParts([])).toBeUndefined();
});

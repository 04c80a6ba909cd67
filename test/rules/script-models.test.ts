/** Entities of JavaScript beside their migrations: what is told of them, and where nothing is. */
import { describe, expect, test } from 'vitest';
import { added, modified, outline, reviewed } from '../review/builders.ts';

const place = 'src/migrations/1700000000000-Users.ts';
const entity = 'src/entities/user.entity.ts';

function migration(name: string, statements: readonly string[], down = 'SELECT 1'): string {
  const calls = statements.map((each) => `await queryRunner.query(\`${each}\`);`).join('\n    ');
  return `export class ${name} implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    ${calls}
  }
  async down(queryRunner: QueryRunner) {
    await queryRunner.query(\`${down}\`);
  }
}
`;
}

function user(...members: string[]): string {
  return `import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn, Unique } from 'typeorm';\n@Entity()\nexport class User {\n@PrimaryGeneratedColumn() id: number\n${members.join('\n')}\n}\n`;
}

const users = 'CREATE TABLE "user" ("id" serial PRIMARY KEY, "firstName" text)';
const name = '@Column() firstName: string';
const mail = '@Column() mail: string';

type Standing = { statements?: readonly string[]; also?: Record<string, string>; path?: string };

async function said(before: string, now: string, { statements = [users], also = {}, path = entity }: Standing = {}) {
  const history = { [place]: migration('Users1700000000000', statements), ...also };
  const report = await reviewed([modified(path, before, now)], { history, basePaths: [...Object.keys(history), path] });
  return outline(report);
}

test('a column without a migration is an error at its line, and one that was missing before is not told', async () => {
  expect(await said(user(name), user(name, mail))).toEqual([`error model-without-migration ${entity}:6`]);
  expect(await said(user(name, mail), user(mail, name))).toEqual([]);
});

describe('nothing is told', () => {
  const now = user(name, mail);

  test('of a table that nothing makes', async () => {
    expect(await said(user(name), now, { statements: ['CREATE TABLE "person" ("id" int)'] })).toEqual([]);
  });

  test('of one that is only changed', async () => {
    expect(
      await said(user(name), now, { statements: ['ALTER TABLE "user" ADD "id" int, ADD "firstName" text'] }),
    ).toEqual([]);
  });

  test('where the base branch maps what is not there', async () => {
    expect(await said(user(name, '@Column() age: number'), user(name, '@Column() age: number', mail))).toEqual([]);
  });

  test.each([
    ['could not be read', '${statement}'],
    ['is about a table that a program names', 'ALTER TABLE ${table} ADD mail text'],
  ])('where something before it %s', async (_, statement) => {
    const also = { 'src/migrations/1710000000000-More.ts': migration('More1710000000000', [statement]) };
    expect(await said(user(name), now, { also })).toEqual([]);
  });

  test('of a class that is new', async () => {
    const history = { [place]: migration('Users1700000000000', [users]) };
    const files = [{ ...added(entity, now), status: 'modified' as const, before: 'export class Nothing {}' }];
    expect(outline(await reviewed(files, { history, basePaths: [place, entity] }))).toEqual([]);
  });

  test('of a column that a migration with another name for it makes', async () => {
    const statements = [users, 'ALTER TABLE "user" ADD "last_name" text'];
    expect(await said(user(name), user(name, '@Column() lastName: string'), { statements })).toEqual([]);
  });

  test('of a test beside the entities', async () => {
    const path = 'src/entities/user.entity.test.ts';
    expect(await said(user(name), now, { path })).toEqual([]);
  });
});

test('an index that is declared anew is a warning, unless it stands under that name or over the columns', async () => {
  const indexed = user('@Index() @Column() firstName: string');
  expect(await said(user(name), indexed)).toEqual([`warning model-without-migration ${entity}:5`]);
  const made = [users, 'CREATE INDEX "IDX_1" ON "user" ("firstName")'];
  expect(await said(user(name), indexed, { statements: made })).toEqual([]);
});

test('a key that the edited first migration makes is there', async () => {
  const [before, after] = [users, users.replace('text', 'text UNIQUE')].map((each) =>
    migration('Users1700000000000', [each]),
  );
  const unique = user('@Column({ unique: true }) firstName: string');
  const also = { 'src/migrations/1710000000000-More.ts': migration('More1710000000000', [users]) };
  const files = [modified(entity, user(name), unique), modified(place, before ?? '', after ?? '')];
  const report = await reviewed(files, { history: also, basePaths: [...Object.keys(also), place, entity] });
  expect(outline(report).filter((each) => each.includes('model-without-migration'))).toEqual([]);
});

test('folders of several databases are one table: what any of them makes is there', async () => {
  const of = (database: string, statements: string[]) => ({
    [`src/migrations/${database}/1700000000000-Users.ts`]: migration('Users1700000000000', statements),
  });
  const all = 'CREATE TABLE "user" ("id" int PRIMARY KEY, "firstName" text, "mail" text)';
  const both = { ...of('postgres', [users]), ...of('mysql', [all]) };
  const report = await reviewed([modified(entity, user(name), user(name, mail))], {
    history: both,
    basePaths: [...Object.keys(both), entity],
  });
  expect(outline(report)).toEqual([]);
});

describe('a column that goes', () => {
  const dropping = migration(
    'Drop1720000000000',
    ['ALTER TABLE "user" DROP COLUMN "mail"'],
    'ALTER TABLE "user" ADD "mail" text',
  );
  const standing = migration('Users1700000000000', [
    'CREATE TABLE "user" ("id" serial PRIMARY KEY, "firstName" text, "mail" text)',
  ]);

  async function dropped(before: string, now: string) {
    const path = 'src/migrations/1720000000000-Drop.ts';
    const files = [modified(entity, before, now), added(path, dropping)];
    return reviewed(files, { history: { [place]: standing }, basePaths: [place, entity] });
  }

  async function rulesSaid(before: string, now: string): Promise<string[]> {
    const { findings } = await dropped(before, now);
    return findings.map(({ rule }) => rule).filter((rule) => /drop/.test(rule));
  }

  test('is still named by the entity', async () => {
    expect(await rulesSaid(user(name, mail), user(mail))).toEqual(['dropped-column-still-named']);
  });

  test('is mapped by the release that runs', async () => {
    expect(await rulesSaid(user(name, mail), user(name))).toEqual(['drop-column']);
    const { plan } = await dropped(user(name, mail), user(name));
    expect(plan?.roads[0]?.phases[0]?.code).toContain('every mapped column is listed');
  });

  test('goes in one phase where the base branch maps it no more', async () => {
    expect(await rulesSaid(user(name), user(`${name} | null`))).toEqual([]);
  });

  test('is not known to be forgotten by an entity that may inherit it', async () => {
    const below = user(name).replace('class User', 'class User extends Account');
    expect(await rulesSaid(below, below.replace('string', 'string | null'))).toEqual(['drop-column']);
  });

  test('is not known to be forgotten where names are made elsewhere', async () => {
    const strange = user('@Column() nick: string');
    expect(await rulesSaid(strange, strange.replace('string', 'string | null'))).toEqual(['drop-column']);
  });
});

test('a column that is exchanged under its own name is mapped by the release that runs', async () => {
  const table = (fallback: string) =>
    `import { pgTable, text } from 'drizzle-orm/pg-core';\nexport const users = pgTable('users', { style: text('style').default('${fallback}') });\n`;
  const exchange = [
    'ALTER TABLE users RENAME COLUMN style TO style_old;',
    'ALTER TABLE users ADD COLUMN style text;',
    'UPDATE users SET style = style_old;',
    'ALTER TABLE users DROP COLUMN style_old;',
  ].join('--> statement-breakpoint\n');
  const { findings } = await reviewed(
    [modified('src/db/schema.ts', table('a'), table('b')), added('drizzle/migrations/0001_style.sql', exchange)],
    { history: { 'drizzle/migrations/0000_users.sql': 'CREATE TABLE users (style text);--> statement-breakpoint\n' } },
  );
  expect(findings.map(({ rule }) => rule)).toContain('drop-column');
});

test('a value that the program alone fills in is named where a required column comes without a default', async () => {
  const model = (attributes: string) =>
    `module.exports = (sequelize, DataTypes) => sequelize.define('User', { ${attributes} }, { tableName: 'users' });`;
  const text = `module.exports = {
  up: (queryInterface, Sequelize) => queryInterface.addColumn('users', 'plan', { type: Sequelize.STRING, allowNull: false }),
  down: (queryInterface) => queryInterface.removeColumn('users', 'plan'),
};`;
  const before = model("mail: { type: DataTypes.STRING, field: 'mail' }");
  const now = model(
    "mail: { type: DataTypes.STRING, field: 'mail' }, plan: { type: DataTypes.STRING, field: 'plan', defaultValue: 'free' }",
  );
  const { findings } = await reviewed([
    added('migrations/20240101000000-plan.js', text),
    modified('models/user.js', before, now),
  ]);
  const required = findings.find(({ rule }) => rule === 'required-column-without-default');
  expect(required?.advice).toContain(
    "The value `'free'` of `User` (`models/user.js:1`) does not reach the database: Sequelize fills it in",
  );
});

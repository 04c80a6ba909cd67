import { expect, test } from 'vitest';
import { columnsIn, keysIn, read } from './read.ts';

const imports = `import { BaseEntity, defineEntity, Embedded, Entity, EntitySchema, Enum, Formula, Index, ManyToOne, OneToMany, OneToOne, p, PrimaryKey, Property, Unique } from '@mikro-orm/core';
`;

async function one(text: string) {
  const [first] = await read(`${imports}${text}`);
  return first;
}

test.each([
  ['@Entity()', 'user_account'],
  ["@Entity({ tableName: 'people', schema: 'app' })", 'app.people'],
  ["@Entity({ tableName: 'people', schema: '*' })", undefined],
  ['@Entity({ abstract: true })', undefined],
  ["@Entity({ discriminatorValue: 'user' })", undefined],
  ["@Entity({ expression: 'select 1' })", undefined],
  ['@Entity(options)', undefined],
])('%s has the table %s', async (decorator, table) => {
  expect((await one(`${decorator} class UserAccount { @PrimaryKey() id!: number }`))?.table).toBe(table);
});

test('attributes are columns with underscores, unless they say otherwise or are not stored', async () => {
  const model = await one(`@Entity() class User extends BaseEntity {
  @PrimaryKey() id!: number;
  @Property({ onCreate: () => new Date() }) createdAt = new Date();
  @Property({ fieldName: 'mail', nullable: true }) email?: string;
  @Property({ name: 'nick', default: 'x' }) nickname!: string;
  @Property({ persist: false }) draft?: string;
  @Enum(() => Role) role!: Role;
  @Enum({ items: () => Role, fieldName: 'kind' }) other!: Role;
  @Formula('1') one!: number;
  @ManyToOne(() => Team) homeTeam!: Team;
  @ManyToOne({ entity: () => Team, fieldName: 'away' }) awayTeam!: Team;
  @OneToOne(() => Image, { inversedBy: 'user' }) image!: Image;
  @OneToOne(() => Draft, (draft) => draft.user) post!: Draft;
  @OneToOne({ entity: () => Draft, mappedBy: 'writer' }) writing!: Draft;
  @OneToMany(() => Post, (post) => post.user) posts = new Collection<Post>(this);
}`);
  expect(columnsIn(model)).toEqual([
    'id?',
    'created_at?',
    'mail',
    'nick',
    'role?',
    'kind',
    'home_team_id?',
    'away',
    'image_id?',
  ]);
  expect(model?.columns[1]).toMatchObject({ default: '() => new Date()', hasDatabaseDefault: false });
  expect(model?.columns[3]?.hasDatabaseDefault).toBe(true);
  expect(model?.isWhole).toBe(true);
});

test.each([
  ['a group of columns', '@Embedded(() => Address) address!: Address'],
  ['an accessor', '@Property() get full() { return 1 }'],
  ['columns of a composite key', "@ManyToOne({ entity: () => Team, joinColumns: ['a', 'b'] }) team!: Team"],
  ['options that stand elsewhere', '@Property(options) price!: string'],
])('with %s the class is not known whole', async (_, member) => {
  const model = await one(`@Entity() class Order { @PrimaryKey() id!: number; ${member} }`);
  expect(columnsIn(model)).toEqual(['id?']);
  expect(model?.isWhole).toBe(false);
});

test('keys are told at the class and at its attributes', async () => {
  const model = await one(`@Entity()
@Index({ properties: ['firstName', 'mail'] })
@Unique({ name: 'one_mail', properties: 'mail' })
@Index({ name: 'by_hand', expression: 'create index by_hand on x (y)' })
class User {
  @Property() @Index() firstName!: string;
  @Property({ unique: true }) mail!: string;
  @ManyToOne(() => Team, { index: 'by_team', fieldName: 'team' }) team!: Team;
}`);
  expect(keysIn(model)).toEqual([
    'index first_name,mail',
    'unique one_mail mail',
    'index by_hand ',
    'index first_name',
    'unique mail',
    'index by_team team',
  ]);
});

test('entities without a class are read in both forms', async () => {
  const models = await read(`${imports}
export const Book = defineEntity({
  name: 'Book',
  properties: {
    id: p.integer().primary(),
    fullTitle: p.string().nullable().fieldName('title'),
    author: () => p.manyToOne(Author),
    tags: () => p.manyToMany(Tag),
    draft: p.string().persist(false),
    cover: () => p.oneToOne(Cover).mappedBy('book'),
  },
});
export const AuthorSchema = new EntitySchema({
  name: 'Author',
  tableName: 'writers',
  properties: {
    id: { type: 'number', primary: true },
    penName: { type: 'string', nullable: true },
    agent: { kind: 'm:1', entity: () => Agent },
    books: { kind: '1:m', entity: () => Book, mappedBy: 'author' },
  },
});`);
  expect(models.map((model) => [model.table, columnsIn(model), model.isWhole])).toEqual([
    ['book', ['id?', 'title', 'author_id?'], true],
    ['writers', ['id?', 'pen_name?', 'agent_id?'], true],
  ]);
});

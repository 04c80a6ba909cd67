import { expect, test } from 'vitest';
import { columnsIn, keysIn, read } from './read.ts';

const imports = `import { BaseEntity, Column, CreateDateColumn, Entity, EntitySchema, Index, JoinColumn, ManyToOne, OneToMany, OneToOne,
  PrimaryColumn, PrimaryGeneratedColumn, RelationId, TableInheritance, Tree, TreeParent, Unique, VirtualColumn, ChildEntity, ViewEntity } from 'typeorm'
import * as orm from 'typeorm'
import { IsString } from 'class-validator'
import { Money } from './money'
`;

async function one(text: string) {
  const [first] = await read(`${imports}${text}`);
  return first;
}

test.each([
  ['@Entity()', 'user_account'],
  ['@Entity("people")', 'people'],
  ["@Entity('people', { schema: 'app' })", 'app.people'],
  ["@Entity({ name: 'people', schema: 'public' })", 'people'],
  ['@orm.Entity({ name: `people` })', 'people'],
  ['@Entity(nameOf("people"))', undefined],
  ["@Entity({ name: 'people', ...shared })", undefined],
  ["@Entity('people', { database: 'other' })", undefined],
  ["@Entity('people', { synchronize: false })", undefined],
  ['@ChildEntity()', undefined],
])('%s has the table %s', async (decorator, table) => {
  const model = await one(`${decorator} export class UserAccount { @PrimaryColumn() id: number }`);
  expect(model).toMatchObject({ framework: 'typeorm', name: 'UserAccount' });
  expect(model?.table).toBe(table);
});

test('a constant of the file is read as its value', async () => {
  const model = await one(`const table = 'people' as const
@Entity(table) class User { @Column({ name: 'full_name' } as const) name: string }`);
  expect([model?.table, columnsIn(model)]).toEqual(['people', ['full_name']]);
});

test('every form of a column is read, and what is none is left out', async () => {
  const model = await one(`@Entity() class User extends BaseEntity {
  @PrimaryGeneratedColumn('uuid') id: string
  @Column() @IsString() firstName: string
  @Column('varchar', { name: 'last_name', length: 50, nullable: true }) lastName?: string
  @Column({ type: 'enum', enum: Role, default: Role.User }) role = Role.User
  @Column(String) nick: string
  @CreateDateColumn({ name: 'created' }) createdAt: Date
  @VirtualColumn({ query: () => '' }) count: number
  @RelationId((user: User) => user.team) teamKey: number
  @OneToMany(() => Post, (post) => post.user) posts: Post[]
  plain: string
}`);
  expect(columnsIn(model)).toEqual(['id?', 'firstName?', 'last_name', 'role?', 'nick?', 'created']);
  expect(
    model?.columns.map(({ nullable, hasDatabaseDefault, default: given }) => [nullable, hasDatabaseDefault, given]),
  ).toEqual([
    [false, true, undefined],
    [false, false, undefined],
    [true, false, undefined],
    [false, true, 'Role.User'],
    [false, false, undefined],
    [false, true, undefined],
  ]);
  expect(model?.isWhole).toBe(true);
});

test('a relation has the column that it says, or that of the default naming strategy', async () => {
  const model = await one(`@Entity() class Post {
  @ManyToOne(() => User) author: User
  @ManyToOne(() => User, { nullable: false }) @JoinColumn({ name: 'editor_id' }) editor: User
  @ManyToOne(() => Team) @JoinColumn([{ name: 'team_a' }, { name: 'team_b' }]) team: Team
  @OneToOne(() => Image) @JoinColumn({ referencedColumnName: 'key' }) image: Image
  @OneToOne(() => Draft, (draft) => draft.post) draft: Draft
  @Column({ name: 'reviewer_id' }) reviewerId: number
  @ManyToOne(() => User) @JoinColumn({ name: 'reviewer_id' }) reviewer: User
  @TreeParent() parent: Post
}`);
  expect(columnsIn(model)).toEqual([
    'authorId?',
    'editor_id',
    'team_a',
    'team_b',
    'imageKey?',
    'reviewer_id',
    'parentId?',
  ]);
  expect(model?.columns.find(({ column }) => column === 'reviewer_id')?.name).toBe('reviewerId');
});

test.each([
  ['a group of columns', '@Column(() => Money) price: Money'],
  ['options that stand elsewhere', '@Column(moneyOptions) price: string'],
  ['a name that is computed', '@Column({ name: nameOf("price") }) price: string'],
  ['options that may name it', '@Column({ ...shared }) price: string'],
])('%s make no column, and the class is not known whole', async (_, member) => {
  const model = await one(`@Entity() class Order { @PrimaryColumn() id: number; ${member} }`);
  expect(columnsIn(model)).toEqual(['id?']);
  expect(model?.isWhole).toBe(false);
});

test.each([
  ['a class that stands elsewhere is above it', '@Entity() class Order extends Base { @PrimaryColumn() id: number }'],
  ['a decorator of the project', '@Entity() class Order { @PrimaryColumn() id: number; @Money() price: string }'],
  ['classes below it', '@Entity() @TableInheritance({}) class Order { @PrimaryColumn() id: number }'],
  ['a tree', '@Entity() @Tree("nested-set") class Order { @PrimaryColumn() id: number }'],
])('with %s there may be more columns', async (_, text) => {
  expect((await one(text))?.isWhole).toBe(false);
});

test('what is no table is left out', async () => {
  expect(await one('@ViewEntity({ expression: "" }) class Seen { @Column() id: number }')).toBeUndefined();
  expect(await one('@Decorated() class Plain { id: number }')).toBeUndefined();
});

test('keys are told at the class and at its attributes', async () => {
  const model = await one(`@Entity()
@Index(['first', 'second'], { unique: true })
@Index('by_hand', { synchronize: false })
@Index('named', ['first'])
@Unique('pair', ['first', 'second'])
@Index((each) => [each.first])
class Order {
  @Column({ name: 'one' }) @Index() first: string
  @Column({ unique: true }) second: string
  @Index() @ManyToOne(() => User) owner: User
}`);
  expect(keysIn(model)).toEqual([
    'unique one,second',
    'index named one',
    'unique pair one,second',
    'index one',
    'unique second',
  ]);
});

test('a schema without a class is read', async () => {
  const model = await one(`export const UserSchema = new EntitySchema<User>({
  name: 'UserAccount',
  columns: { id: { type: Number, primary: true, generated: true }, fullName: { type: String, name: 'full_name', nullable: true } },
})`);
  expect(model).toMatchObject({ name: 'UserAccount', table: 'user_account', isWhole: true });
  expect(columnsIn(model)).toEqual(['id?', 'full_name']);
});

test.each([
  ['nested brackets', `@Entity() class A { @Column(${'('.repeat(20_000)}`],
  ['nested lists', `@Entity() class A { @Column(${'['.repeat(5_000)}${']'.repeat(5_000)}) a: string }`],
  ['constants that name each other', 'const a = b; const b = a; @Entity(a) class A { @Column(b) a: string }'],
  [
    'many classes',
    Array.from({ length: 2_000 }, (_, index) => `@Entity() class C${index} { @Column() a: string }`).join('\n'),
  ],
  ['a string without an end', "@Entity('"],
])('hostile text is read without an error: %s', async (_, text) => {
  expect(await read(`${imports}${text}`)).toBeInstanceOf(Array);
});

import { expect, test } from 'vitest';
import { readMentions } from '../../../src/models/mentions/read-mentions.ts';
import { rowWord } from '../../../src/models/mentions/words.ts';

/** The lines that name `email` of `users`; those that are certain end in `!`. */
async function lines(
  path: string,
  text: string,
  table = 'users',
  column = 'email',
  names = [column],
): Promise<string[]> {
  const sought = { table, column, names, rows: [rowWord(table)] };
  const mentions = await readMentions(path, text, [sought], 'postgres');
  const said = mentions.map(({ span, isCertain }) => `${span.startLine}${isCertain ? '!' : ''}`);
  return [...new Set(said)].toSorted();
}

/** Each line of a program by itself, with whether it names the column. */
async function expectEach(path: string, table: Record<string, boolean | '!'>): Promise<void> {
  for (const [line, expected] of Object.entries(table)) {
    const found = await lines(path, `${line}\n`);
    expect([line, found]).toEqual([line, expected === false ? [] : [expected === '!' ? '1!' : '1']]);
  }
}

test('Ruby names a column on a row, a class or a relation of the table', async () => {
  await expectEach('lib/tasks/mail.rake', {
    'puts user.email': true,
    'puts @user&.email': true,
    'puts current_user.email': true,
    'order.user.email = "a"': true,
    'user[:email]': true,
    'user.email_was': true,
    'User.find(1).email': true,
    'User.where(email: nil)': '!',
    'User.active.order(:id).pluck(:id, :email)': '!',
    'User.order("email DESC")': '!',
    'User.select("count(*) AS email")': false,
    't("users.email")': false,
    'users.where.not(email: nil)': true,
    'puts invoice.email': false,
    'puts admin_user.email': false,
    'puts user.email(:short)': false,
    'Invoice.where(email: nil)': false,
    'mail(to: "x", email: 1)': false,
    'params.require(:user).permit(:name, :email)': true,
    'params.require(:invoice).permit(:email)': false,
  });
});

test('Ruby that is written for the rows lists its columns', async () => {
  const serializer = (name: string) =>
    `class ${name} < ApplicationSerializer\n  attributes :id, :email\n\n  def shown\n    object.email\n  end\nend\n`;
  expect(await lines('app/serializers/user_serializer.rb', serializer('UserSerializer'))).toEqual(['2', '5']);
  expect(await lines('app/serializers/api/v1/user_serializer.rb', serializer('Api::V1::UserSerializer'))).toEqual([
    '2',
    '5',
  ]);
  expect(await lines('app/serializers/invoice_serializer.rb', serializer('InvoiceSerializer'))).toEqual([]);
  expect(await lines('app/views/users/show.json.jbuilder', 'json.extract! @user, :id, :email\n')).toEqual(['1']);
});

test('templates of Ruby are read at their own lines, comments left out', async () => {
  const template =
    '<h1>email</h1>\n<%# user.email %>\n<% @users.each do |user| -%>\n  <p title="<%= user.name %>"><%= user.email %></p>\n<% end %>\n';
  expect(await lines('app/views/users/index.html.erb', template)).toEqual(['4']);
  expect(
    await lines(
      'app/views/users/_form.html.erb',
      '<%= form_with(model: @user) do |f| %>\n<%= f.text_field :email %>\n<% end %>\n',
    ),
  ).toEqual(['2']);
  expect(await lines('app/views/invoices/_form.html.erb', '<%= f.text_field :email %>\n')).toEqual([]);
});

test('Python names a column on a row, a class or a query of the table', async () => {
  await expectEach('shop/tasks.py', {
    'send(user.email)': true,
    'send(request.user.email)': true,
    'from shop.models import User; User.email.is_(None)': '!',
    'from shop.models import User; User.objects.filter(email__icontains="a")': '!',
    'from shop.models import User; User.objects.exclude(a=1).order_by("-email")': '!',
    'from shop.models import User; User.objects.filter(Q(email="a") | Q(a=1))': '!',
    'from shop.models import User; User(email="a")': '!',
    'from shop.models import User; session.query(User).filter_by(email="a")': '!',
    'from shop.models import User; select(User).where(User.email == "a")': '!',
    'from shop import models; models.User(email="a")': '!',
    'from shop.schemas import User; User(email="a")': true,
    'from shop.models import User; User.objects.annotate(email=Count("a"))': false,
    'User(email="a")': true,
    'team.users.filter(email="a")': true,
    'invoice.email': false,
    'Invoice.objects.filter(email="a")': false,
    'Invoice.objects.filter(user=user).values("email")': false,
    'user.email()': true,
    'print("email")': false,
  });
});

test('serializers, forms and admin pages of Django list the fields of their model', async () => {
  const meta =
    'from rest_framework import serializers\nfrom shop.models import Invoice, User\n\n\nclass Shown(serializers.ModelSerializer):\n    class Meta:\n        model = User\n        fields = [\n            "id",\n            "email",\n        ]\n';
  expect(await lines('shop/serializers.py', meta)).toEqual(['10!']);
  expect(await lines('shop/serializers.py', meta.replace('= User', '= Invoice'))).toEqual([]);
  expect(await lines('shop/serializers.py', meta.replace('from rest_framework', 'from shop.api'))).toEqual(['10']);
  const declared = meta.replace('    class Meta', '    email = serializers.SerializerMethodField()\n\n    class Meta');
  expect(await lines('shop/serializers.py', declared)).toEqual([]);
  const admin = 'class UserAdmin(ProjectAdmin):\n    list_display = ("id", "email")\n    title = "email"\n';
  expect(await lines('shop/admin.py', admin)).toEqual(['2']);
});

test('another class of the same name is not the class of the rows', async () => {
  const sought = {
    table: 'users',
    column: 'email',
    names: ['email'],
    rows: ['user'],
    modules: ['shop/models/user.py'],
  };
  const certain = async (path: string, text: string) => {
    const mentions = await readMentions(path, text, [sought], 'postgres');
    return mentions.map(({ isCertain }) => isCertain);
  };
  expect(await certain('shop/models/user.py', 'class User:\n    pass\n\nUser(email="a")\n')).toEqual([true]);
  expect(await certain('shop/mail.py', 'class User:\n    pass\n\nUser(email="a")\n')).toEqual([]);
  expect(await certain('shop/mail.py', 'from .models import User\nUser(email="a")\n')).toEqual([true]);
  expect(await certain('shop/api/mail.py', 'from ..models.user import User\nUser(email="a")\n')).toEqual([true]);
  expect(await certain('shop/schemas/mail.py', 'from .user import User\nUser(email="a")\n')).toEqual([false]);
  expect(await certain('shop/mail.py', 'from shop.schemas import User\nUser(email="a")\n')).toEqual([false]);
});

test('the class of the rows and its querysets ask for columns without naming it', async () => {
  const managers = 'class UserQuerySet(QuerySet):\n    def reachable(self):\n        return self.exclude(email=None)\n';
  expect(await lines('shop/managers.py', managers)).toEqual(['3']);
  const model =
    'class User < ApplicationRecord\n  scope :reachable, -> { where.not(email: nil) }\n  def greeting = self.email.downcase\n  def title = t("users.email")\nend\n';
  expect(await lines('app/models/user.rb', model)).toEqual(['2', '3']);
});

test('a property of the class of the rows answers without the column', async () => {
  const text =
    'class User(models.Model):\n    @property\n    def email(self):\n        return self.addresses.first().email\n';
  const sought = { table: 'users', column: 'email', names: ['email'], rows: ['user'] };
  const mentions = await readMentions('shop/models.py', text, [sought], 'postgres');
  expect(mentions).toMatchObject([{ isAnswer: true, span: { startLine: 3 } }]);
});

test('JavaScript names a column on a row, and in what it gives to a query of the table', async () => {
  await expectEach('src/mail.ts', {
    'send(user.email);': true,
    'send(this.user!.email);': true,
    'const { id, email } = await user;': true,
    'eq(users.email, "a");': true,
    'prisma.user.findMany({ where: { AND: [{ email }] } });': true,
    'prisma.user.update({ data: { email: null } });': true,
    'this.userRepository.find({ select: ["id", "email"] });': true,
    'getRepository(User).findOneBy({ email });': true,
    'User.findAll({ attributes: ["email"] });': true,
    'knex("users").where({ id }).select("id", "email");': '!',
    'db.selectFrom("users as u").select("u.id").where("email", "=", 1);': '!',
    'db.select().from(users).orderBy("email");': true,
    'knex("users").join("teams", "a", "b").select("email");': true,
    'knex("users").select({ email: "name" });': true,
    'users.createQueryBuilder("u").where("u.email = :email");': true,
    't("users.email");': false,
    'knex("invoices").select("email");': false,
    'prisma.invoice.findMany({ where: { email } });': false,
    'prisma.user.findMany({ include: { invoice: { where: { email } } } });': false,
    'invoice.email;': false,
    'user.email();': false,
    'users.find((each) => each.email);': false,
  });
});

test('a class of data that is written for the rows names what it holds', async () => {
  const dto = 'export class CreateUserDto {\n  name: string;\n  email?: string;\n}\n';
  expect(await lines('src/users/create-user.dto.ts', dto)).toEqual(['3']);
  expect(await lines('src/invoices/create-invoice.dto.ts', dto.replace('User', 'Invoice'))).toEqual([]);
});

test('SQL in strings names a column behind its table or an alias, or where the table stands alone', async () => {
  await expectEach('src/report.ts', {
    'sql(`SELECT u.email FROM users u JOIN teams t ON t.id = u.team`);': '!',
    'sql("SELECT id, email FROM users WHERE id = $1");': '!',
    'sql(`UPDATE users SET email = ${value}`);': '!',
    'sql(`INSERT INTO public.users (id, email) VALUES (1, 2)`);': '!',
    'builder.where("users.email = ?", 1);': '!',
    'sql("SELECT email FROM users, teams");': false,
    'sql("SELECT t.email FROM users u JOIN teams t ON t.id = u.team");': false,
    'sql("SELECT email FROM invoices");': false,
    'sql("SELECT 1 AS email FROM users");': false,
    'sql("SELECT 1 AS email FROM users ORDER BY email");': true,
    'sql("UPDATE users SET name = :email");': false,
    'allow("users.email");': true,
    'say("Select email from the users that you know");': false,
    'say("email");': false,
  });
  await expectEach('app/report.py', {
    'cursor.execute("SELECT email FROM users WHERE id = %s")': '!',
    'cursor.execute(f"SELECT email FROM users WHERE {where}")': '!',
    'cursor.execute("SELECT email FROM invoices")': false,
  });
  await expectEach('app/report.rb', {
    'connection.execute("SELECT email FROM users")': '!',
    'joins("JOIN teams ON teams.email = users.email")': '!',
    'joins("JOIN teams ON teams.email = teams.id")': false,
  });
});

test('files of SQL are read statement by statement, bodies of functions too', async () => {
  const text =
    '-- name: GetUser :one\nSELECT *\nFROM users\nWHERE email = $1;\n\nSELECT email FROM invoices;\nCREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\n  SELECT email FROM users;\n$$;\n';
  expect(await lines('db/queries/users.sql', text)).toEqual(['4!', '8!']);
});

test('a name of the program counts as one of the column', async () => {
  expect(await lines('src/a.ts', 'user.nickName;\n', 'users', 'nick_name', ['nick_name', 'nickName'])).toEqual(['1']);
});

test('hostile text is read without an error', async () => {
  const texts = [
    `user.email${'('.repeat(5_000)}`,
    `${'['.repeat(5_000)}email`,
    `user${'.a()'.repeat(5_000)}.email`,
    `"users.email `,
    '<% user.email <% %> <%= %',
    '"users.email";\n'.repeat(10_000),
  ];
  const paths = ['a.rb', 'a.html.erb', 'a.py', 'a.ts', 'queries/a.sql'];
  for (const text of texts) for (const path of paths) expect(await lines(path, text)).toBeInstanceOf(Array);
});

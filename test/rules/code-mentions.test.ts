import { expect, test } from 'vitest';
import type { Change, ChangedFile } from '../../src/operations/change.ts';
import { added, modified, outline, reviewed } from '../review/builders.ts';

const dropping = (column: string) =>
  added(
    'db/migrate/20240101000000_drop.rb',
    `class Drop < ActiveRecord::Migration[7.1]\n  def change\n    remove_column :users, :${column}, :string\n  end\nend\n`,
  );

async function messages(files: ChangedFile[], parts: Partial<Change> = {}): Promise<string[]> {
  const { findings } = await reviewed(files, parts);
  const rules = ['drop-column', 'rename-column', 'dropped-column-still-named'];
  return findings.filter(({ rule }) => rules.includes(rule)).map(({ message }) => message);
}

const serializer = 'class UserSerializer < ApplicationSerializer\n  attributes :id, :email\nend\n';
const rake = 'task tidy: :environment do\n  User.where(email: nil).delete_all\nend\n';

test('a drop lists the places that name the column, those that are certain first', async () => {
  const programs = { 'app/serializers/user_serializer.rb': serializer, 'lib/tasks/users.rake': rake };
  const [message] = await messages([dropping('email')], { programs });
  expect(message).toContain(
    'Still named in `lib/tasks/users.rake:2`; as it seems, also in `app/serializers/user_serializer.rb:2`.',
  );
});

test('files of the change come before others, and of many places eight are told', async () => {
  const other = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`lib/tasks/a${index}.rake`, rake] as [string, string]),
  );
  const programs = { ...other, 'lib/tasks/z.rake': rake };
  const [message] = await messages([dropping('email'), { path: 'lib/tasks/z.rake', status: 'modified' }], { programs });
  expect(message).toContain('Still named in `lib/tasks/z.rake:2`, `lib/tasks/a0.rake:2`');
  expect(message).toContain('`lib/tasks/a6.rake:2` and 3 more.');
});

test('where nothing names it any more nothing is added', async () => {
  const programs = { 'app/serializers/user_serializer.rb': serializer.replace(', :email', '') };
  expect(await messages([dropping('email')], { programs })).toEqual(await messages([dropping('email')]));
});

test('a rename lists what has the old name', async () => {
  const migration = added(
    'db/migration/V2__x.sql',
    "SET lock_timeout = '5s';\nALTER TABLE users RENAME COLUMN email TO address;\n",
  );
  const programs = { 'src/user.service.ts': 'prisma.user.findMany({ where: { email } });\nsend(user.address);\n' };
  const [message] = await messages([migration], { programs });
  expect(message).toContain('Still named, as it seems, in `src/user.service.ts:1`.');
});

test("what is read from a row of Prisma's is checked by its compiler, what is given to a query is told", async () => {
  const migration = added('prisma/migrations/2_x/migration.sql', 'ALTER TABLE "User" DROP COLUMN "email";\n');
  const programs = { 'src/user.service.ts': 'send(user.email);\nprisma.user.update({ data: { email: null } });\n' };
  const [message] = await messages([migration], { programs });
  expect(message).toContain('Still named, as it seems, in `src/user.service.ts:2`.');
});

test('what takes the name again is found under it', async () => {
  const migration = added(
    'db/migration/V2__x.sql',
    'ALTER TABLE users DROP COLUMN email;\nALTER TABLE users ADD COLUMN email text;\n',
  );
  const programs = { 'db/queries/users.sql': 'SELECT email FROM users;\n' };
  expect((await messages([migration], { programs })).join()).not.toContain('db/queries');
});

test('a method of the model answers without the column', async () => {
  const model = (body: string) => `class User < ApplicationRecord\n${body}end\n`;
  const method = modified('app/models/user.rb', model(''), model('  def email\n    addresses.first\n  end\n'));
  const programs = { 'lib/mail.rb': 'user.email\n' };
  expect((await messages([dropping('email'), method], { programs })).join()).not.toContain('named');
  const included = [
    modified('app/models/user.rb', model(''), model('  include Reachable\n')),
    added('app/models/concerns/reachable.rb', 'module Reachable\n  def email\n    nil\n  end\nend\n'),
  ];
  expect((await messages([dropping('email'), ...included], { programs })).join()).not.toContain('named');
  const silent = modified('app/models/user.rb', model(''), model('  def phone\n  end\n'));
  expect((await messages([dropping('email'), silent], { programs })).join()).toContain('`lib/mail.rb:1`');
});

test('after a release that ignores the column, what is certain to name it is a notice, and the rest nothing', async () => {
  const projectTexts = {
    'app/models/user.rb': 'class User < ApplicationRecord\n  self.ignored_columns += %w[email]\nend\n',
  };
  const parts = {
    projectTexts,
    programs: { 'lib/tasks/users.rake': rake, 'app/serializers/user_serializer.rb': serializer },
  };
  expect(outline(await reviewed([dropping('email')], parts))).toContain(
    'notice dropped-column-still-named db/migrate/20240101000000_drop.rb:3',
  );
  expect((await messages([dropping('email')], parts)).join()).not.toContain('serializer');
  const likely = { projectTexts, programs: { 'app/serializers/user_serializer.rb': serializer } };
  expect(await messages([dropping('email')], likely)).toEqual([]);
});

test("the class of Django's table is known by its own name, and a key by the field", async () => {
  const migration = added(
    'shop/migrations/0002_x.py',
    'from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [("shop", "0001_initial")]\n    operations = [migrations.RemoveField("order", "customer")]\n',
  );
  const history = {
    'shop/migrations/0001_initial.py':
      'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    initial = True\n    operations = [\n        migrations.CreateModel("Customer", [("id", models.BigAutoField(primary_key=True))]),\n        migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True)), ("customer", models.ForeignKey("shop.Customer", models.CASCADE))]),\n    ]\n',
  };
  const programs = {
    'shop/admin.py':
      'from django.contrib import admin\n\n\n@admin.register(Order)\nclass OrderAdmin(admin.ModelAdmin):\n    list_display = ["id", "customer"]\n',
    'shop/views.py':
      'from .models import Invoice, Order\n\norders = Order.objects.filter(customer_id=1)\ninvoices = Invoice.objects.filter(customer_id=1)\n',
  };
  const [message] = await messages([migration], { history, programs });
  expect(message).toContain('Still named in `shop/views.py:3`; as it seems, also in `shop/admin.py:6`.');
});

import { expect, test } from 'vitest';
import { isOwnPlace, mayName, mayNameBeside, placesFor } from '../../../src/models/mentions/places.ts';

test.each([
  'app/serializers/user_serializer.rb',
  'app/controllers/api/v1/users_controller.rb',
  'app/views/users/show.html.erb',
  'app/admin/users.rb',
  'lib/tasks/users.rake',
  'users/serializers.py',
  'src/user/user.service.ts',
  'src/repositories/UserRepository.ts',
  'src/dto/create-user.dto.ts',
  'db/queries/users.sql',
])('%s is written for users', (path) => {
  expect(mayName(path)).toBe(true);
  expect(isOwnPlace(path, ['user'])).toBe(true);
});

test.each([
  'app/serializers/user_group_serializer.rb',
  'app/controllers/invoices_controller.rb',
  'src/userland/index.ts',
  'lib/tasks/notify_users_by_mail.rake',
])('%s is not', (path) => {
  expect(isOwnPlace(path, ['user'])).toBe(false);
});

test.each([
  'spec/models/user_spec.rb',
  'src/user/user.service.spec.ts',
  'users/tests/test_views.py',
  'users/migrations/0002_x.py',
  'db/migrate/20240101000000_drop_email_of_users.rb',
  'db/schema.rb',
  'web/components/user.ts',
  'src/user.d.ts',
  'docs/users.md',
])('%s is not looked into', (path) => {
  expect(mayName(path)).toBe(false);
});

test('what is written for the rows comes first, then the app, then what has a word of them', () => {
  const paths = [
    'a/notify_users_by_mail.py',
    'shop/admin.py',
    'shop/management/commands/tidy.py',
    'shop/unrelated.py',
    'users/views.py',
    'z/user_service.py',
    'z/order_service.py',
  ];
  expect(placesFor(paths, { rows: ['user'], homes: ['shop/'] })).toEqual([
    'z/user_service.py',
    'users/views.py',
    'shop/admin.py',
    'shop/management/commands/tidy.py',
    'a/notify_users_by_mail.py',
  ]);
});

test('beside the migrations of a framework only its own language and SQL speak to the database', () => {
  const rails = ['db/migrate/1_a.rb'];
  expect(mayNameBeside('app/models/user.rb', rails)).toBe(true);
  expect(mayNameBeside('app/views/users/a.html.erb', rails)).toBe(true);
  expect(mayNameBeside('db/queries/users.sql', rails)).toBe(true);
  expect(mayNameBeside('src/user.ts', rails)).toBe(false);
  expect(mayNameBeside('src/user.ts', ['migrations/1_a.sql'])).toBe(true);
  expect(mayNameBeside('web/src/user.ts', ['store/migration/1_a.sql'])).toBe(false);
  expect(mayNameBeside('web/src/user.ts', ['web/migrations/1_a.sql'])).toBe(true);
});

import { expect, test } from 'vitest';
import { readModels } from '../../src/models/read-models.ts';

const path = 'app/models/notice.rb';

function read(text: string) {
  return readModels({ path, text });
}

test('classes are known by their full names, tables by what they say or by convention', async () => {
  const { classes } = await read(`module Admin
  class Notice < ApplicationRecord
    self.table_name = "notes"
    class Line < Notice
    end
  end
end
class Billing::Account < ::ApplicationRecord
end`);
  expect(classes.map(({ name, superclass, tables }) => ({ name, superclass, tables }))).toEqual([
    { name: 'Admin', superclass: undefined, tables: ['admins'] },
    { name: 'Admin::Notice', superclass: 'ApplicationRecord', tables: ['notes'] },
    { name: 'Admin::Notice::Line', superclass: 'Notice', tables: ['admin_notice_lines', 'lines'] },
    { name: 'Billing::Account', superclass: '::ApplicationRecord', tables: ['billing_accounts', 'accounts'] },
  ]);
  expect(classes[1]?.span).toEqual({ path, startLine: 2, endLine: 2, startColumn: 9, endColumn: 14 });
});

test('associations, ignored columns and declarations are read, also in blocks of a concern', async () => {
  const { classes } = await read(`module Noted
  extend ActiveSupport::Concern
  included do
    has_many :notices, as: :subject
    belongs_to :owner, polymorphic: true
    self.ignored_columns = %w[a b] + [:c]
    serialize :data, JSON
    enum :state, %i[fresh read], prefix: true
    encrypts :email, :phone, deterministic: true
    attribute :price, :decimal, default: 0
  end
end`);
  const [model] = classes;
  expect(model?.associations).toMatchObject([
    { kind: 'has_many', name: 'notices', as: 'subject' },
    { kind: 'belongs_to', name: 'owner', isPolymorphic: true },
  ]);
  expect(model?.ignoredColumns).toEqual(['a', 'b', 'c']);
  expect(model?.declarations.map(({ span: _, ...rest }) => rest)).toEqual([
    { kind: 'serialize', column: 'data', coder: 'JSON' },
    { kind: 'enum', column: 'state', values: { fresh: '0', read: '1' } },
    { kind: 'encrypts', column: 'email', options: 'deterministic: true', readsOld: false },
    { kind: 'encrypts', column: 'phone', options: 'deterministic: true', readsOld: false },
    { kind: 'attribute', column: 'price', type: 'decimal' },
  ]);
});

test('a store is a serialized column, as YAML unless it says otherwise', async () => {
  const { classes } = await read(`class Notice < ApplicationRecord
  store :settings, accessors: [:color], coder: JSON
  store :extras
  store_accessor :parts, :size
end`);
  expect(classes[0]?.declarations.map(({ span: _, ...rest }) => rest)).toEqual([
    { kind: 'serialize', column: 'settings', coder: 'JSON', by: 'store' },
    { kind: 'serialize', column: 'extras', coder: 'YAML', by: 'store' },
  ]);
});

test('a class that says its databases has no table', async () => {
  const { classes } = await read(`class AnimalsRecord < ApplicationRecord
  connects_to database: { writing: :animals, reading: :animals_replica }
end
class Animal < AnimalsRecord
end`);
  expect(classes.map(({ isAbstract }) => isAbstract === true)).toEqual([true, false]);
});

test('columns are named only where nothing else can be meant', async () => {
  const { classes } = await read(`class Notice < ApplicationRecord
  validates :title, presence: true
  scope :old, -> { where(read_at: nil) }
  def label = self[:name]
  def other(user) = user.where(email: 1).name
end`);
  expect(classes[0]?.names.map(({ column }) => column)).toEqual(['title', 'read_at', 'name']);
});

test('what is called on rows is followed through variables and blocks, and not to classes of the file', async () => {
  const { uses } = await read(`class Fill < ActiveRecord::Migration[7.1]
  class Row < ActiveRecord::Base
  end
  def up
    notices = Notice.where(done: false)
    notices.in_batches do |batch|
      batch.each { |notice| notice.user }
    end
    Row.find_each { |row| row.user }
    [1].each { |notice| notice.succ }
  end
end`);
  const names = uses.map(({ model, member }) => `${model}.${member}`);
  expect(names).toContain('Notice.user');
  expect(names).toContain('Notice.done');
  expect(names.filter((each) => each.startsWith('Row') || each.endsWith('succ'))).toEqual([]);
});

test.each([
  ['unfinished', 'class Notice < ApplicationRecord\n  serialize :a, "'],
  ['nested', `class Notice < ApplicationRecord\n  where(${'['.repeat(20_000)}`],
  ['many classes', 'class A < B; '.repeat(5_000)],
  ['long', `# ${'x'.repeat(5_000_000)}`],
])('hostile text is read without an error: %s', async (_, text) => {
  expect((await read(text)).path).toBe(path);
});

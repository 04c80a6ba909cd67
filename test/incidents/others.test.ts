/** Other incidents that were told in public, each with the pattern that its pull request must have shown, and what says it before the merge. */
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { ChangedFile } from '../../src/operations/change.ts';
import type { Configuration } from '../../src/operations/configuration.ts';
import { review } from '../../src/review/review.ts';
import { change, configuration } from '../review/builders.ts';

type Incident = {
  before?: Record<string, string>;
  after: Record<string, string>;
  configuration?: Partial<Configuration>;
  /** Code of the repository that is named after the table. */
  programs?: Record<string, string>;
  said: string[];
  /** A part of a message. */
  tells?: string;
};

const large = (...tables: string[]) => ({
  tables: Object.fromEntries(tables.map((table) => [table, 'large' as const])),
});
const orders = { 'db/migration/V1__orders.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY, note text);\n' };

const incidents: Record<string, Incident> = {
  'GoCardless, 2015: a foreign key to a busy parent stops the API for 15 seconds': {
    after: {
      'db/migration/V2__key.sql':
        'ALTER TABLE payments ADD CONSTRAINT payments_customer FOREIGN KEY (customer_id) REFERENCES customers (id);\n',
    },
    configuration: large('payments', 'customers'),
    said: ['error validating-foreign-key'],
  },
  'Flagsmith, 2021: a migration that had run was edited by hand': {
    before: orders,
    after: { 'db/migration/V1__orders.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL);\n' },
    said: ['error edited-migration'],
  },
  'Flagsmith, 2023: a constraint on a hot table, without a lock timeout': {
    after: { 'db/migration/V2__c.sql': 'ALTER TABLE features ADD CONSTRAINT features_name UNIQUE (name);\n' },
    configuration: { tables: { features: 'hot' } },
    said: ['error added-unique-constraint', 'warning missing-lock-timeout'],
  },
  'Sentry: SQL inside RunSQL goes past the safe operations': {
    after: {
      'shop/migrations/0002_note.py':
        "from django.db import migrations\n\nclass Migration(migrations.Migration):\n    dependencies = [('shop', '0001_initial')]\n    operations = [migrations.RunSQL('ALTER TABLE shop_order ALTER COLUMN total TYPE bigint', migrations.RunSQL.noop)]\n",
    },
    configuration: large('shop_order'),
    said: ['warning column-type-change'],
  },
  'Universe, 2018: an index on a large table, not concurrently': {
    after: {
      'db/migrate/20260101000000_index.rb':
        'class Index < ActiveRecord::Migration[7.1]\n  def change\n    add_index :events, :starts_at\n  end\nend\n',
    },
    configuration: large('events'),
    said: ['error blocking-index-build'],
  },
  'Heroku, 2023, and Intercom, 2024: a key of 32 bits points to one of 64': {
    before: orders,
    after: {
      'db/migration/V2__lines.sql':
        'CREATE TABLE lines (id bigint PRIMARY KEY, order_id integer REFERENCES orders (id));\n',
    },
    said: ['warning foreign-key-type'],
  },
  'GitHub, 2025: a column is dropped that the mapper still names': {
    before: orders,
    after: { 'db/migration/V2__drop.sql': 'ALTER TABLE orders DROP COLUMN note;\n' },
    programs: { 'lib/order_query.rb': 'class OrderQuery\n  def noted\n    Order.where.not(note: nil)\n  end\nend\n' },
    said: ['error drop-column'],
    tells: 'Still named in `lib/order_query.rb:3`.',
  },
  'val.town, 2025: the code that still runs meets a new name': {
    before: orders,
    after: { 'db/migration/V2__rename.sql': 'ALTER TABLE orders RENAME COLUMN note TO remark;\n' },
    said: ['error rename-column'],
  },
  'smsohan, 2019: a column is dropped after five minutes of writing rows': {
    before: orders,
    after: {
      'db/migration/V2__move.sql': "UPDATE orders SET note = '';\nALTER TABLE orders DROP COLUMN note;\n",
    },
    said: ['error drop-column', 'warning unfiltered-write'],
  },
  'thnkandgrow: NOT NULL on a thousand million rows': {
    after: { 'db/migration/V2__required.sql': 'ALTER TABLE orders ALTER COLUMN note SET NOT NULL;\n' },
    configuration: large('orders'),
    said: ['error set-not-null'],
  },
  'basketball-api, 2026: two revisions after one parent': {
    before: {
      'alembic/versions/a1_first.py':
        "from alembic import op\nrevision = 'a1'\ndown_revision = None\n\ndef upgrade():\n    op.execute('CREATE TABLE games (id int)')\n\ndef downgrade():\n    op.drop_table('games')\n",
      'alembic/versions/b1_teams.py':
        "from alembic import op\nrevision = 'b1'\ndown_revision = 'a1'\n\ndef upgrade():\n    op.execute('CREATE TABLE teams (id int)')\n\ndef downgrade():\n    op.drop_table('teams')\n",
    },
    after: {
      'alembic/versions/b2_players.py':
        "from alembic import op\nrevision = 'b2'\ndown_revision = 'a1'\n\ndef upgrade():\n    op.execute('CREATE TABLE players (id int)')\n\ndef downgrade():\n    op.drop_table('players')\n",
    },
    said: ['error several-heads'],
  },
  'Binnacle, 2026: the schema is pushed when the server starts': {
    after: { Dockerfile: 'FROM node:24\nCMD npx prisma db push && node server.js\n' },
    said: ['error schema-past-migrations'],
  },
  'malamsyah: a column is added and filled in one transaction at lunch': {
    before: orders,
    after: {
      'db/migration/V2__fill.sql': "ALTER TABLE orders ADD COLUMN state text;\nUPDATE orders SET state = 'new';\n",
    },
    configuration: large('orders'),
    said: ['error mixed-schema-and-data'],
  },
};

test.each(Object.entries(incidents))('%s', async (_name, incident) => {
  const { before = {}, after, configuration: set = {}, programs, said, tells = '' } = incident;
  const files = Object.entries(after).map(([path, text]): ChangedFile => {
    const standing = before[path];
    return standing === undefined
      ? { path, status: 'added', after: text }
      : { path, status: 'modified', before: standing, after: text };
  });
  const kept = Object.fromEntries(Object.entries(before).filter(([path]) => after[path] === undefined));
  const parts = {
    basePaths: Object.keys(before),
    projectTexts: before,
    history: kept,
    configuration: configuration(set),
    ...(programs && { programs }),
  };
  const { findings } = await review(change(files, parts), rules);
  expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(expect.arrayContaining(said));
  expect(findings.map(({ message }) => message).join('\n')).toContain(tells);
});

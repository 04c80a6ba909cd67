/** What is said of code that a migration runs: one cause once, and corrections with the author's own lines. */
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Finding } from '../../src/report.ts';
import { review } from '../../src/review/review.ts';
import { changeOf } from '../pages.ts';

async function findingsOf(path: string, text: string): Promise<Finding[]> {
  return (await review(changeOf([{ path, text, state: 'after' }]), rules)).findings;
}

function revision(upgrade: string): string {
  return `from alembic import op\nimport sqlalchemy as sa\nfrom shop import db\nfrom shop.models import Order\n\nrevision = "a2"\ndown_revision = "a1"\n\n\ndef upgrade():\n    ${upgrade}\n\n\ndef downgrade():\n    pass\n`;
}

function fill(line: string, more = ''): string {
  return `class Fill < ActiveRecord::Migration[7.1]\n  class Order < ActiveRecord::Base\n  end\n\n  def up\n${more}    Order.find_each { |order| ${line} }\n  end\n\n  def down\n  end\nend\n`;
}

test.each([
  ['Order.query.filter_by(state=None).update({"state": "new"})', 'session.query(Order).filter_by(state=None)'],
  ['db.session.execute(sa.text("SELECT next()"))', 'session.execute(sa.text("SELECT next()"))'],
])('%s is bound to the connection of the migration', async (line, corrected) => {
  const findings = await findingsOf('migrations/versions/a2_x.py', revision(line));
  const [finding] = findings.filter(({ rule }) => rule === 'second-connection');
  expect(finding?.severity).toBe('error');
  expect(finding?.advice).toContain('session = Session(bind=op.get_bind())');
  expect(finding?.advice).toContain(corrected);
});

test('a loop under the lock of a schema statement is said once, as schema and data in one migration', async () => {
  const path = 'db/migrate/20240301000000_fill.rb';
  const write = 'order.update_columns(region: "eu")';
  const alone = await findingsOf(path, fill(write));
  const mixed = await findingsOf(path, fill(write, '    add_column :orders, :region, :string\n'));
  expect(alone.map(({ rule }) => rule)).toEqual(['row-by-row-backfill', 'untested-data-migration']);
  expect(mixed.map(({ rule }) => rule)).toContain('mixed-schema-and-data');
  expect(mixed.map(({ rule }) => rule)).not.toContain('row-by-row-backfill');
});

test('code of the application is named without what it is given, and a dictionary without the method that reads it', async () => {
  const split = revision('op.execute(label_of("a", 1))').replace('import Order', 'import label_of');
  const [finding] = await findingsOf('migrations/versions/a2_x.py', split);
  expect(finding?.message).toMatch(/^The migration uses `label_of` of the application\./);
  const text = `from django.db import migrations\nfrom shop.harbours import old_names\n\n\ndef fill(apps, schema_editor):\n    Port = apps.get_model("shop", "Port")\n    for old, new in old_names.items():\n        Port.objects.filter(name=old).update(name=new)\n\n\nclass Migration(migrations.Migration):\n    dependencies = [("shop", "0001_initial")]\n    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]\n`;
  const django = await findingsOf('shop/migrations/0002_fill.py', text);
  expect(django.find(({ rule }) => rule === 'application-code-in-migration')?.message).toMatch(
    /^The migration uses `shop\.harbours\.old_names` of/,
  );
});

test('a client of Redis that the application has made goes over the network', async () => {
  const cached = revision('redis_client.delete("ports")').replace(
    'shop.models import Order',
    'shop import redis_client',
  );
  const found = (await findingsOf('migrations/versions/a2_x.py', cached)).map(({ rule }) => rule);
  expect(found).toContain('network-call-in-migration');
  expect(found).not.toContain('application-code-in-migration');
});

test('a job that is run at once is code of the application, and not a job', async () => {
  const text =
    'class Fill < ActiveRecord::Migration[7.1]\n  def up\n    FillJob.perform_now\n  end\n\n  def down\n  end\nend\n';
  const findings = await findingsOf('db/migrate/20240301000000_fill.rb', text);
  expect(findings.map(({ rule }) => rule)).toEqual(['application-code-in-migration']);
});

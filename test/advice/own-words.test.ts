/** What the author wrote for the way back, and the function that makes values, stand in what is advised. */
import { expect, test } from 'vitest';
import { batchLoopSql } from '../../src/writers/batch-loop.ts';
import { printed } from '../writers/read-back.ts';
import { configuration, reviewed } from '../review/builders.ts';

async function advised(rule: string, files: Record<string, string>, history: Record<string, string> = {}) {
  const basePaths = Object.keys(history);
  const report = await reviewed(files, { configuration: configuration(), history, projectTexts: history, basePaths });
  return report.findings.find((each) => each.rule === rule)?.advice ?? '';
}

function rails(...lines: string[]): Record<string, string> {
  const body = lines.map((line) => `    ${line}`).join('\n');
  const text = `class Change < ActiveRecord::Migration[7.1]\n  def change\n${body}\n  end\nend\n`;
  return { 'db/migrate/20240201000000_change.rb': text };
}

test('a table that Rails drops comes back from the block of its author', async () => {
  const advice = await advised(
    'drop-table',
    rails('drop_table :logs do |t|', '  t.string :line, limit: 40', '', '  t.timestamps', 'end'),
  );
  expect(advice).toContain(
    'def change\n  drop_table :logs do |t|\n    t.string :line, limit: 40\n\n    t.timestamps\n  end\nend',
  );
});

test('a column that is not known comes back as its author says', async () => {
  const advice = await advised('drop-column', rails('remove_column :users, :age, :integer, default: 3, null: false'));
  expect(advice).toContain('def change\n  remove_column :users, :age, :integer, default: 3, null: false\nend');
});

test('so does an index', async () => {
  const advice = await advised(
    'blocking-index-drop',
    rails('remove_index :users, :email, unique: true, where: "age > 3"'),
  );
  expect(advice).toContain('remove_index :users, :email, unique: true, where: "age > 3", algorithm: :concurrently');
});

const unique = (name: string, before: string, fields: string, code = '') => ({
  [`shop/migrations/${name}.py`]: `import uuid
from django.db import migrations, models
${code}
class Migration(migrations.Migration):
    dependencies = [('shop', '${before}')]
    operations = [
        ${fields}
    ]
`,
});

const initial = {
  'shop/migrations/0001_initial.py': `from django.db import migrations, models
class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(name='Order', fields=[('id', models.BigAutoField(primary_key=True))]),
    ]
`,
};

test('the three files of Django fill old rows by the default of the field', async () => {
  const fill = `def fill(apps, schema_editor):
    for row in apps.get_model('shop', 'Order').objects.all():
        row.key = uuid.uuid4()
        row.save(update_fields=['key'])
`;
  const advice = await advised(
    'backfill-raced-by-writers',
    {
      ...unique(
        '0002_key',
        '0001_initial',
        "migrations.AddField('order', 'key', models.UUIDField(default=uuid.uuid4, null=True)),",
      ),
      ...unique('0003_fill', '0002_key', 'migrations.RunPython(fill),', fill),
      ...unique(
        '0004_unique',
        '0003_fill',
        "migrations.AlterField('order', 'key', models.UUIDField(default=uuid.uuid4, unique=True)),",
      ),
    },
    initial,
  );
  expect(advice).toContain('row.key = uuid.uuid4()');
  expect(advice).toContain('rows.bulk_update(batch, ["key"])');
  expect(advice).toContain('models.UUIDField(null=True, default=uuid.uuid4)');
  expect(advice).not.toContain('works out for the row');
});

test('a function of the application fills them too', async () => {
  const field =
    "migrations.AddField('order', 'key', models.CharField(max_length=40, unique=True, default=shop.models.make_key)),";
  const files = unique('0002_key', '0001_initial', field, 'import shop.models');
  const advice = await advised('unique-column-with-default', files, initial);
  expect(advice).toContain('import shop.models\n');
  expect(advice).toContain('row.key = shop.models.make_key()');
});

test('a file of SQL loops on PostgreSQL, and is left to a script on MySQL', () => {
  const step = { kind: 'fillColumn', table: 'users', column: 'age', value: '0' } as const;
  expect(printed('golang-migrate', [step])).toMatch(
    /^DO \$\$\nBEGIN\n {2}LOOP\n.*\n {4}EXIT WHEN NOT FOUND;\n {4}COMMIT;/,
  );
  expect(printed('golang-migrate', [step], 'mysql')).toContain('by a script and not as a migration');
  expect(batchLoopSql(step, { database: 'postgres', databaseVersion: '10' })?.[0]).toContain('by a script');
});

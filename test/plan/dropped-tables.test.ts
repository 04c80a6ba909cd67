/** A table goes on the road as its author drops it, and as the advice beside the statement does. */
import { expect, test } from 'vitest';
import { configuration, reviewed } from '../review/builders.ts';

test('what the author says of the drop stays', async () => {
  const texts = await migrationsOf('migrations/000002_drop.up.sql', 'DROP TABLE IF EXISTS orders CASCADE;', 'postgres');
  expect(texts).toEqual([expect.stringContaining('DROP TABLE IF EXISTS orders CASCADE;')]);
});

test('versions that SQL Server keeps are let go first', async () => {
  const history = {
    'migrations/000001_base.up.sql':
      'CREATE TABLE orders (id int PRIMARY KEY, a datetime2 GENERATED ALWAYS AS ROW START, b datetime2 GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (a, b)) WITH (SYSTEM_VERSIONING = ON);',
  };
  const texts = await migrationsOf('migrations/000002_drop.up.sql', 'DROP TABLE orders;', 'sqlserver', history);
  expect(texts).toEqual([expect.stringMatching(/SYSTEM_VERSIONING = OFF\);\s+DROP TABLE \[orders\];/)]);
});

test('Django forgets the model one release before', async () => {
  const base = `from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [migrations.CreateModel(name="Order", fields=[("id", models.AutoField(primary_key=True))])]
`;
  const drop = `from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]
    operations = [migrations.DeleteModel("Order")]
`;
  const history = { 'shop/migrations/0001_initial.py': base };
  const texts = await migrationsOf('shop/migrations/0002_drop.py', drop, 'postgres', history);
  expect(texts).toEqual([
    expect.stringMatching(/SeparateDatabaseAndState\([^]*DeleteModel/),
    expect.stringContaining('DROP TABLE shop_order CASCADE;'),
  ]);
});

async function migrationsOf(
  path: string,
  text: string,
  database: 'postgres' | 'sqlserver',
  history: Record<string, string> = {},
): Promise<string[]> {
  const { plan } = await reviewed(
    { [path]: text },
    { configuration: configuration({ database }), history, basePaths: Object.keys(history), projectTexts: history },
  );
  return (
    plan?.roads.flatMap(({ phases }) => phases.flatMap(({ migrations }) => migrations.map((each) => each.text))) ?? []
  );
}

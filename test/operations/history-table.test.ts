import { expect, test } from 'vitest';
import { repeatedInHistory, statedSize } from '../../src/operations/history-table.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { configuration, reviewed } from '../review/builders.ts';

function dropped(table: string, column: string): Operation {
  const span = { path: 'a', startLine: 1, endLine: 1, startColumn: 1, endColumn: 1 };
  return { kind: 'dropColumn', table, column, span, statement: 1 };
}

test('the same change of a table and of its history is told apart from another one', () => {
  const [order, history] = [dropped('shop_order', 'note'), dropped('shop_historicalorder', 'note')];
  expect(repeatedInHistory([history, order])).toEqual(new Set([history]));
  expect(repeatedInHistory([history, dropped('shop_order', 'city')])).toEqual(new Set());
  expect(repeatedInHistory([history])).toEqual(new Set());
  const version = dropped('orders_version', 'note');
  expect(repeatedInHistory([dropped('orders', 'note'), version])).toEqual(new Set([version]));
});

test('a history is at least as large as what it is kept for, unless it is stated by itself', () => {
  const stated = configuration({ tables: { shop_order: 'large', shop_user: 'small', shop_historicaluser: 'hot' } });
  expect(statedSize(stated, 'shop_historicalorder')).toBe('large');
  expect(statedSize(stated, 'shop_historicaluser')).toBe('hot');
  expect(statedSize(stated, 'shop_order')).toBe('large');
  expect(statedSize(stated, 'constructor')).toBe('unknown');
});

const models = (extra: string) => `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [${extra === '' ? '' : '("shop", "0001_initial")'}]
    operations = [${
      extra ||
      `
        migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True)), ("note", models.CharField(max_length=20, null=True))]),
        migrations.CreateModel("HistoricalOrder", [("history_id", models.AutoField(primary_key=True)), ("note", models.CharField(max_length=20, null=True))]),
`
    }]
`;

test('where rows can stop a change, nobody is asked to tear it from that of the history', async () => {
  const alter = (name: string, key: string) =>
    `migrations.AlterField("${name}", "note", models.CharField(max_length=20, null=True, ${key}))`;
  const { findings } = await reviewed(
    {
      'shop/migrations/0002_note.py': models(
        `${alter('historicalorder', 'db_index=True')}, ${alter('order', 'unique=True')}`,
      ),
    },
    {
      history: { 'shop/migrations/0001_initial.py': models('') },
      configuration: configuration({ database: 'mysql', version: '8.4' }),
    },
  );
  const found = findings.find(({ rule }) => rule === 'several-schema-statements');
  expect(found?.advice).toContain('stay together, as the tool writes them');
  expect(found?.advice).not.toContain('One statement to a migration');
});

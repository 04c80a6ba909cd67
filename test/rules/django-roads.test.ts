/** What is advised for Django is followed migration by migration, and nothing more is said of it. */
import { expect, test } from 'vitest';
import type { Finding } from '../../src/report.ts';
import { configuration, reviewed } from '../review/builders.ts';

const initial = `from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[("id", models.BigAutoField(primary_key=True)), ("total", models.IntegerField())],
        ),
    ]
`;

test.each([
  ['a default', 'migrations.AddField("order", "locale", models.CharField(max_length=8, default="en"))', 2],
  ['a unique field', 'migrations.AddField("order", "uuid", models.UUIDField(default=uuid.uuid4, unique=True))', 4],
  ['an index', 'migrations.AddIndex("order", models.Index(fields=["total"], name="order_total_idx"))', 1],
  ['an index of a field', 'migrations.AlterField("order", "total", models.IntegerField(db_index=True))', 1],
  ['a constraint', 'migrations.AddConstraint("order", models.UniqueConstraint(fields=["total"], name="o_total"))', 2],
  ['a volatile default', 'migrations.AddField("order", "key", models.UUIDField(db_default=RandomUUID()))', 5],
  ['a new name', 'migrations.RenameField("order", "total", "sum")', 7],
])('the road to %s', async (_name, operation, length) => {
  const [finding, ...more] = await findingsOf({ '0002_change': written(operation) });
  expect(more).toEqual([]);
  const files = fencesIn(finding?.advice ?? '');
  expect(files).toHaveLength(length);
  for (const [index] of files.entries()) expect(await findingsOf(chain(files.slice(0, index + 1)))).toEqual([]);
});

test('a column is dropped after its field, with the word of the author that no release names it', async () => {
  const [finding] = await findingsOf({ '0002_change': written('migrations.RemoveField("order", "total")') });
  const files = fencesIn(finding?.advice ?? '');
  expect(await findingsOf(chain(files.slice(0, 1)))).toEqual([]);
  expect(await findingsOf(chain(files))).toEqual([]);
});

test('a check of an expression that is not known is asked for in words, and then validated', async () => {
  const check = 'models.CheckConstraint(condition=~models.Q(total=Lower("total")), name="total_is_low")';
  const [finding] = await findingsOf({ '0002_change': written(`migrations.AddConstraint("order", ${check})`) });
  expect(finding?.rule).toBe('validating-check');
  expect(finding?.advice).toContain(
    '(`AddConstraintNotValid` in place of `AddConstraint`).\n\nThen, in the next migration',
  );
  expect(fencesIn(finding?.advice ?? '').join('')).toContain('name="total_is_low"');
});

test('a default that Python works out is not given back as SQL', async () => {
  const field = 'models.CharField(max_length=8, default="a" if settings.IS_OLD else "b")';
  const [finding] = await findingsOf({ '0002_change': written(`migrations.AddField("order", "kind", ${field})`) });
  expect(finding?.rule).toBe('required-column-without-default');
  expect(finding?.advice).not.toContain('settings.IS_OLD');
});

function written(operation: string): string {
  return `import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [${operation}]
`;
}

function fencesIn(advice: string): string[] {
  return [...advice.matchAll(/```python\n(.*?)\n```/gs)].map(([, text = '']) => `${text}\n`);
}

/** Migrations one after the other, with the dependencies that the advice leaves to its reader. */
function chain(files: readonly string[]): Record<string, string> {
  const named = files.map((text, index): [string, string] => {
    const before = index === 0 ? '0001_initial' : `000${index + 1}_change`;
    const line = '# dependencies: as manage.py makemigrations --empty shop writes them';
    expect(text).toContain(line);
    return [`000${index + 2}_change`, text.replace(line, `dependencies = [("shop", "${before}")]`)];
  });
  return Object.fromEntries(named);
}

/** The last one is the change. */
async function findingsOf(files: Record<string, string>): Promise<Finding[]> {
  const all = Object.entries({ '0001_initial': initial, ...files });
  const paths = all.map(([name, text]): [string, string] => [`shop/migrations/${name}.py`, text]);
  const before = Object.fromEntries([['shop/migrations/__init__.py', ''], ...paths.slice(0, -1)]);
  const report = await reviewed(Object.fromEntries(paths.slice(-1)), {
    configuration: configuration(),
    projectTexts: before,
    basePaths: Object.keys(before),
    history: before,
  });
  expect(report.opaque).toEqual([]);
  return report.findings;
}

/** Migrations as Django's own words have them. */
import { describe, expect, test } from 'vitest';
import type { DataType } from '../../src/operations/column.ts';
import { takeBack, type Step } from '../../src/writers/step.ts';
import { writeMigration } from '../../src/writers/write-migration.ts';
import { configuration, reviewed } from '../review/builders.ts';
import { operationsOf, printed, reviewOf, reviewOfSql } from './read-back.ts';
import { steps } from './steps.ts';

const table = 'shop_order';
const integer = { name: 'integer', arguments: [] };
const initial = {
  'shop/migrations/__init__.py': '',
  'shop/migrations/0001_initial.py': `from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[("id", models.BigAutoField(primary_key=True)), ("total", models.IntegerField(null=True))],
        ),
    ]
`,
};

test('an index comes with its import, outside a transaction', () => {
  const index = { name: 'shop_order_total_idx', columns: ['total'], unique: false };
  expect(printed('django', [{ kind: 'createIndex', table, index, concurrently: true }])).toBe(
    `from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    # dependencies: as manage.py makemigrations --empty shop writes them

    atomic = False

    operations = [
        AddIndexConcurrently(
            model_name="order",
            index=models.Index(fields=["total"], name="shop_order_total_idx"),
        ),
    ]`,
  );
});

test('a default that stays is SQL, and the model gets its field all the same', () => {
  const zero = { sql: '0', functions: [], columns: [], known: true };
  const column = { name: 'total', type: integer, nullable: false, default: zero, constraints: [] };
  expect(printed('django', [{ kind: 'addColumn', table, column }])).toBe(
    `from django.db import migrations, models


class Migration(migrations.Migration):
    # dependencies: as manage.py makemigrations --empty shop writes them

    operations = [
        migrations.RunSQL(
            "ALTER TABLE shop_order ADD COLUMN total integer DEFAULT 0 NOT NULL;",
            reverse_sql="ALTER TABLE shop_order DROP COLUMN total;",
            state_operations=[
                migrations.AddField(
                    model_name="order",
                    name="total",
                    # the options that the field has beside these
                    # db_default from Django 5.0 on, which then needs no SQL
                    field=models.IntegerField(default=0),
                ),
            ],
        ),
    ]`,
  );
});

test.each([
  ["'{}'", 'dict'],
  ["'[]'", 'list'],
])('what JSON begins with, %s, is a function of Python', (sql, made) => {
  const value = { sql, functions: [], columns: [], known: true };
  const column = {
    name: 'extra',
    type: { name: 'jsonb', arguments: [] },
    nullable: false,
    default: value,
    constraints: [],
  };
  const text = printed('django', [{ kind: 'addColumn', table, column }]);
  expect(text).toContain(`field=models.JSONField(default=${made})`);
});

test('a backfill is a function that commits batch after batch', () => {
  expect(printed('django', [{ kind: 'fillColumn', table, column: 'total', value: '0' }])).toBe(
    `from django.db import migrations


def fill_total(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute("UPDATE shop_order SET total = 0 WHERE ctid = ANY (ARRAY(SELECT ctid FROM shop_order WHERE total IS NULL LIMIT 5000));")
            if cursor.rowcount == 0:
                break


class Migration(migrations.Migration):
    # dependencies: as manage.py makemigrations --empty shop writes them

    atomic = False

    operations = [
        migrations.RunPython(
            fill_total,
            reverse_code=migrations.RunPython.noop,
        ),
    ]`,
  );
});

test('a backfill is read as a loop, and nothing is said of it', async () => {
  const report = await reviewOf(
    'django',
    printed('django', [{ kind: 'fillColumn', table, column: 'total', value: '0' }]),
    initial,
  );
  expect(report).toMatchObject({ opaque: [], findings: [] });
  expect(operationsOf(report)).toMatchObject([{ kind: 'updateRows', table, columns: ['total'], looped: true }]);
});

test('two backfills are two functions', async () => {
  const text = printed('django', [
    { kind: 'fillColumn', table, column: 'total', value: '0' },
    { kind: 'fillColumn', table, column: 'total', value: '1' },
  ]);
  expect(text).toContain('def fill_total(');
  expect(text).toContain('def fill_total_2(');
  expect(operationsOf(await reviewOf('django', text, initial))).toHaveLength(2);
});

test('the model forgets a column before the database does', async () => {
  const was = { name: 'total', type: integer, nullable: false, constraints: [] };
  const text = printed('django', [{ kind: 'forgetColumn', table, column: 'total', was }]);
  expect(text).toContain('"ALTER TABLE shop_order ALTER COLUMN total DROP NOT NULL;"');
  expect(text).toContain('migrations.RemoveField(');
  const report = await reviewOf('django', text, initial);
  expect(operationsOf(report)).toEqual([{ kind: 'alterColumn', table, column: 'total', nullable: true }]);
  expect(report.findings).toEqual([]);
});

test('a column that may be empty already is forgotten without SQL', async () => {
  const was = { name: 'total', type: integer, nullable: true, constraints: [] };
  const text = printed('django', [{ kind: 'forgetColumn', table, column: 'total', was }]);
  expect(text).toContain('migrations.SeparateDatabaseAndState(');
  expect(text).not.toContain('RunSQL');
});

test('the state follows what was sent as SQL', async () => {
  const type = { name: 'bigint', arguments: [] };
  const step: Step = { kind: 'alterColumn', table, column: 'total', type, was: { type: integer, nullable: true } };
  const text = printed('django', [step]).replace(
    '# dependencies: as manage.py makemigrations --empty shop writes them',
    'dependencies = [("shop", "0001_initial")]',
  );
  const before = { ...initial, 'shop/migrations/0002_change.py': text };
  const next = `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_change")]
    operations = [migrations.AlterField("order", "total", models.BigIntegerField(default=1, null=True))]
`;
  const report = await reviewed(
    { 'shop/migrations/0003_next.py': next },
    { configuration: configuration(), projectTexts: before, basePaths: Object.keys(before) },
  );
  expect(operationsOf(report)).toMatchObject([{ kind: 'noEffect' }]);
});

test.each([
  ['a table of no app', 'legacy_order'],
  ['a table between two models', 'shop_order_tags'],
  ['a table in a schema', 'archive.shop_order'],
])('%s has no model that could be named', (_name, other) => {
  const text = printed('django', [{ kind: 'dropColumn', table: other, column: 'total' }]);
  expect(text).not.toContain('model_name');
  expect(text).toContain('# state_operations: the same for the model, which the name of the table does not tell');
});

test('a column that may stand for a relation is not called a field', () => {
  const column = { name: 'customer_id', type: integer, nullable: true, constraints: [] };
  const text = printed('django', [{ kind: 'addColumn', table, column }]);
  expect(text).toContain('migrations.RunSQL(');
  expect(text).not.toContain('name="customer_id"');
});

test.each([
  ['too long for a model', { name: 'shop_order_total_and_currency_and_more', columns: ['total'] }],
  ['over an expression', { name: 'shop_order_lower', columns: ['(lower(note))'] }],
])('an index %s is SQL', (_name, index) => {
  const text = printed('django', [{ kind: 'createIndex', table, index: { ...index, unique: false } }]);
  expect(text).toContain('migrations.RunSQL(');
});

test('an index is taken away by its name where Django says IF EXISTS, and keeps its class', async () => {
  const index = { name: 'shop_order_tags_gin', columns: ['tags'], unique: false, method: 'gin' };
  const step: Step = { kind: 'dropIndex', table, name: index.name, was: index, concurrently: true, ifExists: true };
  expect(printed('django', [step])).toContain('        RemoveIndexConcurrently(');
  const back = printed('django', takeBack([step]) ?? []);
  expect(back).toContain('from django.contrib.postgres.indexes import GinIndex\n');
  expect(operationsOf(await reviewOf('django', back))).toEqual(operationsOf(await reviewOfSql(takeBack([step]) ?? [])));
});

describe('the way back', () => {
  test.each(Object.entries(steps))('of %s', async (_name, step) => {
    const back = takeBack([step]) ?? [];
    const report = await reviewOf('django', printed('django', back));
    if (back.length === 0) return expect(operationsOf(report)).toEqual([]);
    expect(operationsOf(report)).toMatchObject(operationsOf(await reviewOfSql(back)));
  });
});

describe('types', () => {
  const types: [string, DataType[]][] = [
    ['postgres', typesNamed('boolean bytea date inet integer bigint smallint interval jsonb text uuid')],
    ['mysql', typesNamed('date int bigint smallint json longtext double')],
    ['sqlite', typesNamed('date integer bigint smallint bool datetime real text')],
  ];
  test.each(types)('of %s', async (database, list) => {
    for (const type of [...list, { name: 'varchar', arguments: [40] }]) {
      const column = { name: 'note', type, nullable: true, constraints: [] };
      const target = database === 'mysql' ? 'mysql' : database === 'sqlite' ? 'sqlite' : 'postgres';
      const text = printed('django', [{ kind: 'addColumn', table, column }], target);
      expect(text, type.name).toContain('migrations.AddField(');
      expect(operationsOf(await reviewOf('django', text, {}, target))).toMatchObject([{ column: { type } }]);
    }
  });
});

test('a backslash at the end of a name swallows no quote', async () => {
  const report = await reviewOf('django', printed('django', [{ kind: 'dropColumn', table, column: 'a\\' }]));
  expect(operationsOf(report)).toMatchObject([{ kind: 'dropColumn', table }]);
});

function typesNamed(names: string): DataType[] {
  return names.split(' ').map((name) => ({ name, arguments: [] }));
}

test.each(['a"b', "a'b", 'a\nimport os', 'a{}', 'a%s', 'a"""b', '%(x)s', 'a\u2028b'])(
  'the name %j breaks out of no string',
  async (name) => {
    const list: Step[] = [
      { kind: 'addColumn', table, column: { name, type: integer, nullable: true, constraints: [] } },
      { kind: 'dropColumn', table: name, column: name },
      { kind: 'validateConstraint', table, name },
      { kind: 'createIndex', table, index: { name, columns: [name], unique: true } },
    ];
    const report = await reviewOf('django', printed('django', list));
    expect(report.opaque).toEqual([]);
    expect(operationsOf(report)).toEqual(operationsOf(await reviewOfSql(list)));
  },
);

test('an index that Django alone can say is built as its author declared it', () => {
  const declaration = 'models.Index(Lower("note").desc(), "total", name="order_note_idx", condition=Q(total__gt=1))';
  const index = { name: 'order_note_idx', columns: ['(LOWER(note))', 'total'], unique: false, declaration };
  const text = printed('django', [{ kind: 'createIndex', table, index, concurrently: true }]);
  expect(text).toContain('from django.db.models import Q\n');
  expect(text).toContain('from django.db.models.functions import Lower\n');
  expect(text).toContain(`index=${declaration},`);
});

test('one with a function of the project is left to its author', () => {
  const declaration = 'models.Index(shortened("note"), name="order_note_idx")';
  const index = { name: 'order_note_idx', columns: ['(shortened)'], unique: false, declaration };
  const target = { framework: 'django', path: 'shop/migrations/0002_x.py', database: 'postgres' } as const;
  expect(writeMigration(target, [{ kind: 'createIndex', table, index }])).toBeUndefined();
});

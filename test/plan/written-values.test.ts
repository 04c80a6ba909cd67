/** The backfills of a plan write what the change itself writes. */
import { expect, test } from 'vitest';
import { configuration, reviewed } from '../review/builders.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY, email text, n int, kind text);\n';

async function background(files: Record<string, string>, history: Record<string, string>): Promise<string> {
  const { plan } = await reviewed(files, {
    history,
    basePaths: Object.keys(history),
    projectTexts: history,
    configuration: configuration({ database: 'postgres', version: '16' }),
  });
  const phases = plan?.roads.flatMap((road) => road.phases).filter((phase) => phase.when === 'background') ?? [];
  return phases.flatMap(({ migrations, verify }) => [...migrations.map(({ text }) => text), verify?.sql]).join('\n');
}

function bySql(...statements: string[]): Promise<string> {
  const text = statements.map((each) => `${each};\n`).join('');
  return background({ 'db/migration/V2__b.sql': text }, { 'db/migration/V1__a.sql': users });
}

const add = 'ALTER TABLE users ADD COLUMN low text';

test('the expression of the author and the rows that it is for are kept', async () => {
  const text = await bySql(
    add,
    'UPDATE users u SET low = u.email',
    'UPDATE users SET low = lower(email) WHERE n > 3 OR n IS NULL',
  );
  expect(text).toContain(
    'SET low = lower(email) WHERE ctid = ANY (ARRAY(SELECT ctid FROM users WHERE low IS NULL AND lower(email) IS NOT NULL AND (n > 3 OR n IS NULL) LIMIT 5000))',
  );
});

test('an expression that cannot be said again stands as a comment in its place', async () => {
  expect(await bySql(add, 'UPDATE users u SET low = u.email')).toContain(
    'SET low = /* the value that V2__b.sql line 2 works out for the row */ WHERE',
  );
});

test('a copy leaves out the rows in which the other column is NULL', async () => {
  expect(await bySql(add, 'UPDATE users SET low = email WHERE low IS NULL')).toContain(
    'WHERE low IS NULL AND email IS NOT NULL LIMIT',
  );
});

test('a column that becomes required may hold NULL nowhere, whatever the author leaves out', async () => {
  const text = await bySql(add, 'UPDATE users SET low = email', 'ALTER TABLE users ALTER COLUMN low SET NOT NULL');
  expect(text).toContain('SELECT count(*) FROM users WHERE low IS NULL;');
});

test('values that are there are written over until none differs', async () => {
  expect(await bySql("UPDATE users SET kind = 'x'")).toContain("WHERE kind IS DISTINCT FROM 'x' LIMIT");
});

test('what is made of the column itself is not printed: nothing tells which rows are done', async () => {
  expect(await bySql('UPDATE users SET n = n + 1')).not.toContain('UPDATE');
  expect(await bySql("UPDATE users SET kind = 'x'", "UPDATE users SET kind = 'y' WHERE n > 3")).not.toContain('UPDATE');
});

test('update_all of Rails says its expression and its conditions', async () => {
  const text = await background(
    {
      'db/migrate/20240101000000_b.rb': `class B < ActiveRecord::Migration[7.1]
  def up
    add_column :users, :low, :string
    User.where.not(email: nil).update_all("low = lower(email)")
  end
end
`,
    },
    {
      'db/migrate/20200101000000_a.rb': `class A < ActiveRecord::Migration[7.1]
  def change
    create_table(:users) { |t| t.string :email }
  end
end
`,
    },
  );
  expect(text).toContain('batch.update_all("low = lower(email)")');
  expect(text).toContain('.where("\\"email\\" IS NOT NULL")');
});

test("F() and functions of Django's ORM are said in SQL, a loop over rows is not", async () => {
  const text = await background(
    {
      'shop/migrations/0002_b.py': `from django.db import migrations, models
from django.db.models.functions import Lower


def fill(apps, schema_editor):
    User = apps.get_model("shop", "User")
    User.objects.update(low=Lower("email"))
    for user in User.objects.all():
        user.slug = slugify(user.email)
        user.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_a")]
    operations = [
        migrations.AddField("user", "low", models.CharField(max_length=50, null=True)),
        migrations.AddField("user", "slug", models.CharField(max_length=50, null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
`,
    },
    {
      'manage.py': '',
      'shop/migrations/__init__.py': '',
      'shop/migrations/0001_a.py': `from django.db import migrations, models


class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("User", [
            ("id", models.BigAutoField(primary_key=True)),
            ("email", models.CharField(max_length=50)),
        ]),
    ]
`,
    },
  );
  expect(text).toContain('SET low = LOWER("email") WHERE');
  expect(text).toContain('SET slug = /* the value that 0002_b.py line 10 works out for the row */ WHERE');
});

test('an index is a phase with the query for one that is invalid', async () => {
  const { plan } = await reviewed(
    { 'db/migration/V2__b.sql': 'CREATE INDEX users_email ON users (email);\n' },
    {
      history: { 'db/migration/V1__a.sql': users },
      basePaths: ['db/migration/V1__a.sql'],
      configuration: configuration({ database: 'postgres', version: '16' }),
    },
  );
  expect(plan?.phases).toBe(1);
  expect(plan?.roads[0]?.phases[0]).toMatchObject({
    when: 'before',
    verify: { expect: 'no row: one that is listed is invalid' },
  });
  expect(plan?.roads[0]?.phases[0]?.migrations[0]?.text).toContain('CREATE INDEX CONCURRENTLY users_email');
});

from django.db import migrations, models


FORWARD = """
    CREATE INDEX CONCURRENTLY people_name
    ON people (name);
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.RunSQL("ALTER TABLE people ADD COLUMN a integer; ALTER TABLE people ADD COLUMN b integer;", migrations.RunSQL.noop),
        migrations.RunSQL(["DROP TABLE old_one", ("UPDATE people SET name = %s WHERE name LIKE 'x%%'", ["x"])], reverse_sql=[]),
        migrations.RunSQL(sql=FORWARD, reverse_sql=""),
        migrations.RunSQL(f"DROP TABLE {table_name}", ""),
        migrations.RunSQL(migrations.RunSQL.noop, migrations.RunSQL.noop),
        migrations.RunSQL(read("up.sql"), ""),
    ]

from django.db import connection, migrations


def by_hand(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE INDEX people_age ON people (age)")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people SET age = %s WHERE age IS NULL", [1])
        while cursor.rowcount:
            cursor.execute("DELETE FROM people WHERE id IN (SELECT id FROM people LIMIT 10)")
        cursor.execute(f"DROP TABLE {cursor}_table")
    in_batches(schema_editor.connection.cursor())
    schema_editor.alter_db_table(None, "a", "b")


def in_batches(cursor):
    for step in range(10):
        cursor.execute("UPDATE people SET note = '' WHERE id > 0")


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.RunPython(by_hand, migrations.RunPython.noop),
    ]

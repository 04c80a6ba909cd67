from django.db import connections, migrations


def copy(apps, schema_editor):
    legacy = connections["legacy"]
    if legacy.vendor == "mysql":
        schema_editor.execute("UPDATE shop_order SET state = '1'")


class Migration(migrations.Migration):
    dependencies = [("shop", "0037_before")]
    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]

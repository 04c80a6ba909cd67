from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("ALTER TABLE people DROP COLUMN note", migrations.RunSQL.noop),
                migrations.AlterField("customer", "age", models.BigIntegerField(null=True)),
            ],
            state_operations=[migrations.RemoveField("customer", "note")],
        ),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Order")]),
    ]

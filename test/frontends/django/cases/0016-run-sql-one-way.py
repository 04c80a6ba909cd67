from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE people ADD COLUMN rank integer",
            state_operations=[migrations.AddField("customer", "rank", models.IntegerField(null=True))],
        ),
        migrations.AlterField("customer", "rank", models.IntegerField(null=True, help_text="Now it is known")),
    ]

from django.db import migrations, models

from triggers import AddTrigger


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        AddTrigger("order", "audit"),
        migrations.AlterField("order", "year", models.IntegerField()),
        migrations.AlterField("customer", "age", models.PositiveIntegerField(null=True, help_text="Years")),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterField("customer", "name", models.CharField(max_length=100, default="", blank=True)),
        migrations.AlterField("order", "year", models.BigIntegerField(null=True)),
        migrations.AlterField("customer", "age", models.PositiveIntegerField()),
    ]

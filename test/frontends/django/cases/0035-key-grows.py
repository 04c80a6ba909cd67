from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterField("customer", "id", models.UUIDField(primary_key=True)),
        migrations.AlterField("customer", "age", models.IntegerField(null=True)),
        migrations.AlterField("order", "year", models.PositiveIntegerField()),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterField("customer", "name", models.CharField(max_length=50, blank=True)),
        migrations.AlterField("customer", "age", models.PositiveIntegerField(db_default=18)),
    ]

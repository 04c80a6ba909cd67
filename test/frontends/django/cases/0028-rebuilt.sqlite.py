from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AddField("customer", "is_active", models.BooleanField(default=True)),
        migrations.AddField("customer", "phone", models.CharField(max_length=30, null=True)),
        migrations.AlterField("customer", "age", models.BigIntegerField(null=True)),
    ]

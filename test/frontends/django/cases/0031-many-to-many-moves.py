from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterField("order", "tags", models.ManyToManyField(to="labels.Label")),
        migrations.RenameField("order", "tags", "labels"),
    ]

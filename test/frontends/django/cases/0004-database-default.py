from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AddField("customer", "is_active", models.BooleanField(db_default=True, default=True)),
        migrations.AddField("customer", "since", models.DateTimeField(db_default=Now())),
        migrations.AddField("order", "area", models.GeneratedField(
            expression=models.F("total") * 2,
            output_field=models.DecimalField(max_digits=12, decimal_places=2),
            db_persist=True,
        )),
    ]

from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from other.constraints import OtherConstraint


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AddConstraint("order", models.CheckConstraint(check=models.Q(total__gte=0), name="total_positive")),
        migrations.AddConstraint("order", models.UniqueConstraint(fields=["customer", "number"], name="order_once")),
        AddConstraintNotValid("order", models.CheckConstraint(condition=models.Q(year__gt=1999), name="year_recent")),
        ValidateConstraint("order", "year_recent"),
        migrations.RemoveConstraint("order", "one_open_order"),
        migrations.RemoveConstraint("order", "order_once"),
        migrations.AddConstraint("order", OtherConstraint(name="other")),
    ]

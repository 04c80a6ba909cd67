from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AddIndex("order", models.Index(fields=["customer", "-year"], name="order_customer_year")),
        migrations.RemoveIndex("order", "order_placed_idx"),
        AddIndexConcurrently("order", GinIndex(fields=["number"], name="order_number_gin")),
        RemoveIndexConcurrently("order", "order_number_gin"),
        migrations.RenameIndex("order", new_name="order_cy", old_name="order_customer_year"),
        migrations.AddIndex("order", models.Index(models.F("year"), Lower("number"), name="order_lower", condition=models.Q(total__gt=1))),
    ]

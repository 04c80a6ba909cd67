from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AddField("customer", "is_active", models.BooleanField(default=True)),
        migrations.AddField("customer", "remark", models.TextField(default="")),
        migrations.AddField("order", "courier", models.ForeignKey(null=True, on_delete=models.SET_NULL, to="shop.customer")),
        migrations.AlterField("customer", "name", models.CharField(max_length=100, default="")),
        migrations.RemoveField("order", "customer"),
        migrations.RemoveIndex("order", "order_placed_idx"),
    ]

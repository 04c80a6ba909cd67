from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="customer",
            name="name",
            field=models.CharField(
                blank=True, choices=[("a", "A")], default="x", help_text="Full name", max_length=50, null=True, verbose_name="name"
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="customer",
            field=models.ForeignKey(on_delete=models.PROTECT, related_name="orders", to="shop.Customer"),
        ),
        migrations.AlterModelOptions("customer", {"ordering": ["name"]}),
        migrations.AlterModelManagers("customer", []),
    ]

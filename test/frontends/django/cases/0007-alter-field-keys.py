from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterField("order", "customer", models.ForeignKey(null=True, on_delete=models.CASCADE, to="shop.customer")),
        migrations.AlterField("customer", "email", models.EmailField(db_index=True)),
        migrations.AlterField("customer", "city", models.CharField(max_length=40)),
        migrations.AlterField("order", "number", models.CharField(max_length=20, unique=True)),
        migrations.AlterField("order", "total", models.DecimalField(db_column="sum", decimal_places=2, max_digits=10)),
    ]

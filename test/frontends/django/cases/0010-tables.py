from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterModelTable("order", "sales_order"),
        migrations.AlterUniqueTogether("order", {("number", "customer")}),
        migrations.AlterIndexTogether("order", [["year", "number"]]),
        migrations.AlterUniqueTogether(name="order", unique_together=set()),
        migrations.AlterOrderWithRespectTo("order", "customer"),
        migrations.AlterModelTableComment("order", "What was sold"),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.RemoveField("order", "customer"),
        migrations.RemoveField("order", "tags"),
        migrations.RenameField("customer", "city", "town"),
        migrations.RenameModel("Customer", "Client"),
        migrations.RenameModel("Order", "Purchase"),
        migrations.DeleteModel("Purchase"),
    ]

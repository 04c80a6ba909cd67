from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.RenameModel(old_name="Customer", new_name="Client"),
        migrations.RenameModel(old_name="Order", new_name="Purchase"),
        migrations.RemoveField(model_name="purchase", name="customer"),
    ]

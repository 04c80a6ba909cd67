from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0020_one"), ("shop", "0020_other")]

    operations = []

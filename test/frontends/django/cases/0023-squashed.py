from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("shop", "0002_a"), ("shop", "0003_b")]
    dependencies = [("shop", "0001_initial")]
    operations = []

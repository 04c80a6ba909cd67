from django.db import migrations
from django.db.models.signals import post_migrate

from .tasks.fill import fill_orders


def later(apps, schema_editor):
    def on_done(sender, **kwargs):
        fill_orders.delay()

    post_migrate.connect(on_done, weak=False)


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.RunPython(later, migrations.RunPython.noop),
    ]

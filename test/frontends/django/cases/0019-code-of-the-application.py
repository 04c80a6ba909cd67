from functools import partial

import requests
from django.db import migrations

from shop.models import Order
from shop.repair import count_orders, repair_orders
from shop.tasks import send_mails


def tell(apps, schema_editor):
    count_orders()
    send_mails.delay()
    requests.post("https://example.com")
    Order.objects.filter(year=1).update(year=2)


def rename(old, apps, schema_editor):
    apps.get_model("shop", "Customer").objects.filter(name=old).delete()


def nothing(apps, schema_editor):
    print("nothing")


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.RunPython(tell, elidable=True),
        migrations.RunPython(repair_orders, reverse_code=repair_orders),
        migrations.RunPython(lambda apps, editor: apps.get_model("shop", "Order").objects.all().delete()),
        migrations.RunPython(partial(rename, "old"), migrations.RunPython.noop),
        migrations.RunPython(code=nothing, reverse_code=nothing),
        migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
    ]

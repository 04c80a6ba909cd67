from django.db import migrations, models


def fill(apps, schema_editor):
    Customer = apps.get_model("shop", "Customer")
    Order = apps.get_model("shop.Order")
    Customer.objects.filter(name=None).update(name="", note="x")
    Customer.objects.all().update(city="")
    for customer in Customer.objects.iterator():
        customer.name = customer.email
        customer.save()
    for customer in Customer.objects.filter(age=1):
        customer.save(update_fields=["age"])
    Order.objects.bulk_create([Order(number="1")])
    Order.objects.bulk_update([], ["year", "total"])
    old = Order.objects.exclude(year=2024)
    old.delete()
    Order(number="2").save()
    Customer.objects.get_or_create(email="a@b.c")


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

from django.db import connection, migrations


def fill(apps, schema_editor):
    Order = apps.get_model("shop", "Order")
    Order.objects.filter(state="").update(state="new")
    if not Order.objects.filter(note="").exists():
        return
    Order.objects.filter(note="").update(note=None)


def skip_some(apps, schema_editor):
    Order = apps.get_model("shop", "Order")
    for order in Order.objects.all():
        if order.paid:
            continue
        order.state = "open"
        order.save(update_fields=["state"])
    Order.objects.filter(state="lost").delete()


def by_database(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("UPDATE shop_order SET state = lower(state)")
    if connection.vendor in ("mysql", "sqlite"):
        schema_editor.execute("UPDATE shop_order SET state = '1'")
    elif not connection.vendor == "oracle":
        schema_editor.execute("UPDATE shop_order SET state = '2'")
    else:
        schema_editor.execute("UPDATE shop_order SET state = '3'")


def elsewhere(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("UPDATE shop_order SET state = '4'")


def refuses(apps, schema_editor):
    Order = apps.get_model("shop", "Order")
    if Order.objects.filter(state="broken").exists():
        raise ValueError("broken orders")
    Order.objects.filter(state="a").update(state="b")
    return
    Order.objects.filter(state="b").update(state="c")


class Migration(migrations.Migration):
    dependencies = [("shop", "0036_before")]
    operations = [
        migrations.RunPython(fill),
        migrations.RunPython(skip_some),
        migrations.RunPython(by_database),
        migrations.RunPython(elsewhere),
        migrations.RunPython(refuses),
    ]

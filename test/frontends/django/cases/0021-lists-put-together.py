from django.db import migrations, models


EXTRA = (migrations.AddField("customer", "e", models.IntegerField(null=True)),)


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    columns = [migrations.AddField("customer", "a", models.IntegerField(null=True))]
    if settings.LARGE:
        columns.append(migrations.AddField("customer", "b", models.IntegerField(null=True)))

    operations = columns + [migrations.AddField("customer", "c", models.IntegerField(null=True))]
    operations += [migrations.AddField("customer", "d", models.IntegerField(null=True))]
    operations.extend([*EXTRA])
    for name in ["f", "g"]:
        operations.append(migrations.AddField("customer", name, models.IntegerField(null=True)))

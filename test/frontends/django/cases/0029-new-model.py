from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Shelf",
            fields=[
                ("code", models.CharField(max_length=10, unique=True)),
                ("parent", models.ForeignKey("self", null=True, on_delete=models.CASCADE)),
                ("friends", models.ManyToManyField("self")),
                ("members", models.ManyToManyField("shop.Customer", through="shop.Membership")),
                ("kind", models.ForeignKey("contenttypes.ContentType", models.CASCADE, db_index=False, db_constraint=False)),
                ("owner", GenericForeignKey("kind", "code")),
                ("labels", ArrayField(models.CharField(max_length=5), default=list)),
            ],
            options={
                "indexes": [models.Index(fields=["parent", "code"], name="shelf_idx")],
                "constraints": [models.CheckConstraint(condition=models.Q(code__gt=""), name="shelf_code")],
            },
            bases=(models.Model,),
        ),
        migrations.AddField("shelf", "height", models.IntegerField(default=1)),
    ]

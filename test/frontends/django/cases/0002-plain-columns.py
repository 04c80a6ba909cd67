from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AddField("customer", "phone", models.CharField(max_length=30, null=True)),
        migrations.AddField("order", "courier", models.ForeignKey(null=True, on_delete=models.SET_NULL, to="shop.customer")),
        migrations.AddField("order", "watchers", models.ManyToManyField(to="shop.customer")),
        migrations.AddField("order", "slug", models.SlugField(null=True)),
    ]

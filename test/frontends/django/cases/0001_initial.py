from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import uuid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(unique=True)),
                ("name", models.CharField(blank=True, max_length=50, null=True)),
                ("note", models.TextField(blank=True)),
                ("age", models.PositiveIntegerField(null=True)),
                ("city", models.CharField(db_index=True, max_length=40)),
            ],
            options={"db_table": "people", "verbose_name": "customer"},
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True)),
                ("number", models.CharField(max_length=20)),
                ("year", models.IntegerField()),
                ("total", models.DecimalField(decimal_places=2, max_digits=10)),
                ("placed_at", models.DateTimeField(auto_now_add=True)),
                ("customer", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="shop.customer")),
                ("clerk", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
                ("tags", models.ManyToManyField(to="shop.Customer", related_name="+")),
            ],
            options={"unique_together": {("number", "year")}},
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["-placed_at"], name="order_placed_idx"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                fields=["customer"], condition=models.Q(total__gt=0), name="one_open_order"
            ),
        ),
    ]

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="is_active",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="customer",
            name="token",
            field=models.UUIDField(default=uuid.uuid4, unique=True),
        ),
        migrations.AddField(model_name="customer", name="remark", field=models.TextField(blank=True)),
        migrations.AddField(model_name="customer", name="seen_at", field=models.DateTimeField(auto_now=True)),
        migrations.AddField(model_name="customer", name="tag", field=models.JSONField(default=dict)),
    ]

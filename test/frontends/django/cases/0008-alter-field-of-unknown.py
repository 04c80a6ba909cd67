from django.db import migrations, models
from phones.fields import PhoneField


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.AlterField("parcel", "weight", models.IntegerField()),
        migrations.AlterField("customer", "name", PhoneField(max_length=50, null=True)),
    ]

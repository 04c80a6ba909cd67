from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        migrations.CreateModel("Report", [("id", models.IntegerField(primary_key=True))], options={"managed": False, "db_table": "report"}),
        migrations.CreateModel("Guest", [], options={"proxy": True}, bases=("shop.customer",)),
        migrations.AddField("report", "line", models.TextField()),
        migrations.DeleteModel("Guest"),
    ]

from django.contrib.postgres.operations import CreateCollation, CreateExtension, RemoveCollation, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_initial")]

    operations = [
        TrigramExtension(),
        CreateExtension("postgis"),
        CreateCollation("german", provider="icu", locale="de"),
        RemoveCollation("german", provider="icu", locale="de"),
    ]

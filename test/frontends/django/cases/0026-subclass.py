from django.db.migrations import AddField, Migration as Base
from django.db.models import IntegerField


class Migration(Base):
    dependencies = [("shop", "0001_initial")]
    atomic = False
    operations = [AddField("customer", "rank", IntegerField(null=True))]

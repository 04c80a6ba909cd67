from django.db import migrations

wanted = migrations.Migration

"""The table in which limits are counted (accounts.limits)."""

from django.core.management import call_command
from django.db import migrations

TABLE = "limits"


def make_table(apps, schema_editor):
    # What a cache table looks like is Django's to say.
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make_table, drop_table)]

"""What needs the database says so in a sentence where it has not been made yet."""

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def must_be_prepared() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        name = connection.settings_dict["NAME"]
        raise CommandError(f"The database {name} is not prepared. Run: python manage.py prepare")

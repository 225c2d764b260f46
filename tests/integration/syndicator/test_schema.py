# SPDX-License-Identifier: EUPL-1.2
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from syndicator.store.tables import SCHEMA, metadata


def test_the_migrated_schema_is_the_declared_one(service):
    options = {
        "include_schemas": True,
        "version_table_schema": SCHEMA,
        "include_name": lambda name, kind, _parents: kind != "schema" or name == SCHEMA,
    }
    with service.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(service):
    service.migrate()

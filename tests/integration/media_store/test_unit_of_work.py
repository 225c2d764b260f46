# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL keeps the contract of the unit of work."""

import threading
from functools import partial

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from communique import db
from communique.errors import Unavailable
from communique.events.envelope import EventType
from media_store.store.tables import METADATA, OUTBOX, SCHEMA
from media_store.store.unit_of_work import unit_of_work
from media_store.testing.builders import an_asset
from media_store.testing.contracts import MINUTE, UnitOfWorkContract, keep


@pytest.fixture
def engine(database_url):
    engine = db.engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def open_unit(engine):
    return partial(unit_of_work, engine)


class TestSqlUnitOfWork(UnitOfWorkContract):
    @pytest.fixture
    def events(self, engine):
        def committed():
            with db.transaction(engine) as connection:
                rows = connection.execute(select(OUTBOX).order_by(OUTBOX.c.position)).all()
            return [(EventType(row.type), row.key) for row in rows]

        return committed


def test_the_migrations_make_the_declared_tables(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _: kind != "schema" or name == SCHEMA,
                "version_table_schema": SCHEMA,
            },
        )
        assert compare_metadata(context, METADATA) == []


def test_workers_at_the_same_time_claim_different_assets(open_unit):
    keep(open_unit, *(an_asset() for _ in range(8)))
    barrier = threading.Barrier(4)
    claims = []

    def work():
        barrier.wait()
        for _ in range(3):
            with open_unit() as unit:
                claims.append(unit.assets.claim(MINUTE))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    taken = [claim.asset.id for claim in claims if claim]
    assert len(taken) == len(set(taken)) == 8


def test_a_database_that_is_away_is_unavailable():
    engine = db.engine("postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(Unavailable), unit_of_work(engine):
        pass
    engine.dispose()

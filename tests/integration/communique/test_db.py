# SPDX-License-Identifier: EUPL-1.2
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from communique import db

ENV = """
from communique import db
from sqlalchemy import Column, Integer, Table
metadata = db.metadata("sample")
Table("things", metadata, Column("id", Integer, primary_key=True))
db.run_migrations(metadata)
"""
FIRST = """
import sqlalchemy as sa
from alembic import op
revision = "0001"
down_revision = None
def upgrade():
    op.execute("SELECT pg_sleep(0.3)")
    op.create_table("things", sa.Column("id", sa.Integer, primary_key=True), schema="sample")
"""
BROKEN = """
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    op.create_table("more", sa.Column("id", sa.Integer, primary_key=True), schema="sample")
    op.execute("SELECT 1 / 0")
"""


@pytest.fixture
def migrations(tmp_path):
    (tmp_path / "versions").mkdir()
    (tmp_path / "env.py").write_text(ENV)
    (tmp_path / "versions" / "0001_things.py").write_text(FIRST)
    return tmp_path


def tables_of(engine):
    query = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'sample'"
    with engine.connect() as connection:
        return set(connection.scalars(text(query)))


def end_other_connections(url):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def notify(url, channel, payload):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_notify(%s, %s)", (channel, payload))


def test_a_schema_is_made_with_its_own_table_of_revisions(engine, postgres_url, migrations):
    db.migrate(postgres_url, "sample", str(migrations))
    assert tables_of(engine) == {"things", "alembic_version"}


def test_migrating_again_changes_nothing(engine, postgres_url, migrations):
    db.migrate(postgres_url, "sample", str(migrations))
    db.migrate(postgres_url, "sample", str(migrations))
    assert tables_of(engine) == {"things", "alembic_version"}


def test_several_callers_at_once_wait_for_one_another(engine, postgres_url, migrations):
    with ThreadPoolExecutor() as pool:
        # one alembic environment is a process-wide thing; callers are processes in real life
        blocker = psycopg.connect(postgres_url)
        blocker.execute("SELECT pg_advisory_xact_lock(%s)", (db._number("migrate:sample"),))
        waiting = pool.submit(db.migrate, postgres_url, "sample", str(migrations))
        time.sleep(0.5)
        assert not waiting.done()
        assert tables_of(engine) == set()
        blocker.close()
        waiting.result(10)
    assert tables_of(engine) == {"things", "alembic_version"}


def test_a_migration_that_fails_leaves_everything_as_it_was(engine, postgres_url, migrations):
    db.migrate(postgres_url, "sample", str(migrations))
    (migrations / "versions" / "0002_broken.py").write_text(BROKEN)
    with pytest.raises(DBAPIError):
        db.migrate(postgres_url, "sample", str(migrations))
    assert tables_of(engine) == {"things", "alembic_version"}


def test_a_transaction_is_committed_at_the_end_and_rolled_back_on_an_error(engine, outbox):
    def change_and_fail():
        with db.transaction(engine) as connection:
            connection.exec_driver_sql("CREATE TABLE sample.lost ()")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    with db.transaction(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE sample.kept ()")
    assert {"kept"} == tables_of(engine) & {"kept", "lost"}


def test_now_is_the_moment_and_not_the_start_of_the_transaction(engine):
    with engine.connect() as connection:
        first, second = db.now(connection), db.now(connection)
    assert first < second
    assert first.utcoffset() == UTC.utcoffset(None)


def test_the_pool_survives_a_restarted_server(engine, postgres_url):
    db.ready(engine)
    end_other_connections(postgres_url)
    db.ready(engine)


def test_a_server_that_is_away_is_not_ready():
    away = db.engine("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(OperationalError):
        db.ready(away)


def test_a_lease_has_one_holder_at_a_time(engine):
    with db.lease(engine, "relay") as first, db.lease(engine, "relay") as second:
        assert first.held
        assert not second.held
        with db.lease(engine, "scheduler") as other:
            assert other.held
    with db.lease(engine, "relay") as third:
        assert third.held


def test_a_lease_is_given_back_after_an_error(engine):
    with pytest.raises(DBAPIError), db.lease(engine, "relay") as first:
        first.connection.exec_driver_sql("SELECT 1 / 0")
    with db.lease(engine, "relay") as second:
        assert second.held


def test_a_lease_ends_with_its_connection_and_its_work_fails(engine, postgres_url):
    def work_on():
        with db.lease(engine, "relay") as first:
            end_other_connections(postgres_url)
            with db.lease(engine, "relay") as second:
                assert first.held
                assert second.held
            first.connection.execute(select(1))

    with pytest.raises(DBAPIError):
        work_on()


class Listener:
    """Listens in a thread; keeps what it heard."""

    def __init__(self, url, quiet=0.2):
        self.heard = []
        self.lost = 0
        self.stop = threading.Event()
        self._url, self._quiet = url, quiet
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _lose(self):
        self.lost += 1

    def _run(self):
        for payload in db.listen(
            self._url, ["changes"], self.stop, quiet=self._quiet, lost=self._lose
        ):
            self.heard.append(payload)

    def __enter__(self):
        self._thread.start()
        self.until(lambda: self.heard)
        return self

    def __exit__(self, *_):
        self.stop.set()
        self._thread.join(5)
        assert not self._thread.is_alive()

    def until(self, condition):
        end = time.monotonic() + 8
        while not condition():
            assert time.monotonic() < end, self.heard
            time.sleep(0.02)


def test_notifications_arrive_at_once_and_in_order(postgres_url):
    with Listener(postgres_url, quiet=5.0) as listener:
        listener.until(lambda: listener.heard == [None])
        began = time.monotonic()
        for each in ("a", "b", "c"):
            notify(postgres_url, "changes", each)
        notify(postgres_url, "others", "x")
        listener.until(lambda: "c" in listener.heard)
        assert time.monotonic() - began < 2
        assert listener.heard == [None, "a", "b", "c"]
        listener.stop.set()
        notify(postgres_url, "changes", "end")


def test_a_notification_while_the_caller_is_busy_is_not_lost(postgres_url):
    stop = threading.Event()
    listening = db.listen(postgres_url, ["changes"], stop, quiet=0.5)
    assert next(listening) is None
    for each in ("a", "b"):
        notify(postgres_url, "changes", each)
    time.sleep(0.2)
    heard = [next(listening)]
    notify(postgres_url, "changes", "c")
    heard += [next(listening), next(listening)]
    assert heard == ["a", "b", "c"]
    listening.close()


def test_quiet_moments_are_told(postgres_url):
    with Listener(postgres_url, quiet=0.1) as listener:
        listener.until(lambda: listener.heard[:3] == [None, None, None])
        assert listener.lost == 0


def test_a_lost_connection_is_told_and_made_again(postgres_url):
    with Listener(postgres_url) as listener:
        end_other_connections(postgres_url)
        listener.until(lambda: listener.lost == 1)
        before = len(listener.heard)
        listener.until(lambda: len(listener.heard) > before)
        assert listener.heard[before] is None
        notify(postgres_url, "changes", "after")
        listener.until(lambda: "after" in listener.heard)

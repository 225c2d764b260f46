# SPDX-License-Identifier: EUPL-1.2
"""Publishing is one transaction: all of it, or nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from communique import db
from communique.events.article import Revision
from content_api.domain.errors import Stale
from content_api.domain.finished import finish
from content_api.domain.publication import publication
from content_api.domain.states import Step
from content_api.store import tables
from content_api.testing.builders import a_document, with_slugs
from content_api.use_cases.publish import release


def count(sql, table):
    return sql(f"SELECT count(*) FROM content_api.{table}").fetchone()[0]


def test_version_bytes_addresses_announcement_and_audit_stand_together(desk, sql):
    article = desk.live(a_document())
    version, key, kind = sql(
        "SELECT v.version, o.key, o.type FROM content_api.versions v"
        " JOIN content_api.outbox o USING (event_id)"
    ).fetchone()
    assert (version, key, kind) == (1, article.id, "article.published")
    assert [count(sql, table) for table in ("published", "slugs", "audit")] == [3, 2, 3]


def test_the_announced_bytes_are_the_stored_ones(desk, sql):
    desk.live(a_document())
    value, document = sql(
        "SELECT o.value, v.document FROM content_api.versions v"
        " JOIN content_api.outbox o USING (event_id)"
    ).fetchone()
    assert value == document


def publish_unannounced(service, version):
    with service.deps.unit_of_work() as unit:
        unit.versions.publish(version, finish(version))
        unit._connection.execute(delete(tables.outbox))


def test_a_version_without_its_announcement_cannot_be_committed(service, desk, sql):
    article = desk.approved(a_document())
    record = article.made_public(Step.PUBLISH, article.created_at)
    version = publication(record, a_document(), Revision.ORIGINAL)
    with pytest.raises(IntegrityError, match="not announced"):
        publish_unannounced(service, version)
    assert [count(sql, table) for table in ("versions", "published", "outbox")] == [0, 0, 0]


def test_a_version_cannot_borrow_the_announcement_of_another(service, desk, sql):
    article = desk.live(a_document())
    event = sql("SELECT event_id FROM content_api.outbox").fetchone()[0]
    other = desk.create(a_document())
    with pytest.raises(IntegrityError), db.transaction(service.engine) as connection:
        connection.execute(
            tables.versions.insert().values(
                article_id=other.id,
                version=1,
                revision="original",
                document=b"{}",
                published_at=article.published_at,
                event_id=str(event),
            )
        )


@pytest.mark.parametrize("table", ["drafts", "versions", "audit", "delivery_events"])
@pytest.mark.parametrize("change", ["UPDATE {} SET article_id = article_id", "DELETE FROM {}"])
def test_what_only_grows_cannot_be_changed(desk, sql, table, change):
    desk.live(a_document())
    if table == "delivery_events":
        sql(
            "INSERT INTO content_api.delivery_events (event_id, article_id, receipt)"
            " VALUES (%s, %s, '{}')",
            (uuid4(), uuid4()),
        )
    with pytest.raises(psycopg.errors.RestrictViolation, match="only grows"):
        sql(change.format(f"content_api.{table}"))


def test_many_publishers_at_once_make_one_version(desk, sql):
    article = desk.approved(a_document())
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(desk.publish, [article] * 8))
    assert {result.version for result in results} == {1}
    assert [count(sql, table) for table in ("versions", "outbox")] == [1, 1]


def test_of_two_who_save_from_the_same_draft_one_is_refused(desk):
    article = desk.create(a_document())

    def save(urgency):
        try:
            return desk.save(article, replace(a_document(), urgency=urgency)).draft_number
        except Stale:
            return None

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, (1, 2)), key=str) == [2, None]


def test_positions_are_given_in_commit_order(service, desk, sql):
    slow, fast = (desk.approved(with_slugs(a_document(), str(number))) for number in range(2))
    with ThreadPoolExecutor(1) as pool:
        with service.deps.unit_of_work() as unit:
            release(unit, slow, with_slugs(a_document(), "0"), step=Step.PUBLISH, caller="x")
            waiting = pool.submit(desk.publish, fast)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
        waiting.result(timeout=10)
    rows = sql(
        "SELECT article_id::text FROM content_api.published WHERE locale = '' ORDER BY position"
    ).fetchall()
    assert rows == [(slow.id,), (fast.id,)]

# SPDX-License-Identifier: EUPL-1.2
"""An import on PostgreSQL: batches that stand or fall by item, and go on where they stopped."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from communique.ids import is_id
from content_api.testing.builders import a_document, with_slugs
from content_api.use_cases.import_articles import Incoming, Outcome, import_articles

MOMENT = datetime(2012, 5, 1, 2, 30, tzinfo=UTC)


def incoming(name, **changes):
    document = replace(with_slugs(a_document(), name), **changes)
    digest = hashlib.sha256(name.encode()).digest()
    return Incoming(name, digest, document, MOMENT, None)


@pytest.fixture
def take(service):
    def call(*items, dry=False):
        taken = import_articles("old", items, service.deps, caller="import", dry=dry)
        return [each.outcome for each in taken]

    return call


def test_a_batch_comes_in_once_with_its_dates(sql, take):
    batch = [incoming(str(number)) for number in range(5)]
    assert take(*batch) == [Outcome.IMPORTED] * 5
    assert take(*batch, incoming("new")) == [Outcome.KNOWN] * 5 + [Outcome.IMPORTED]
    kinds = sql("SELECT DISTINCT type FROM content_api.outbox").fetchall()
    assert kinds == [("article.replayed",)]
    rows = sql(
        "SELECT count(*), min(first_published_at), max(published_at) FROM content_api.published"
        " WHERE locale = ''"
    ).fetchone()
    assert rows == (6, MOMENT, MOMENT)


def test_one_wrong_item_undoes_nothing_of_the_others(sql, take):
    wrong = incoming("b", places=("XK",))
    twice = replace(incoming("c"), document=incoming("a").document)
    assert take(incoming("a"), wrong, twice, incoming("d")) == [
        Outcome.IMPORTED,
        Outcome.REFUSED,
        Outcome.REFUSED,
        Outcome.IMPORTED,
    ]
    rows = sql("SELECT item, article_id::text FROM content_api.imported ORDER BY item").fetchall()
    assert [item for item, _ in rows] == ["a", "d"]
    assert all(is_id(article) for _, article in rows)
    count = "SELECT (SELECT count(*) FROM content_api.articles), count(*) FROM content_api.versions"
    assert sql(count).fetchone() == (2, 2)


def test_a_dry_run_leaves_nothing(sql, take):
    assert take(incoming("a"), dry=True) == [Outcome.IMPORTED]
    for table in ("articles", "drafts", "versions", "published", "slugs", "outbox", "imported"):
        assert sql(f"SELECT count(*) FROM content_api.{table}").fetchone() == (0,)


def test_an_imported_article_lives_on_at_the_desk(service, desk, sql, take):
    take(incoming("a"))
    article = sql("SELECT id::text FROM content_api.articles").fetchone()[0]
    with service.deps.unit_of_work() as unit:
        current = unit.articles.get(article)
    changed = replace(with_slugs(a_document(), "a"), urgency=3)
    ready = desk.publish(desk.approve(desk.save(current, changed)))
    assert (ready.version, ready.first_published_at) == (2, MOMENT)

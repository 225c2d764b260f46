# SPDX-License-Identifier: EUPL-1.2
import pytest

from communique.events.codec import encode_value
from communique.events.envelope import Event, EventType
from communique.testing.articles import LEAD, a_correction, an_article, an_asset
from syndicator.inbox import Inbox
from syndicator.testing.builders import NOW, a_channel, a_social_channel
from syndicator.testing.wired import Wired


@pytest.fixture
def wired():
    wired = Wired()
    wired.add(a_channel(), a_social_channel())
    return wired


def handle(wired, kind, payload):
    value = encode_value(kind, payload)
    Inbox(wired.deps).handle(Event("event", kind, "/test", NOW, payload.id, value), payload)


def test_a_record_that_comes_twice_is_planned_once(wired):
    handle(wired, EventType.ARTICLE_PUBLISHED, an_article())
    rows = wired.store.rows
    handle(wired, EventType.ARTICLE_PUBLISHED, an_article())
    handle(wired, EventType.ARTICLE_CORRECTED, a_correction())
    handle(wired, EventType.ARTICLE_PUBLISHED, an_article())
    assert len(wired.store.rows) == len(rows) == 3
    assert {row.wanted.version for row in wired.store.rows} == {2}


def test_a_replay_plans_no_post(wired):
    handle(wired, EventType.ARTICLE_REPLAYED, an_article())
    assert {row.channel for row in wired.store.rows} == {"embassy-hanoi"}


def test_an_asset_is_kept_and_the_same_again_changes_nothing(wired):
    handle(wired, EventType.ASSET_READY, an_asset(LEAD))
    handle(wired, EventType.ARTICLE_PUBLISHED, an_article())
    rows = wired.store.rows
    handle(wired, EventType.ASSET_READY, an_asset(LEAD))
    assert wired.store.rows == rows
    assert wired.store.kept.assets == {LEAD: an_asset(LEAD)}

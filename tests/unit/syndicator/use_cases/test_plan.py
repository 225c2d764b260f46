# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import timedelta

import pytest

from communique.events.delivery import Action, DeliveryState
from communique.events.envelope import EventType
from communique.testing.articles import a_correction, a_retraction, an_article
from syndicator.domain.channel import Approval, Selector
from syndicator.testing.builders import NOW, a_channel, a_social_channel
from syndicator.testing.wired import Wired
from syndicator.use_cases.plan import plan_version, replay_version


@pytest.fixture
def wired():
    wired = Wired()
    wired.add(a_channel(), a_social_channel())
    return wired


def bare(**changes):
    return an_article(media=(), **changes)


def test_one_row_for_each_channel_and_language(wired):
    assert plan_version(bare(), wired.deps)
    rows = {(row.channel, row.locale) for row in wired.store.rows}
    assert rows == {("embassy-hanoi", "vi"), ("embassy-hanoi", "en"), ("social-en", "en")}
    assert {row.state for row in wired.store.rows} == {DeliveryState.DUE}
    assert wired.store.events == [EventType.DELIVERY_DUE] * 3


def test_a_version_is_planned_once(wired):
    plan_version(bare(), wired.deps)
    before = wired.store.rows
    assert not plan_version(bare(), wired.deps)
    assert wired.store.rows == before
    assert len(wired.store.events) == 3


def test_an_older_version_that_comes_late_changes_nothing(wired):
    plan_version(a_correction(media=()), wired.deps)
    assert not plan_version(bare(), wired.deps)
    assert {row.wanted.version for row in wired.store.rows} == {2}


def test_corrections_and_retractions_reach_who_has_it_and_close(wired):
    plan_version(bare(), wired.deps)
    wired.deliver_all()
    plan_version(a_correction(media=()), wired.deps)
    wired.deliver_all()
    assert [post.version for post in wired.platform.live] == [2]
    plan_version(a_retraction(), wired.deps)
    wired.deliver_all()
    assert wired.platform.live == []
    assert {(row.state, row.version) for row in wired.store.rows} == {(DeliveryState.DELIVERED, 3)}


def test_a_channel_that_no_longer_selects_the_article_withdraws_it(wired):
    plan_version(bare(), wired.deps)
    wired.deliver_all()
    wired.add(a_social_channel(selector=Selector(missions=("embassy-paris",))))
    plan_version(a_correction(media=()), wired.deps)
    wired.deliver_all()
    assert wired.platform.live == []


def test_a_channel_that_holds_waits_for_a_person():
    wired = Wired()
    wired.add(a_social_channel(approval=Approval.HOLD))
    plan_version(bare(), wired.deps)
    assert wired.deliver_all() == 0
    assert [row.state for row in wired.store.rows] == [DeliveryState.HELD]


def test_a_replay_writes_our_feeds_again_and_posts_nothing(wired):
    plan_version(bare(), wired.deps)
    wired.deliver_all()
    sequence = wired.entries.since("embassy-hanoi", "rss", 0, 10)[-1].sequence
    replay_version(bare(), wired.deps)
    wired.deliver_all()
    assert len(wired.platform.orders) == 1
    assert len(wired.entries.since("embassy-hanoi", "rss", sequence, 10)) == 2


def test_a_replay_into_an_empty_store_fills_feeds_and_posts_nothing(wired):
    replay_version(bare(), wired.deps)
    wired.deliver_all()
    assert wired.platform.orders == []
    assert {row.channel for row in wired.store.rows} == {"embassy-hanoi"}


def test_a_replayed_version_that_is_news_still_corrects_what_stands(wired):
    plan_version(bare(), wired.deps)
    wired.deliver_all()
    replay_version(a_correction(media=()), wired.deps)
    wired.deliver_all()
    assert [order.action for order in wired.platform.orders] == [Action.CREATE, Action.EDIT]


def test_a_version_that_reads_the_same_is_not_posted_again(wired):
    plan_version(bare(), wired.deps)
    wired.deliver_all()
    french = replace(an_article().locales["fr"], title="Autre chose")
    newer = bare(version=2, locales={**an_article().locales, "fr": french})
    plan_version(newer, wired.deps)
    wired.deliver_all()
    assert len(wired.platform.orders) == 1
    assert {row.version for row in wired.store.rows} == {2}


def test_an_article_that_comes_before_its_embargo_lifts_waits_for_it(wired):
    lifts = NOW + timedelta(minutes=5)
    plan_version(bare(embargo_until=lifts), wired.deps)
    wired.store.advance(timedelta(minutes=5) - timedelta(milliseconds=1))
    assert wired.deliver_all() == 0
    wired.store.advance(timedelta(milliseconds=1))
    assert wired.deliver_all() == 3


def test_renderings_of_older_versions_are_let_go(wired):
    plan_version(bare(), wired.deps)
    wired.deliver_all()
    plan_version(a_correction(media=()), wired.deps)
    wired.deliver_all()
    assert {key.version for key in wired.store.kept.renderings} == {2}

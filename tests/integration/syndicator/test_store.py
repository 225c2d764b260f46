# SPDX-License-Identifier: EUPL-1.2
"""One suite for the store in PostgreSQL and the one in memory."""

from dataclasses import replace
from datetime import timedelta

import pytest

from communique.events.article import Revision
from communique.events.delivery import Action, DeliveryState
from communique.events.envelope import EventType
from communique.testing.articles import (
    ARTICLE,
    INLINE,
    LEAD,
    PUBLISHED,
    a_correction,
    an_article,
    an_asset,
)
from syndicator.domain.channel import ChannelState, LocaleChoice, RateLimit
from syndicator.domain.delivery import Intent, Lane, Standing, Wanted
from syndicator.domain.receipts import receipt_of
from syndicator.ports import Applied, Deed, DeliveryQuery, Entry, Rendered, RenderKey
from syndicator.store.entries import SqlEntries
from syndicator.testing.builders import a_channel, a_delivery, a_social_channel
from syndicator.testing.entries import MemoryEntries
from syndicator.testing.memory import MemoryStore

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture(params=["memory", "postgres"])
def kind(request):
    return request.param


@pytest.fixture
def begin(kind, request):
    if kind == "memory":
        return MemoryStore().begin
    return request.getfixturevalue("service").deps.begin


@pytest.fixture
def entries(kind, request):
    if kind == "memory":
        return MemoryEntries()
    service = request.getfixturevalue("service")
    with service.deps.begin() as work:
        work.channels.put(a_channel(), None)
    return SqlEntries(service.engine)


@pytest.fixture
def lanes(begin):
    with begin() as work:
        work.channels.put(a_social_channel(), None)
        work.channels.put(a_social_channel(name="social-vi"), None)
    return begin


def row(number, now, **changes):
    delivery = f"01941f29-7c00-7000-a000-{number:012d}"
    article = f"01941f29-7c00-7000-8000-{number:012d}"
    moments = {"next_attempt_at": now, "wanted_at": now, "created_at": now, "updated_at": now}
    return a_delivery(**{"id": delivery, "article": article, **moments, **changes})


def test_a_channel_comes_back_as_it_was_put(begin):
    channel = a_channel(
        locales=(LocaleChoice("vi"), LocaleChoice("ja", ("en",))), rate_limit=RateLimit(60)
    )
    with begin() as work:
        assert work.channels.put(channel, "s3cret") is Applied.CREATED
    with begin() as work:
        record = work.channels.get(channel.name)
        assert (record.channel, record.state, record.revision) == (channel, ChannelState.ACTIVE, 1)
        assert work.channels.secret(channel.name) == "s3cret"
        assert work.channels.all() == [record]
        assert work.channels.get("nobody") is None


def test_a_channel_changes_only_when_it_differs(begin):
    changed = a_channel(title={"vi": "Khác"})
    steps = [
        (a_channel(), "a", Applied.CREATED),
        (a_channel(), "a", Applied.UNCHANGED),
        (a_channel(), None, Applied.UNCHANGED),
        (a_channel(), "b", Applied.CHANGED),
        (changed, None, Applied.CHANGED),
    ]
    for channel, secret, expected in steps:
        with begin() as work:
            assert work.channels.put(channel, secret) is expected
    with begin() as work:
        assert work.channels.get(changed.name, lock=True).revision == 3
        assert work.channels.secret(changed.name) == "b"


def test_only_a_newer_version_of_an_article_is_kept(begin):
    with begin() as work:
        assert work.articles.put(an_article())
        assert not work.articles.put(an_article())
        assert work.articles.put(a_correction())
        assert not work.articles.put(an_article())
        assert work.articles.latest(ARTICLE, lock=True) == a_correction()
        assert work.articles.latest(LEAD) is None


def test_articles_are_found_by_time_and_by_picture(begin):
    later = an_article(id=LEAD, published_at=PUBLISHED + HOUR, media=())
    with begin() as work:
        work.articles.put(an_article())
        work.articles.put(later)
        assert work.articles.newest(10) == [LEAD, ARTICLE]
        assert work.articles.newest(1) == [LEAD]
        assert work.articles.with_asset(INLINE) == [ARTICLE]
        assert work.articles.with_asset(ARTICLE) == []


def test_assets_are_replaced_and_found(begin):
    with begin() as work:
        work.assets.put(an_asset(LEAD, credit="A"))
        work.assets.put(an_asset(LEAD, credit="B"))
        assert work.assets.find([LEAD, INLINE]) == {LEAD: an_asset(LEAD, credit="B")}
        assert work.assets.find([]) == {}


def test_the_first_rendering_stays(begin):
    key = RenderKey(ARTICLE, 1, "vi", "rss", "hash")
    with begin() as work:
        assert work.renderings.find(key) is None
        work.renderings.put(key, Rendered(b"first", "text/plain"))
        work.renderings.put(key, Rendered(b"second", "text/plain"))
        assert work.renderings.find(key) == Rendered(b"first", "text/plain")
        assert work.renderings.find(replace(key, version=2)) is None


def test_a_delivery_comes_back_with_everything(lanes):
    with lanes() as work:
        now = work.now()
    wanted = Wanted(2, "hash-2", Revision.CORRECTION, "vi", selected=False)
    full = row(
        1,
        now,
        wanted=wanted,
        action=Action.REPLY,
        state=DeliveryState.SENDING,
        there=Standing(1, "hash-1", now, "post-1", "https://s.example/1", ("a", "b"), gone=True),
        intent=Intent(ARTICLE, Action.REPLY, wanted, now - HOUR, now + HOUR),
        attempts=3,
        looks=1,
        next_attempt_at=None,
        reason="why",
        urgency=1,
        lane=Lane.BULK,
        waits_for=LEAD,
        refused=frozenset({Action.EDIT}),
    )
    with lanes() as work:
        work.deliveries.save(row(1, now))
        assert work.deliveries.get(full.id) == row(1, now)
        work.deliveries.save(full)
    with lanes() as work:
        assert work.deliveries.get(full.id) == full
        assert work.deliveries.of_article(full.article) == [full]
        assert work.deliveries.get(LEAD) is None


def test_deliveries_are_searched(lanes):
    with lanes() as work:
        now = work.now()
        rows = [
            row(1, now),
            row(2, now, channel="social-vi"),
            row(3, now, state=DeliveryState.FAILED, next_attempt_at=None),
        ]
        for each in rows:
            work.deliveries.save(each)

        def ids(**query):
            found = work.deliveries.search(DeliveryQuery(**query))
            return [rows.index(each) + 1 for each in found]

        assert ids() == [1, 2, 3]
        assert ids(channel="social-en") == [1, 3]
        assert ids(article=rows[1].article) == [2]
        assert ids(state=DeliveryState.FAILED) == [3]
        assert ids(limit=1, after=rows[0].id) == [2]


def test_live_goes_before_bulk_and_urgent_before_the_rest(lanes):
    with lanes() as work:
        past = work.now() - HOUR
        rows = [
            row(1, past, lane=Lane.BULK, urgency=1),
            row(2, past, urgency=5),
            row(3, past + SECOND, urgency=5),
            row(4, past + SECOND, urgency=1),
        ]
        for each in rows:
            work.deliveries.save(each)
    claimed = []
    for _ in rows:
        with lanes() as work:
            each = work.deliveries.claim("social-en")
            claimed.append(rows.index(each) + 1)
            work.deliveries.save(replace(each, state=DeliveryState.DELIVERED, next_attempt_at=None))
    assert claimed == [4, 2, 3, 1]


def test_what_is_not_due_yet_is_not_claimed(lanes):
    with lanes() as work:
        now = work.now()
        work.deliveries.save(row(1, now, next_attempt_at=now + HOUR))
        assert work.deliveries.claim("social-en") is None
        assert work.deliveries.ready((), 10) == []
        assert work.deliveries.next_attempt_at() == now + HOUR


def test_a_channel_has_one_call_under_way(lanes):
    with lanes() as work:
        now = work.now()
        intent = Intent(ARTICLE, Action.CREATE, a_delivery().wanted, now, now + HOUR)
        sending = row(1, now, state=DeliveryState.SENDING, intent=intent, next_attempt_at=None)
        work.deliveries.save(sending)
        work.deliveries.save(row(2, now - SECOND))
        work.deliveries.save(row(3, now - SECOND, channel="social-vi"))
    with lanes() as work:
        assert work.deliveries.claim("social-en") is None
        assert work.deliveries.claim("social-vi").channel == "social-vi"
        assert work.deliveries.lost(10) == []
        expired = replace(sending, intent=replace(intent, until=now - SECOND))
        work.deliveries.save(expired)
        assert work.deliveries.lost(10) == [expired]


def test_channels_with_work_are_named_most_urgent_first(lanes):
    with lanes() as work:
        past = work.now() - HOUR
        work.deliveries.save(row(1, past, urgency=4))
        work.deliveries.save(row(2, past, urgency=2, channel="social-vi"))
        assert work.deliveries.ready((), 10) == ["social-vi", "social-en"]
        assert work.deliveries.ready({"social-vi"}, 10) == ["social-en"]
        assert work.deliveries.ready((), 1) == ["social-vi"]
        work.channels.set_state("social-vi", ChannelState.PAUSED)
        assert work.deliveries.ready((), 10) == ["social-en"]
        assert work.deliveries.claim("social-vi") is None


def test_a_minutes_worth_of_calls_may_be_made_at_once(begin):
    with begin() as work:
        work.channels.put(a_social_channel(rate_limit=RateLimit(3)), None)
        past = work.now() - HOUR
        for number in range(1, 6):
            work.deliveries.save(row(number, past))
    claimed = 0
    for _ in range(5):
        with begin() as work:
            each = work.deliveries.claim("social-en")
            if each is not None:
                claimed += 1
                work.deliveries.save(
                    replace(each, state=DeliveryState.DELIVERED, next_attempt_at=None)
                )
    assert claimed == 3
    with begin() as work:
        assert work.deliveries.ready((), 10) == []


def test_who_waits_for_a_picture_is_woken(lanes):
    with lanes() as work:
        now = work.now()
        waiting = {"state": DeliveryState.RETRYING, "next_attempt_at": now + HOUR}
        work.deliveries.save(row(1, now, waits_for=LEAD, **waiting))
        work.deliveries.save(row(2, now, waits_for=INLINE, **waiting))
        work.deliveries.wake(LEAD)
    with lanes() as work:
        assert work.deliveries.claim("social-en").id == row(1, now).id


def test_what_fails_leaves_nothing_behind(lanes):
    def write_and_fail():
        with lanes() as work:
            work.deliveries.save(row(1, work.now()))
            work.outbox.announce(EventType.DELIVERY_DUE, receipt_of(row(1, work.now())))
            work.audit.note(Deed("desk", "test", "row"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    with lanes() as work:
        assert work.deliveries.search(DeliveryQuery()) == []


def an_entry(**changes):
    entry = Entry("embassy-hanoi", "vi", "rss", ARTICLE, 1, b"<item/>", PUBLISHED)
    return replace(entry, **changes)


def test_an_older_entry_never_replaces_a_newer_one(entries):
    entries.write([an_entry(version=2, fragment=b"two")])
    entries.write([an_entry(version=1, fragment=b"one")])
    (kept,) = entries.newest("embassy-hanoi", "vi", "rss", 10)
    assert (kept.fragment, kept.sequence) == (b"two", 1)


def test_the_newest_entries_come_first_and_empty_ones_not_at_all(entries):
    entries.write([an_entry(updated=PUBLISHED + HOUR)])
    entries.write([an_entry(article=LEAD, updated=PUBLISHED + 2 * HOUR)])
    entries.write([an_entry(article=INLINE, fragment=b"", deleted=True)])
    found = entries.newest("embassy-hanoi", "vi", "rss", 10)
    assert [each.article for each in found] == [LEAD, ARTICLE]
    assert len(entries.newest("embassy-hanoi", "vi", "rss", 1)) == 1
    assert entries.newest("embassy-hanoi", "en", "rss", 10) == []


def test_readers_resume_by_sequence_and_see_deletions(entries):
    entries.write([an_entry(), an_entry(format="atom")])
    entries.write([an_entry(article=LEAD)])
    entries.write([an_entry(version=2, deleted=True, fragment=b"gone")])
    first = entries.since("embassy-hanoi", "rss", 0, 10)
    assert [(each.article, each.sequence, each.deleted) for each in first] == [
        (LEAD, 2, False),
        (ARTICLE, 3, True),
    ]
    assert entries.since("embassy-hanoi", "rss", 2, 10) == first[1:]
    assert entries.since("embassy-hanoi", "rss", 3, 10) == []
    assert entries.since("embassy-hanoi", "rss", 0, 1) == first[:1]
    assert entries.of_article("embassy-hanoi", LEAD, "rss") == first[:1]
    entries.write([])

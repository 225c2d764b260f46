# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import timedelta

import pytest

from communique.events.delivery import Action, DeliveryState
from communique.events.envelope import EventType
from communique.events.media import AssetState
from communique.testing.articles import (
    INLINE,
    LEAD,
    a_correction,
    a_retraction,
    an_article,
    an_asset,
)
from syndicator.domain.channel import CorrectionPolicy, RateLimit
from syndicator.domain.transitions import SENDING_FOR, begin
from syndicator.ports import ActionRefused, DeliveryError, OutcomeUnknown
from syndicator.testing.builders import a_channel, a_social_channel
from syndicator.testing.fakes import BLIND, SAFE, BrokenFormatter, TitleFormatter
from syndicator.testing.wired import Wired
from syndicator.use_cases.deliver import recover_lost
from syndicator.use_cases.keep_asset import keep_asset
from syndicator.use_cases.plan import plan_version

SOON = timedelta(seconds=10)
NO = DeliveryError("too long", permanent=True)
LATER = DeliveryError("429", permanent=False, retry_after=timedelta(seconds=30))
TIMEOUT = OutcomeUnknown("no answer")


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def wired():
    wired = Wired()
    wired.add(a_social_channel())
    return wired


def publish(wired, article=None):
    plan_version(article or an_article(media=()), wired.deps)


def only_row(wired):
    (row,) = wired.store.rows
    return row


def test_the_intent_is_committed_before_the_call(wired):
    seen = []
    wired.platform.keep = lambda _order: seen.append(only_row(wired))
    publish(wired)
    wired.deliver_all()
    assert [row.state for row in seen] == [DeliveryState.SENDING]
    assert only_row(wired).state is DeliveryState.DELIVERED
    assert wired.store.events == [EventType.DELIVERY_DUE, EventType.DELIVERY_SUCCEEDED]


def test_a_permanent_failure_is_told_and_not_tried_again(wired):
    wired.platform.before = [NO]
    publish(wired)
    wired.deliver_all()
    wired.store.advance(timedelta(days=1))
    assert wired.deliver_all() == 0
    assert (only_row(wired).state, only_row(wired).reason) == (DeliveryState.FAILED, "too long")
    assert wired.store.events[-1] is EventType.DELIVERY_FAILED


def test_patience_is_kept_and_the_key_stays(wired):
    wired.platform.before = [LATER]
    publish(wired)
    wired.deliver_all()
    wired.store.advance(timedelta(seconds=29))
    assert wired.deliver_all() == 0
    wired.store.advance(timedelta(seconds=3))
    wired.deliver_all()
    assert only_row(wired).state is DeliveryState.DELIVERED
    assert len({order.key for order in wired.platform.orders}) == 1


def test_a_lost_answer_is_looked_for_and_never_sent_twice(wired):
    wired.platform.after = [TIMEOUT]
    publish(wired)
    wired.deliver_all()
    assert only_row(wired).state is DeliveryState.UNKNOWN
    assert wired.store.events[-1] is EventType.DELIVERY_UNKNOWN
    wired.store.advance(SOON)
    wired.deliver_all()
    assert only_row(wired).state is DeliveryState.DELIVERED
    assert len(wired.platform.orders) == len(wired.platform.live) == 1


def test_a_call_that_never_arrived_is_sent_again_after_two_looks(wired):
    wired.platform.before = [TIMEOUT]
    publish(wired)
    for _ in range(4):
        wired.deliver_all()
        wired.store.advance(SOON)
    assert len(wired.platform.looks) == 2
    assert len(wired.platform.orders) == 2
    assert len(wired.platform.live) == 1
    assert only_row(wired).state is DeliveryState.DELIVERED


def test_a_look_that_cannot_be_made_is_made_later(wired):
    wired.platform.after = [TIMEOUT]
    publish(wired)
    wired.deliver_all()
    wired.platform.before = [LATER]
    wired.store.advance(SOON)
    wired.deliver_all()
    assert only_row(wired).state is DeliveryState.UNKNOWN
    wired.store.advance(timedelta(minutes=1))
    wired.deliver_all()
    assert only_row(wired).state is DeliveryState.DELIVERED
    assert len(wired.platform.live) == 1


@pytest.mark.parametrize("done", [True, False])
def test_a_worker_that_dies_in_a_call_leaves_it_to_be_looked_into(wired, done):
    publish(wired)
    (wired.platform.after if done else wired.platform.before).append(Killed())
    with pytest.raises(Killed):
        wired.deliver_all()
    assert only_row(wired).state is DeliveryState.SENDING
    assert wired.deliver_all() == 0
    wired.store.advance(SENDING_FOR + SOON)
    assert recover_lost(wired.deps) == 1
    assert only_row(wired).state is DeliveryState.UNKNOWN
    for _ in range(4):
        wired.store.advance(SOON)
        wired.deliver_all()
    assert len(wired.platform.live) == 1
    assert len(wired.platform.orders) == (1 if done else 2)
    assert only_row(wired).state is DeliveryState.DELIVERED


def test_where_repeating_is_safe_it_is_repeated_with_the_same_key():
    wired = Wired(can=SAFE)
    wired.add(a_social_channel())
    wired.platform.after = [TIMEOUT]
    publish(wired)
    wired.deliver_all()
    wired.store.advance(SOON)
    wired.deliver_all()
    assert wired.platform.looks == []
    assert len({order.key for order in wired.platform.orders}) == 1
    assert only_row(wired).state is DeliveryState.DELIVERED


def test_where_nobody_can_look_a_person_decides():
    wired = Wired(can=BLIND)
    wired.add(a_social_channel())
    wired.platform.after = [TIMEOUT]
    publish(wired)
    wired.deliver_all()
    wired.store.advance(timedelta(days=7))
    assert wired.deliver_all() == 0
    assert only_row(wired).state is DeliveryState.UNKNOWN


def test_a_correction_that_comes_while_the_outcome_is_unknown_waits_for_the_look(wired):
    wired.platform.after = [TIMEOUT]
    publish(wired)
    wired.deliver_all()
    publish(wired, a_correction(media=()))
    wired.store.advance(SOON)
    wired.deliver_all()
    assert [order.action for order in wired.platform.orders] == [Action.CREATE, Action.EDIT]
    assert [post.version for post in wired.platform.live] == [2]


def test_a_retraction_while_the_outcome_is_unknown_deletes_what_the_look_finds(wired):
    wired.platform.after = [TIMEOUT]
    publish(wired)
    wired.deliver_all()
    publish(wired, a_retraction())
    wired.store.advance(SOON)
    wired.deliver_all()
    assert wired.platform.live == []
    assert only_row(wired).version == 3
    assert wired.store.events[-1] is EventType.DELIVERY_RETRACTED


def test_an_edit_that_is_refused_becomes_a_reply(wired):
    publish(wired)
    wired.deliver_all()
    wired.platform.before = [ActionRefused("half an hour is over")]
    publish(wired, a_correction(media=()))
    wired.deliver_all()
    assert [order.action for order in wired.platform.orders] == [
        Action.CREATE,
        Action.EDIT,
        Action.REPLY,
    ]
    assert only_row(wired).there.replies == ("post-2",)


def test_a_lost_second_reply_is_not_mistaken_for_the_first(wired):
    wired.add(a_social_channel(correction_policy=CorrectionPolicy.REPLY))
    publish(wired)
    publish(wired, a_correction(media=()))
    wired.deliver_all()
    second = a_correction(version=3, media=())
    english = replace(second.locales["en"], correction_note="Ten were signed, not nine.")
    publish(wired, replace(second, locales={**second.locales, "en": english}))
    wired.platform.after = [TIMEOUT]
    wired.deliver_all()
    wired.store.advance(SOON)
    wired.deliver_all()
    assert only_row(wired).there.replies[-1] == wired.platform.live[-1].id


def test_a_connector_that_crashes_has_an_unknown_outcome(wired):
    wired.platform.after = [ZeroDivisionError("bug")]
    publish(wired)
    wired.deliver_all()
    assert only_row(wired).state is DeliveryState.UNKNOWN
    assert "ZeroDivisionError" in only_row(wired).reason


def test_a_formatter_that_crashes_makes_a_failed_row_and_stops_nobody_else(wired):
    wired.add(a_channel())
    wired.formatters["x-post"] = BrokenFormatter()
    publish(wired)
    wired.deliver_all()
    states = {(row.channel, row.locale): row.state for row in wired.store.rows}
    assert states == {
        ("embassy-hanoi", "vi"): DeliveryState.DELIVERED,
        ("embassy-hanoi", "en"): DeliveryState.DELIVERED,
        ("social-en", "en"): DeliveryState.FAILED,
    }
    assert wired.platform.orders == []
    (failed,) = [row for row in wired.store.rows if row.state is DeliveryState.FAILED]
    assert "x-post: ZeroDivisionError" in failed.reason


def test_a_formatter_that_crashes_does_not_keep_a_post_from_being_deleted(wired):
    publish(wired)
    wired.deliver_all()
    wired.formatters["x-post"] = BrokenFormatter()
    publish(wired, a_retraction())
    wired.deliver_all()
    assert wired.platform.live == []


def test_a_rendering_is_shared_between_channels():
    wired = Wired()
    formatter = TitleFormatter()
    wired.formatters["x-post"] = formatter
    wired.add(*(a_social_channel(name=f"social-{number}") for number in range(5)))
    publish(wired)
    wired.deliver_all()
    assert len(wired.platform.orders) == 5
    assert len(formatter.views) == 1


def test_a_picture_that_is_not_known_yet_is_waited_for(wired):
    publish(wired, an_article())
    wired.deliver_all()
    assert only_row(wired).state is DeliveryState.RETRYING
    assert only_row(wired).waits_for in {LEAD, INLINE}
    for asset in (LEAD, INLINE):
        keep_asset(an_asset(asset), wired.deps)
    wired.deliver_all()
    assert only_row(wired).state is DeliveryState.DELIVERED


def test_after_a_minute_the_text_goes_without_its_picture(wired):
    publish(wired, an_article())
    for _ in range(12):
        wired.deliver_all()
        assert wired.platform.orders == []
        wired.store.advance(timedelta(seconds=5))
    wired.deliver_all()
    assert only_row(wired).state is DeliveryState.DELIVERED


def test_a_picture_that_comes_late_is_put_into_feeds_only():
    wired = Wired()
    wired.add(a_channel(formats=("json-feed",)), a_social_channel())
    publish(wired, an_article())
    wired.store.advance(timedelta(minutes=2))
    wired.deliver_all()
    address = an_asset(LEAD).renditions[0].url.encode()
    assert address not in wired.entries.newest("embassy-hanoi", "vi", "json-feed", 1)[0].fragment
    posts = len(wired.platform.orders)
    keep_asset(an_asset(LEAD), wired.deps)
    wired.store.advance(timedelta(minutes=2))
    wired.deliver_all()
    assert address in wired.entries.newest("embassy-hanoi", "vi", "json-feed", 1)[0].fragment
    assert len(wired.platform.orders) == posts


def test_a_picture_that_is_withdrawn_leaves_the_feeds():
    wired = Wired()
    wired.add(a_channel(formats=("json-feed",)))
    for asset in (LEAD, INLINE):
        keep_asset(an_asset(asset), wired.deps)
    publish(wired, an_article())
    wired.deliver_all()
    address = an_asset(LEAD).renditions[0].url.encode()
    assert address in wired.entries.newest("embassy-hanoi", "vi", "json-feed", 1)[0].fragment
    keep_asset(an_asset(LEAD, state=AssetState.WITHDRAWN, renditions=()), wired.deps)
    wired.deliver_all()
    assert address not in wired.entries.newest("embassy-hanoi", "vi", "json-feed", 1)[0].fragment


def test_urgent_articles_overtake(wired):
    other = "01941f29-7c00-7000-8000-000000000002"
    publish(wired, an_article(media=()))
    publish(wired, an_article(id=other, urgency=1, media=()))
    wired.deliver_all()
    assert wired.platform.orders[0].article == other


def test_the_rate_of_a_channel_is_kept():
    wired = Wired()
    wired.add(a_social_channel(rate_limit=RateLimit(2)))
    for number in range(1, 5):
        publish(wired, an_article(id=f"01941f29-7c00-7000-8000-00000000000{number}", media=()))
    wired.deliver_all()
    assert len(wired.platform.orders) == 2
    wired.store.advance(timedelta(seconds=30))
    wired.deliver_all()
    assert len(wired.platform.orders) == 3


def test_the_link_of_the_served_language_is_the_reference(wired):
    publish(wired)
    wired.deliver_all()
    slug = an_article().locales["en"].slug
    assert wired.platform.orders[0].reference == f"https://ministry.example/articles/en/{slug}"


def test_an_outcome_that_comes_after_the_next_attempt_has_begun_is_not_taken_for_its_outcome(wired):
    publish(wired)

    def be_late(_order):
        wired.platform.keep = lambda _order: None
        for _ in range(4):
            wired.store.advance(SENDING_FOR + SOON)
            recover_lost(wired.deps)
            wired.deliver_all()
        assert only_row(wired).state is DeliveryState.DELIVERED

    wired.platform.keep = be_late
    wired.deliver_all(most=1)
    row = only_row(wired)
    assert (row.state, row.attempts, row.there.external_id) == (
        DeliveryState.DELIVERED,
        0,
        "post-1",
    )


def test_a_late_look_does_not_touch_a_call_that_has_begun(wired):
    wired.platform.before = [TIMEOUT]
    publish(wired)
    wired.deliver_all()
    wired.store.advance(SOON)
    seen = []

    def look(order):
        del order
        with wired.store.begin() as work:
            sending = begin(replace(only_row(wired), looks=0), "key-2", work.now())
            work.deliveries.save(sending)
        seen.append(sending)

    wired.platform.look = look
    wired.deliver_all(most=1)
    assert seen == [only_row(wired)]
    assert only_row(wired).state is DeliveryState.SENDING

# SPDX-License-Identifier: EUPL-1.2
"""Valid channels and deliveries in one line; keyword arguments replace what a test is about."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from communique.events.article import Revision
from communique.events.delivery import Action, DeliveryState
from syndicator.domain.channel import Channel, ChannelKind, LocaleChoice
from syndicator.domain.delivery import Delivery, Standing, Wanted

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
DELIVERY = "01941f29-7c00-7000-a000-000000000001"
ARTICLE = "01941f29-7c00-7000-8000-000000000001"


def a_channel(**changes: Any) -> Channel:
    """Return an embassy's feed in Vietnamese and English."""
    channel = Channel(
        name="embassy-hanoi",
        title={"vi": "Đại sứ quán", "en": "Embassy"},
        kind=ChannelKind.FEED,
        formats=("rss", "atom", "json-feed"),
        connector="feed",
        locales=(LocaleChoice("vi"), LocaleChoice("en")),
    )
    return replace(channel, **changes)


def a_social_channel(**changes: Any) -> Channel:
    """Return an account in English at the fake platform."""
    social = a_channel(
        name="social-en",
        kind=ChannelKind.SOCIAL,
        formats=("x-post",),
        connector="fake",
        locales=(LocaleChoice("en"),),
    )
    return replace(social, **changes)


def a_wanted(**changes: Any) -> Wanted:
    """Return version 1, as it should be."""
    return replace(Wanted(1, "hash-1", Revision.ORIGINAL, "en"), **changes)


def a_standing(**changes: Any) -> Standing:
    """Return version 1, as it stands there."""
    return replace(Standing(1, "hash-1", NOW, "post-1", "https://social.example/1"), **changes)


def a_delivery(**changes: Any) -> Delivery:
    """Return a row that is due for the first time."""
    delivery = Delivery(
        id=DELIVERY,
        channel="social-en",
        article=ARTICLE,
        locale="en",
        wanted=a_wanted(),
        action=Action.CREATE,
        state=DeliveryState.DUE,
        wanted_at=NOW,
        created_at=NOW,
        updated_at=NOW,
        next_attempt_at=NOW,
        deadline_at=NOW,
    )
    return replace(delivery, **changes)

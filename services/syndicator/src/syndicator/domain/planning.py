# SPDX-License-Identifier: EUPL-1.2
"""What one version of an article asks of one channel. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from communique.events.article import Article
from syndicator.domain.channel import Channel
from syndicator.domain.content_hash import content_hash
from syndicator.domain.delivery import Delivery, Lane, Wanted
from syndicator.domain.transitions import Urgency

_FLASH: Final = 2
_FLASH_ARRIVES_WITHIN: Final = timedelta(minutes=1)
_ARRIVES_WITHIN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Demand:
    """What should be on the channel in one of its languages."""

    locale: str
    wanted: Wanted


def demands(article: Article, channel: Channel, rows: Mapping[str, Delivery]) -> Iterator[Demand]:
    """Yield what is wanted, per locale: where the channel takes it, or has ever had it."""
    matches = channel.selector.matches(article)
    for locale in _locales(channel, rows):
        choice = channel.choice(locale)
        served = choice.served(article) if choice is not None and matches else None
        known = rows.get(locale)
        if known is None and (served is None or article.retracted):
            continue
        shown = served or (known.wanted.served_locale if known else locale)
        yield Demand(
            locale,
            Wanted(
                version=article.version,
                hash=content_hash(article, shown, selected=served is not None),
                revision=article.revision,
                served_locale=shown,
                selected=served is not None,
            ),
        )


def urgency(article: Article, now: datetime, lane: Lane) -> Urgency:
    """Queue an article: flash goes first and is overdue soonest."""
    within = _FLASH_ARRIVES_WITHIN if article.urgency <= _FLASH else _ARRIVES_WITHIN
    return Urgency(article.urgency, lane, now + within)


def _locales(channel: Channel, rows: Mapping[str, Delivery]) -> Collection[str]:
    return dict.fromkeys([*(choice.locale for choice in channel.locales), *rows])

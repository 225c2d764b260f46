# SPDX-License-Identifier: EUPL-1.2
"""The store in memory, with the rules of the one in PostgreSQL; both pass the same tests."""

import copy
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from communique.events.article import Article
from communique.events.delivery import DeliveryState, Receipt
from communique.events.envelope import EventType
from communique.events.media import Asset
from syndicator.domain.channel import Channel, ChannelState
from syndicator.domain.delivery import Delivery, Lane
from syndicator.ports import (
    Applied,
    Articles,
    Assets,
    Audit,
    ChannelRecord,
    Channels,
    Deed,
    Deliveries,
    DeliveryQuery,
    Outbox,
    Rendered,
    Renderings,
    RenderKey,
    UnitOfWork,
)
from syndicator.testing.builders import NOW


@dataclass
class _Everything:
    """All that is kept; a transaction that fails puts the copy from its beginning back."""

    channels: dict[str, ChannelRecord] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    slots: dict[str, datetime] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    renderings: dict[RenderKey, Rendered] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    announced: list[tuple[EventType, Receipt]] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    now: datetime = NOW


class MemoryStore:
    """Begins transactions, one at a time; its clock moves when told to."""

    def __init__(self) -> None:
        """Start empty."""
        self.kept = _Everything()
        self._lock = threading.RLock()

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Open a transaction; undo it on any error."""
        with self._lock:
            before = copy.copy(self.kept)
            for name in vars(before):
                setattr(before, name, copy.copy(getattr(before, name)))
            try:
                yield MemoryUnitOfWork(self.kept)
            except BaseException:
                self.kept = before
                raise

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.kept.now += by

    @property
    def rows(self) -> list[Delivery]:
        """Return every delivery, in the order of ids."""
        return [self.kept.deliveries[name] for name in sorted(self.kept.deliveries)]

    @property
    def events(self) -> list[EventType]:
        """Return the types of what was announced, in order."""
        return [event for event, _ in self.kept.announced]


class MemoryUnitOfWork:
    """The repositories over one transaction."""

    def __init__(self, kept: _Everything) -> None:
        """Take everything that is kept."""
        self._kept = kept
        self.channels: Channels = MemoryChannels(kept)
        self.articles: Articles = MemoryArticles(kept)
        self.assets: Assets = MemoryAssets(kept)
        self.renderings: Renderings = MemoryRenderings(kept)
        self.deliveries: Deliveries = MemoryDeliveries(kept)
        self.outbox: Outbox = MemoryOutbox(kept)
        self.audit: Audit = MemoryAudit(kept)

    def now(self) -> datetime:
        """Return the moment of the store's clock."""
        return self._kept.now


@dataclass(frozen=True, slots=True)
class MemoryChannels:
    """The channels."""

    kept: _Everything

    def all(self) -> list[ChannelRecord]:
        """Return every channel, by name."""
        return [self.kept.channels[name] for name in sorted(self.kept.channels)]

    def get(self, name: str, *, lock: bool = False) -> ChannelRecord | None:
        """Return one channel."""
        del lock
        return self.kept.channels.get(name)

    def put(self, channel: Channel, secret: str | None) -> Applied:
        """Write a channel; a secret of None keeps the one it has."""
        known, now = self.kept.channels.get(channel.name), self.kept.now
        same_secret = secret is None or secret == self.secret(channel.name)
        if known and known.channel == channel and same_secret:
            return Applied.UNCHANGED
        if secret is not None:
            self.kept.secrets[channel.name] = secret
        if known is None:
            record = ChannelRecord(channel, ChannelState.ACTIVE, 1, now)
            self.kept.channels[channel.name] = record
            return Applied.CREATED
        changed = replace(known, channel=channel, revision=known.revision + 1, updated_at=now)
        self.kept.channels[channel.name] = changed
        return Applied.CHANGED

    def set_state(self, name: str, state: ChannelState) -> None:
        """Let its lane move, or stop it."""
        known = self.kept.channels[name]
        self.kept.channels[name] = replace(known, state=state, revision=known.revision + 1)

    def secret(self, name: str) -> str | None:
        """Return the credential."""
        return self.kept.secrets.get(name)


@dataclass(frozen=True, slots=True)
class MemoryArticles:
    """The latest version of each article."""

    kept: _Everything

    def put(self, article: Article) -> bool:
        """Keep a version if it is newer; tell whether it was."""
        known = self.kept.articles.get(article.id)
        if known is not None and known.version >= article.version:
            return False
        self.kept.articles[article.id] = article
        return True

    def latest(self, article: str, *, lock: bool = False) -> Article | None:
        """Return the newest version of an article."""
        del lock
        return self.kept.articles.get(article)

    def newest(self, limit: int) -> list[str]:
        """Return the ids of the articles published last."""
        found = sorted(self.kept.articles.values(), key=lambda each: each.published_at)
        return [each.id for each in reversed(found)][:limit]

    def with_asset(self, asset: str) -> list[str]:
        """Return the ids of the articles that show an asset."""
        return sorted(
            each.id
            for each in self.kept.articles.values()
            if asset in {use.asset for use in each.media}
        )


@dataclass(frozen=True, slots=True)
class MemoryAssets:
    """The pictures articles show."""

    kept: _Everything

    def put(self, asset: Asset) -> None:
        """Keep what is known of an asset."""
        self.kept.assets[asset.id] = asset

    def find(self, ids: Collection[str]) -> dict[str, Asset]:
        """Return those that are known, by id."""
        return {name: self.kept.assets[name] for name in ids if name in self.kept.assets}


@dataclass(frozen=True, slots=True)
class MemoryRenderings:
    """Articles in their formats."""

    kept: _Everything

    def find(self, key: RenderKey) -> Rendered | None:
        """Return what was made before."""
        return self.kept.renderings.get(key)

    def put(self, key: RenderKey, rendered: Rendered) -> None:
        """Keep what was made."""
        self.kept.renderings.setdefault(key, rendered)

    def forget_before(self, article: str, version: int) -> None:
        """Let go of what was made of older versions."""
        for key in list(self.kept.renderings):
            if key.article == article and key.version < version:
                del self.kept.renderings[key]


@dataclass(frozen=True, slots=True)
class MemoryDeliveries:
    """The reconciliation rows."""

    kept: _Everything

    def of_article(self, article: str) -> list[Delivery]:
        """Return every row of an article."""
        return self.search(DeliveryQuery(article=article, limit=len(self.kept.deliveries)))

    def get(self, delivery: str) -> Delivery | None:
        """Return one row."""
        return self.kept.deliveries.get(delivery)

    def save(self, delivery: Delivery) -> None:
        """Write a row, new or changed."""
        self.kept.deliveries[delivery.id] = delivery

    def search(self, query: DeliveryQuery) -> list[Delivery]:
        """Return rows in the order of their ids."""
        found = (self.kept.deliveries[name] for name in sorted(self.kept.deliveries))
        return [
            row
            for row in found
            if query.article in {None, row.article}
            and query.channel in {None, row.channel}
            and query.state in {None, row.state}
            and (query.after is None or row.id > query.after)
        ][: query.limit]

    def ready(self, busy: Collection[str], limit: int) -> list[str]:
        """Return channels that have something to do now, the most urgent first."""
        due = sorted(filter(self._is_due, self.kept.deliveries.values()), key=_order)
        names = dict.fromkeys(row.channel for row in due)
        return [name for name in names if name not in busy and self._may_call(name)][:limit]

    def claim(self, channel: str) -> Delivery | None:
        """Return the row to work on next, if the channel's lane and rate allow one."""
        rows = [row for row in self.kept.deliveries.values() if row.channel == channel]
        if not self._may_call(channel) or any(map(self._in_flight, rows)):
            return None
        due = sorted(filter(self._is_due, rows), key=_order)
        if not due:
            return None
        rate = self.kept.channels[channel].channel.rate_limit
        if rate:
            slot = max(self.kept.slots.get(channel, self.kept.now), self.kept.now)
            self.kept.slots[channel] = slot + timedelta(minutes=1) / rate.per_minute
        return due[0]

    def lost(self, limit: int) -> list[Delivery]:
        """Return rows whose call has said nothing for too long."""
        return [
            row
            for row in self.kept.deliveries.values()
            if row.state is DeliveryState.SENDING and not self._in_flight(row)
        ][:limit]

    def wake(self, asset: str) -> None:
        """Make rows that wait for an asset due now."""
        for row in list(self.kept.deliveries.values()):
            if row.waits_for == asset:
                self.save(replace(row, next_attempt_at=self.kept.now, waits_for=None))

    def next_attempt_at(self) -> datetime | None:
        """Return when the next row is due that is not due yet."""
        moments = (row.next_attempt_at for row in self.kept.deliveries.values())
        return min((each for each in moments if each and each > self.kept.now), default=None)

    def _is_due(self, row: Delivery) -> bool:
        return row.next_attempt_at is not None and row.next_attempt_at <= self.kept.now

    def _in_flight(self, row: Delivery) -> bool:
        if row.state is not DeliveryState.SENDING or row.intent is None:
            return False
        return row.intent.until is not None and row.intent.until >= self.kept.now

    def _may_call(self, name: str) -> bool:
        record = self.kept.channels[name]
        rate, slot = record.channel.rate_limit, self.kept.slots.get(name)
        if record.state is ChannelState.PAUSED:
            return False
        if rate is None or slot is None:
            return True
        minute = timedelta(minutes=1)
        return slot <= self.kept.now + minute - minute / rate.per_minute


@dataclass(frozen=True, slots=True)
class MemoryOutbox:
    """Events announced with the change."""

    kept: _Everything

    def announce(self, event_type: EventType, receipt: Receipt) -> None:
        """Put a receipt beside the change it tells of."""
        self.kept.announced.append((event_type, receipt))


@dataclass(frozen=True, slots=True)
class MemoryAudit:
    """Who did what."""

    kept: _Everything

    def note(self, deed: Deed) -> None:
        """Write it down."""
        self.kept.deeds.append(deed)


def _order(row: Delivery) -> tuple[bool, int, datetime]:
    return (row.lane is Lane.BULK, row.urgency, row.next_attempt_at or NOW)

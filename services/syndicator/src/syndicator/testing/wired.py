# SPDX-License-Identifier: EUPL-1.2
"""The use cases over the store in memory: real formatters and feeds, one fake platform."""

from dataclasses import dataclass, field

from communique.clock import SystemClock
from communique.http_client import HttpClient
from syndicator.domain.channel import Channel
from syndicator.ports import Capabilities, Connector, Deps, Destination, Formatter
from syndicator.registry import CAPABILITIES, CONNECTORS, FORMATTERS
from syndicator.testing.entries import MemoryEntries
from syndicator.testing.fakes import LOOKING, FakePlatform
from syndicator.testing.memory import MemoryStore
from syndicator.use_cases.deliver import deliver_next

SITE = "https://ministry.example"


@dataclass
class Wired:
    """Everything a test of a use case needs."""

    store: MemoryStore = field(default_factory=MemoryStore)
    entries: MemoryEntries = field(default_factory=MemoryEntries)
    platform: FakePlatform = field(default_factory=FakePlatform)
    can: Capabilities = LOOKING
    formatters: dict[str, Formatter] = field(default_factory=lambda: dict(FORMATTERS))

    @property
    def deps(self) -> Deps:
        """Return what the use cases take."""
        return Deps(
            begin=self.store.begin,
            formatters=self.formatters,
            capabilities={**CAPABILITIES, "fake": self.can},
            connect=self.connect,
            site_url=SITE,
            chance=lambda: 1.0,
        )

    def connect(self, channel: Channel, credential: str | None) -> Connector:
        """Return the fake platform, or a real connector over the entries in memory."""
        if channel.connector == "fake":
            return self.platform
        http, clock = HttpClient(), SystemClock()
        destination = Destination(
            channel.name, channel.destination, credential, http, self.entries, clock
        )
        return CONNECTORS[channel.connector](destination)

    def add(self, *channels: Channel) -> None:
        """Put channels in."""
        with self.store.begin() as work:
            for channel in channels:
                work.channels.put(channel, None)

    def deliver_all(self, most: int = 100) -> int:
        """Work until nothing is due now; return how often something was done."""
        done = 0
        while done < most:
            with self.store.begin() as work:
                names = work.deliveries.ready((), 100)
            moved = sum(deliver_next(name, self.deps) for name in names)
            if not moved:
                break
            done += moved
        return done

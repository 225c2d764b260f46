# SPDX-License-Identifier: EUPL-1.2
"""The store of feeds and wires in memory."""

from collections.abc import Sequence
from dataclasses import replace

from syndicator.ports import Entry


class MemoryEntries:
    """What feeds and wires are served from."""

    def __init__(self) -> None:
        """Start empty."""
        self._kept: dict[tuple[str, str, str, str], Entry] = {}
        self._last: dict[str, int] = {}

    def write(self, entries: Sequence[Entry]) -> None:
        """Put entries of one channel in; an older version changes nothing."""
        if not entries:
            return
        channel = entries[0].channel
        sequence = self._last.get(channel, 0) + 1
        self._last[channel] = sequence
        for entry in entries:
            place = (entry.channel, entry.locale, entry.format, entry.article)
            known = self._kept.get(place)
            if known is None or known.version <= entry.version:
                self._kept[place] = replace(entry, sequence=sequence)

    def newest(self, channel: str, locale: str, form: str, limit: int) -> list[Entry]:
        """Return the entries last published, newest first, without empty ones."""
        found = [
            entry for entry in self._of(channel, form) if entry.locale == locale and entry.fragment
        ]
        return sorted(found, key=lambda each: (each.updated, each.sequence), reverse=True)[:limit]

    def since(self, channel: str, form: str, after: int, limit: int) -> list[Entry]:
        """Return what changed after a sequence number, in its order, deleted ones too."""
        found = [entry for entry in self._of(channel, form) if entry.sequence > after]
        return sorted(found, key=lambda each: (each.sequence, each.locale))[:limit]

    def of_article(self, channel: str, article: str, form: str) -> list[Entry]:
        """Return an article's entries, one per locale."""
        found = [entry for entry in self._of(channel, form) if entry.article == article]
        return sorted(found, key=lambda each: each.locale)

    def _of(self, channel: str, form: str) -> list[Entry]:
        return [
            entry
            for entry in self._kept.values()
            if entry.channel == channel and entry.format == form
        ]

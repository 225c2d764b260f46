# SPDX-License-Identifier: EUPL-1.2
"""What has been imported, in memory."""

from collections.abc import Mapping, Sequence

from content_api.testing.memory_tables import Tables


class MemoryImports:
    """What has been imported."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._rows = tables.imported

    def known(self, source: str, items: Sequence[str]) -> Mapping[str, bytes]:
        """Return the hashes of those items that have been imported."""
        return {item: self._rows[source, item][0] for item in items if (source, item) in self._rows}

    def add(self, source: str, item: str, digest: bytes, article: str) -> None:
        """Remember an item."""
        self._rows[source, item] = (digest, article)

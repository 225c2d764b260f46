# SPDX-License-Identifier: EUPL-1.2
"""The contract of Blobs in a dict; for tests."""

from collections.abc import Iterator
from typing import BinaryIO

from communique.errors import Unavailable
from media_store.domain.errors import NoSuchBlob


class MemoryStream:
    """An open object."""

    def __init__(self, data: bytes) -> None:
        """Take the bytes."""
        self._data = data

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes in pieces."""
        for at in range(0, len(self._data), 65_536):
            yield self._data[at : at + 65_536]

    def close(self) -> None:
        """Do nothing: there is no connection."""


class MemoryBlobs:
    """Objects in a dict. `away` makes it behave like a storage that does not answer."""

    def __init__(self) -> None:
        """Start empty."""
        self.objects: dict[str, bytes] = {}
        self.away = False

    def put(self, key: str, source: BinaryIO, *, media_type: str) -> None:
        """Store all bytes of a file under a key."""
        del media_type
        self.ready()
        self.objects[key] = source.read()

    def open(self, key: str, *, start: int = 0, length: int | None = None) -> MemoryStream:
        """Open an object or a part of it."""
        self.ready()
        if key not in self.objects:
            raise NoSuchBlob(key)
        end = None if length is None else start + length
        return MemoryStream(self.objects[key][start:end])

    def size(self, key: str) -> int | None:
        """Return how many bytes lie under a key, or None."""
        self.ready()
        return len(self.objects[key]) if key in self.objects else None

    def ready(self) -> None:
        """Raise Unavailable while it is away."""
        if self.away:
            raise Unavailable("The storage does not answer.")

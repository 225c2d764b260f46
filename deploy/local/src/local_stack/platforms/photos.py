# SPDX-License-Identifier: EUPL-1.2
"""Pictures that a platform collects itself from an address, as Meta does."""

from dataclasses import dataclass
from datetime import datetime

import urllib3

from local_stack.platforms.store import Store

LARGEST = 10_000_000
SIGNATURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
}


class PhotoError(Exception):
    """The address gave no picture that can be kept."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as it was collected."""

    id: str
    account: str
    url: str
    media_type: str
    content: bytes


class Photos:
    """The pictures that accounts have put up."""

    def __init__(self, store: Store) -> None:
        """Keep them in that store."""
        self._store = store
        self._http = urllib3.PoolManager(timeout=urllib3.Timeout(connect=3, read=10), retries=False)

    def collect(self, account: str, url: str, at: datetime) -> Photo:
        """Fetch the picture at an address and keep it."""
        content = self._fetch(url)
        media_type = _media_type(content)
        with self._store.transaction() as connection:
            number = connection.execute("SELECT COUNT(*) + 1 FROM photos").fetchone()[0]
            photo = Photo(str(880_000_000_000_000 + number), account, url, media_type, content)
            connection.execute(
                "INSERT INTO photos (id, account, url, media_type, content, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (photo.id, account, url, media_type, content, at.timestamp()),
            )
        return photo

    def find(self, photo_id: str) -> Photo | None:
        """Return a picture that was collected."""
        with self._store.transaction() as connection:
            row = connection.execute(
                "SELECT id, account, url, media_type, content FROM photos WHERE id = ?", (photo_id,)
            ).fetchone()
        return None if row is None else Photo(*row)

    def _fetch(self, url: str) -> bytes:
        if not url.startswith(("http://", "https://")):
            raise PhotoError("the address is not on the web")
        try:
            answer = self._http.request("GET", url, preload_content=False)
            try:
                content = answer.read(LARGEST + 1)
            finally:
                answer.close()
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise PhotoError("the address does not answer") from error
        if answer.status != 200:
            raise PhotoError(f"the address answers {answer.status}")
        if len(content) > LARGEST:
            raise PhotoError("the picture is too large")
        return content


def _media_type(content: bytes) -> str:
    for signature, media_type in SIGNATURES.items():
        if content.startswith(signature):
            return media_type
    raise PhotoError("what the address gives is no picture")

# SPDX-License-Identifier: EUPL-1.2
"""Take in an upload: check, hash, store once."""

import hashlib
import tempfile
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

from communique.errors import Conflict, InvalidInput, TooLarge, UnsupportedMedia
from communique.events.media import AssetState
from communique.ids import new_id
from media_store.domain.asset import Asset, move
from media_store.domain.picture_types import ALLOWED, HEAD, other_type, picture_type
from media_store.domain.texts import clean
from media_store.ports import Deps, UnitOfWork

_PIECE: Final = 1 << 20
_MOST_FILENAME: Final = 255
_ANYTHING: Final = frozenset({"", "application/octet-stream", "application/x-www-form-urlencoded"})


class Source(Protocol):
    """Where the bytes of an upload come from."""

    def read(self, size: int, /) -> bytes:
        """Return up to that many bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes on their way in. `field` is where a problem document points to."""

    source: Source
    field: str
    declared_type: str | None = None
    declared_size: int | None = None
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class Ingested:
    """The asset, and whether its bytes are new to us."""

    asset: Asset
    new: bool


@dataclass(frozen=True, slots=True)
class _Received:
    sha256: str
    size: int
    media_type: str


def ingest(upload: Upload, deps: Deps) -> Ingested:
    """Store the original under its hash, then the asset; the same bytes are the same asset.

    Raises:
        InvalidInput: nothing was sent.
        TooLarge: more than the limit.
        UnsupportedMedia: not a picture we take, or not what it says it is.
        Conflict: these bytes have been withdrawn.
    """
    with tempfile.TemporaryFile() as file:
        received = _receive(upload, file, deps.policy.most_bytes)
        known = _known(received.sha256, deps)
        if known is not None:
            return known
        asset = Asset(
            id=new_id(),
            state=AssetState.RECEIVED,
            sha256=received.sha256,
            media_type=received.media_type,
            bytes=received.size,
            filename=clean(upload.filename, _MOST_FILENAME),
        )
        file.seek(0)
        deps.blobs.put(asset.key, file, media_type=asset.media_type)
    with deps.unit_of_work() as work:
        if work.assets.add(asset):
            return Ingested(asset, new=True)
        return Ingested(_again(work, asset.sha256) or asset, new=False)


def _receive(upload: Upload, file: BinaryIO, limit: int) -> _Received:
    if upload.declared_size is not None and upload.declared_size > limit:
        raise _too_large(upload, limit)
    digest = hashlib.sha256()
    size = 0
    head = b""
    media_type = ""
    while piece := upload.source.read(_PIECE):
        if len(head) < HEAD:
            head = (head + piece)[:HEAD]
            if len(head) == HEAD:
                media_type = _checked_type(upload, head)
        size += len(piece)
        if size > limit:
            raise _too_large(upload, limit)
        digest.update(piece)
        file.write(piece)
    if size == 0:
        raise InvalidInput(
            "The upload is empty.", errors={upload.field: ["Send the bytes of a picture."]}
        )
    return _Received(digest.hexdigest(), size, media_type or _checked_type(upload, head))


def _checked_type(upload: Upload, head: bytes) -> str:
    found = picture_type(head)
    if found is None:
        raise UnsupportedMedia(
            "The bytes are not a picture that we take.",
            errors={
                upload.field: [f"They are {other_type(head)}; send one of: {', '.join(ALLOWED)}."]
            },
        )
    declared = (upload.declared_type or "").lower()
    if declared not in _ANYTHING and declared != found:
        raise UnsupportedMedia(
            "The bytes are not what Content-Type says.",
            errors={"Content-Type": [f"It says {declared[:100]}, the bytes are {found}."]},
        )
    return found


def _too_large(upload: Upload, limit: int) -> TooLarge:
    return TooLarge(
        "The upload is over the limit.",
        errors={upload.field: [f"At most {limit} bytes."]},
        extra={"limit": limit},
    )


def _known(sha256: str, deps: Deps) -> Ingested | None:
    with deps.unit_of_work() as work:
        asset = _again(work, sha256)
    return None if asset is None else Ingested(asset, new=False)


def _again(work: UnitOfWork, sha256: str) -> Asset | None:
    """Return the asset that already has these bytes; a rejected one gets another chance."""
    asset = work.assets.by_content(sha256)
    if asset is None:
        return None
    if asset.state is AssetState.WITHDRAWN:
        raise Conflict("This picture has been withdrawn.", extra={"asset": asset.id})
    if asset.state is AssetState.REJECTED:
        asset = move(asset, AssetState.RECEIVED, due=True, reason=None)
        work.assets.save(asset)
    return asset

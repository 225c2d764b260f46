# SPDX-License-Identifier: EUPL-1.2
"""Make every rendition of a claimed asset, then make it known, in one commit."""

import hashlib
import tempfile
from pathlib import Path
from typing import Final

import structlog

from communique.errors import Unavailable
from communique.events.envelope import EventType
from communique.events.media import AssetState
from media_store.domain.asset import Asset, Rendition, announced, move
from media_store.domain.errors import DecoderFailed, NoSuchBlob, Unreadable
from media_store.domain.profiles import PROFILES
from media_store.ports import Claim, Deps, Made, MadeFile, Order

log = structlog.get_logger()
_GAVE_UP: Final = "The picture could not be decoded within the limits, in several attempts."


def make_renditions(claim: Claim, deps: Deps) -> None:
    """Carry a claim to its end: ready, rejected, or given back to be tried again.

    Raises:
        Unavailable: storage is away; the claim has been given back.
    """
    if claim.attempt > deps.policy.most_attempts:
        _reject(claim, _GAVE_UP, deps)
        return
    try:
        with tempfile.TemporaryDirectory(prefix="media-store-") as name:
            made, renditions = _make(claim.asset, Path(name), deps)
    except Unreadable as error:
        _reject(claim, error.reason, deps)
    except (DecoderFailed, NoSuchBlob) as error:
        log.warning("decoder failed", asset_id=claim.asset.id, reason=str(error))
        _give_back(claim, deps, counted=True)
    except Unavailable:
        _give_back(claim, deps, counted=False)
        raise
    else:
        _complete(claim, made, renditions, deps)


def _make(asset: Asset, directory: Path, deps: Deps) -> tuple[Made, tuple[Rendition, ...]]:
    source = directory / "original"
    _fetch(asset.key, source, deps)
    order = Order(
        media_type=asset.media_type,
        profiles=PROFILES,
        texts=asset.texts,
        adopt=asset.state is not AssetState.READY,
        most_pixels=deps.policy.most_pixels,
    )
    made = deps.images.make(source, directory, order)
    return made, tuple(_store(each, deps) for each in made.files)


def _fetch(key: str, path: Path, deps: Deps) -> None:
    stream = deps.blobs.open(key)
    try:
        with path.open("wb") as file:
            for piece in stream:
                file.write(piece)
    finally:
        stream.close()


def _store(made: MadeFile, deps: Deps) -> Rendition:
    with made.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        rendition = Rendition(
            profile=made.profile,
            sha256=sha256,
            media_type=made.media_type,
            width=made.width,
            height=made.height,
            bytes=file.seek(0, 2),
        )
        if deps.blobs.size(rendition.key) != rendition.bytes:
            file.seek(0)
            deps.blobs.put(rendition.key, file, media_type=rendition.media_type)
    return rendition


def _complete(claim: Claim, made: Made, renditions: tuple[Rendition, ...], deps: Deps) -> None:
    with deps.unit_of_work() as work:
        asset = work.assets.held(claim)
        if asset is None:
            log.info("claim lost", asset_id=claim.asset.id)
            return
        work.assets.finish(claim)
        if asset.state is AssetState.WITHDRAWN:
            work.assets.save(asset.with_changes(due=False))
            return
        first = asset.state is AssetState.SCANNING
        asset = _made(asset, made, renditions)
        work.assets.save(asset)
        event = EventType.ASSET_READY if first else EventType.ASSET_REPLACED
        work.announce(event, announced(asset, deps.policy.media_url))
    log.info("renditions made", asset_id=asset.id, renditions=len(renditions), first=first)


def _made(asset: Asset, made: Made, renditions: tuple[Rendition, ...]) -> Asset:
    """Return the asset with its renditions; due again if its words changed in the meantime."""
    first = asset.state is AssetState.SCANNING
    texts = asset.texts.over(made.texts) if first else asset.texts
    changes = {
        "width": made.width,
        "height": made.height,
        "texts": texts,
        "renditions": renditions,
        "due": texts != made.texts,
        "reason": None,
    }
    return move(asset, AssetState.READY, **changes) if first else asset.with_changes(**changes)


def _reject(claim: Claim, reason: str, deps: Deps) -> None:
    with deps.unit_of_work() as work:
        asset = work.assets.held(claim)
        if asset is None:
            return
        work.assets.finish(claim)
        if asset.state is AssetState.SCANNING:
            asset = move(asset, AssetState.REJECTED, due=False, reason=reason)
        else:  # what is public stays public: only making it again has failed
            asset = asset.with_changes(due=False)
        work.assets.save(asset)
    log.warning("renditions not made", asset_id=asset.id, state=asset.state.value, reason=reason)


def _give_back(claim: Claim, deps: Deps, *, counted: bool) -> None:
    with deps.unit_of_work() as work:
        work.assets.release(claim, deps.policy.retry_wait, counted=counted)

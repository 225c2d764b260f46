# SPDX-License-Identifier: EUPL-1.2
"""Wires: what agencies with a key pull, and resume by."""

from typing import Any

from flask import Response
from flask_restx import Namespace, Resource

from communique.errors import NotFound
from communique.web.auth import scope
from communique.web.hot import remember
from communique.web.operation import operation
from syndicator.api.deps import cached, channel_record, deps
from syndicator.api.schemas import WireQuerySchema
from syndicator.domain.channel import Channel, ChannelKind
from syndicator.ports import Entry

api = Namespace("wires", path="/wires")
_JSON = "application/json"
_CACHE = "private, max-age=0, must-revalidate"


@api.route("/<string:channel>")
class WireResource(Resource):
    """A wire, from where its reader has stopped."""

    @operation(
        rule=scope("wire:{channel}"),
        query=WireQuerySchema,
        answers={200: _JSON, 304: None, 404: None},
        headers=("If-None-Match",),
    )
    def get(self, channel: str, *, query: dict[str, Any]) -> Response:
        """Read what changed after `since`, oldest first; withdrawals are items too."""
        wire = _wire(channel)
        since, limit = query["since"], query["limit"]
        found = deps().entries.since(channel, wire.formats[0], since, limit)
        return _answer(channel, found, found[-1].sequence if found else since)


@api.route("/<string:channel>/items/<string:article>")
class WireItemResource(Resource):
    """One article on a wire."""

    @operation(
        rule=scope("wire:{channel}"),
        answers={200: _JSON, 304: None, 404: None},
        headers=("If-None-Match",),
    )
    def get(self, channel: str, article: str) -> Response:
        """Read an article in every language that the wire carries."""
        wire = _wire(channel)
        found = deps().entries.of_article(channel, article, wire.formats[0])
        if not found:
            raise NotFound(f"The wire {channel} has no article {article}.")
        return _answer(channel, found, max(entry.sequence for entry in found))


def _wire(name: str) -> Channel:
    channel = channel_record(name).channel
    if channel.kind is not ChannelKind.WIRE:
        raise NotFound(f"There is no wire {name}.")
    return channel


def _answer(channel: str, entries: list[Entry], after: int) -> Response:
    items = b",".join(entry.fragment for entry in entries)
    body = b'{"items":[' + items + b'],"next":"' + str(after).encode() + b'"}'
    remember(f"wire:{channel}")
    return cached(Response(body, content_type=_JSON), cache_control=_CACHE)

# SPDX-License-Identifier: EUPL-1.2
"""Feeds: joined from stored entries, never rendered at reading time."""

from datetime import datetime
from typing import Final

from flask import Response
from flask_restx import Namespace, Resource

from communique.errors import NotFound
from communique.web.auth import PUBLIC
from communique.web.hot import remember
from communique.web.operation import operation
from syndicator.api.deps import cached, channel_record, deps
from syndicator.api.feed_index import index_page
from syndicator.domain.channel import Channel, ChannelKind
from syndicator.ports import ChannelRecord, Feed

api = Namespace("feeds", path="/feeds")
EXTENSIONS: Final = {"rss": "rss", "atom": "atom", "json": "json-feed"}
_NEWEST: Final = 50
_CACHE: Final = "public, max-age=15"


@api.route("")
class FeedsResource(Resource):
    """The feeds there are."""

    @operation(rule=PUBLIC, answers={200: "text/html; charset=utf-8"})
    def get(self) -> Response:
        """Show people which feeds there are, and how to subscribe."""
        with deps().deps.begin() as work:
            channels = [record.channel for record in work.channels.all()]
        shown = [channel for channel in channels if channel.kind is ChannelKind.FEED]
        page = index_page(shown, EXTENSIONS, deps().public_url)
        remember(None)
        response = Response(page, content_type="text/html; charset=utf-8")
        return cached(response, cache_control=_CACHE)


@api.route("/<string:file>")
class FeedResource(Resource):
    """One feed."""

    @operation(
        rule=PUBLIC,
        answers={200: "application/xml", 304: None, 404: None},
        headers=("If-None-Match", "If-Modified-Since"),
    )
    def get(self, file: str) -> Response:
        """Read `{channel}.{rss|atom|json}` (its first language) or `{channel}.{locale}.{ext}`."""
        name, locale, extension = _parts(file)
        record = channel_record(name)
        channel = record.channel
        locale = locale or channel.locales[0].locale
        form = EXTENSIONS[extension]
        if form not in channel.formats or channel.choice(locale) is None:
            raise NotFound(f"The channel {name} has no {extension} feed in {locale}.")
        return _feed(record, locale, extension)


def _parts(file: str) -> tuple[str, str | None, str]:
    parts = file.split(".")
    if len(parts) not in {2, 3} or parts[-1] not in EXTENSIONS:
        endings = ", ".join(EXTENSIONS)
        raise NotFound(f"Ask for channel.ext or channel.locale.ext; ext is one of {endings}.")
    return parts[0], parts[1] if len(parts) == 3 else None, parts[-1]


def _feed(record: ChannelRecord, locale: str, extension: str) -> Response:
    web, channel = deps(), record.channel
    formatter = web.feed_formatters[EXTENSIONS[extension]]
    entries = web.entries.newest(channel.name, locale, EXTENSIONS[extension], _NEWEST)
    updated = max((entry.updated for entry in entries), default=record.updated_at)
    head = _head(channel, locale, extension, updated)
    body = formatter.join(head, [entry.fragment for entry in entries])
    response = Response(body, content_type=f"{formatter.media_type}; charset=utf-8")
    response.last_modified = updated
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Content-Language"] = locale
    remember(None)
    return cached(response, cache_control=_CACHE)


def _head(channel: Channel, locale: str, extension: str, updated: datetime) -> Feed:
    web = deps()

    def address(tag: str) -> str:
        return f"{web.public_url}/feeds/{channel.name}.{tag}.{extension}"

    return Feed(
        id=f"{web.public_url}/feeds/{channel.name}.{locale}",
        title=channel.title_in(locale),
        locale=locale,
        self_url=address(locale),
        site_url=web.site_url,
        updated=updated,
        author=channel.title_in(locale),
        alternates={
            choice.locale: address(choice.locale)
            for choice in channel.locales
            if choice.locale != locale
        },
    )

# SPDX-License-Identifier: EUPL-1.2
"""What the resources reach."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, current_app, request

from communique.errors import NotFound, PreconditionFailed, PreconditionMissing
from syndicator.ports import ChannelRecord, Deps, EntryStore, FeedFormatter


@dataclass(frozen=True, slots=True)
class WebDeps:
    """The use cases' dependencies, and what is only read."""

    deps: Deps
    entries: EntryStore
    feed_formatters: Mapping[str, FeedFormatter]
    public_url: str
    site_url: str


def deps() -> WebDeps:
    """Return the dependencies of the present application."""
    found: WebDeps = current_app.extensions["deps"]
    return found


def channel_record(name: str) -> ChannelRecord:
    """Return a channel.

    Raises:
        NotFound: there is none of that name.
    """
    with deps().deps.begin() as work:
        record = work.channels.get(name)
    if record is None:
        raise NotFound(f"There is no channel {name}.")
    return record


def cached(response: Response, *, cache_control: str) -> Response:
    """Give an answer its validator, and answer 304 to who has it already."""
    response.add_etag()
    response.headers["Cache-Control"] = cache_control
    response.make_conditional(request)
    return response


def revision_in_if_match() -> int:
    """Return the revision that If-Match names.

    Raises:
        PreconditionMissing: there is no If-Match.
        PreconditionFailed: it is none of our tags.
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise PreconditionMissing(
            "Send If-Match with the ETag you have read.", errors={"If-Match": ["Is missing."]}
        )
    text = given.strip().strip('"')
    if not text.isdigit():
        raise PreconditionFailed(
            "If-Match names no revision of this channel.",
            errors={"If-Match": ["Send the ETag that GET has answered with."]},
        )
    return int(text)

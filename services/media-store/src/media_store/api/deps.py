# SPDX-License-Identifier: EUPL-1.2
"""What a resource may reach, and how it finds it."""

from flask import current_app, request

from media_store.ports import Deps


def deps() -> Deps:
    """Return the dependencies of the present application."""
    found: Deps = current_app.extensions["deps"]
    return found


def if_match() -> frozenset[str] | None:
    """Return the entity tags of If-Match as they are written, or None when it is not sent."""
    if "If-Match" not in request.headers:
        return None
    if request.if_match.star_tag:
        return frozenset({"*"})
    return frozenset(f'"{tag}"' for tag in request.if_match.as_set())

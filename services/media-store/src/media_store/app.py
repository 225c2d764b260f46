# SPDX-License-Identifier: EUPL-1.2
"""The Flask application. No I/O."""

from collections.abc import Callable

from flask import Flask

from communique.web.auth import Guard
from communique.web.service import create_service
from media_store.api import NAMESPACES
from media_store.ports import Deps


def create_app(deps: Deps, *, guard: Guard, ready: Callable[[], None]) -> Flask:
    """Make the application over its dependencies."""
    app = create_service(
        title="Communiqué media store",
        version="1",
        namespaces=NAMESPACES,
        guard=guard,
        ready=ready,
    )
    app.extensions["deps"] = deps
    return app

# SPDX-License-Identifier: EUPL-1.2
"""The Flask application. No I/O."""

from collections.abc import Callable

from flask import Flask

from communique.web.auth import Guard
from communique.web.service import create_service
from syndicator.api import NAMESPACES
from syndicator.api.deps import WebDeps


def create_app(web: WebDeps, *, guard: Guard, ready: Callable[[], None]) -> Flask:
    """Make the application over its dependencies."""
    app = create_service(
        title="Communiqué syndicator",
        version="1",
        namespaces=NAMESPACES,
        guard=guard,
        ready=ready,
    )
    app.extensions["deps"] = web
    return app

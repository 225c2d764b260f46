# SPDX-License-Identifier: EUPL-1.2
"""Make the Flask application from its dependencies. No I/O."""

from collections.abc import Callable

from flask import Flask

from communique.web.auth import Guard
from communique.web.cors import open_reads
from communique.web.service import create_service
from content_api.api import NAMESPACES
from content_api.api.deps import Site
from content_api.api.fragments import Picked
from content_api.api.waiting import Waiting
from content_api.ports import Deps


def create_app(deps: Deps, site: Site, guard: Guard, ready: Callable[[], None]) -> Flask:
    """Make the application; `ready` raises while the database is away."""
    app = create_service(
        title="Communiqué content API",
        version="1.0.0",
        namespaces=NAMESPACES,
        guard=guard,
        ready=ready,
        limited=True,
    )
    open_reads(app, _is_open)
    app.extensions["deps"] = deps
    app.extensions["site"] = site
    app.extensions["waiting"] = Waiting()
    app.extensions["picked"] = Picked()
    return app


def _is_open(path: str) -> bool:
    """Tell whether pages of other sites may read it: all that is delivered, nothing of the desk."""
    return path.startswith("/v1/") and not path.startswith(("/v1/desk/", "/v1/previews/"))

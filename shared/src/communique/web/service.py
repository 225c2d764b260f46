# SPDX-License-Identifier: EUPL-1.2
"""Make a service's Flask application: routes, errors, health, metrics, descriptions."""

import functools
from collections.abc import Callable, Sequence
from typing import Any, Final

import orjson
from flask import Flask, Response, redirect, request
from flask_restx import Api, Namespace
from flask_swagger_ui import get_swaggerui_blueprint
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
    values,
)
from prometheus_client.multiprocess import MultiProcessCollector
from werkzeug.wrappers import Response as BaseResponse

from communique import metrics
from communique.web import problems
from communique.web.auth import Guard
from communique.web.openapi import describe

OPEN_PATHS: Final = ("/livez", "/readyz", "/metrics", "/openapi.json", "/swagger.json", "/docs")
_MOST_JSON: Final = 20_000_000


class _ProblemApi(Api):
    """flask-restx without its own error documents, which echo input, and its old Swagger page."""

    def handle_error(self, e: Exception) -> Response:
        """Answer with a problem document."""
        return problems.answer(e)

    def render_root(self) -> BaseResponse:
        """Show a person who comes by what there is."""
        return redirect("/docs/")

    def _register_apidoc(self, app: Flask) -> None:
        """Serve none of the files of its page."""


def create_service(
    *,
    title: str,
    version: str,
    namespaces: Sequence[Namespace],
    guard: Guard,
    ready: Callable[[], None],
    limited: bool = False,
) -> Flask:
    """Make the application; `ready` raises while a part it depends on is away.

    `limited` tells readers of the description that keys have a quota.
    """
    app = Flask(title.replace(" ", "_"), static_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=_MOST_JSON, RESTX_MASK_SWAGGER=False, PROPAGATE_EXCEPTIONS=False
    )
    app.url_map.strict_slashes = False
    app.extensions["guard"] = guard
    problems.register(app)
    api = _ProblemApi(title=title, version=version, doc=False)
    api.init_app(app, add_specs=False)
    for namespace in namespaces:
        api.add_namespace(namespace)
    app.extensions["namespaces"] = tuple(namespaces)
    _add_health(app, ready)
    words = functools.partial(describe, namespaces, title=title, version=version, limited=limited)
    _add_descriptions(app, words, title=title)
    app.after_request(_finish)
    return app


def _add_health(app: Flask, ready: Callable[[], None]) -> None:
    def livez() -> Response:
        return Response(b'{"status":"ok"}\n', content_type="application/json")

    def readyz() -> Response:
        ready()
        return Response(b'{"status":"ok"}\n', content_type="application/json")

    def exposition() -> Response:
        registry = REGISTRY
        if getattr(values.ValueClass, "_multiprocess", False):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    app.add_url_rule("/livez", view_func=livez)
    app.add_url_rule("/readyz", view_func=readyz)
    app.add_url_rule("/metrics", view_func=exposition)


def _add_descriptions(app: Flask, words: Callable[..., dict[str, Any]], *, title: str) -> None:
    written: dict[str, bytes] = {}

    def description(form: str) -> Response:
        if form not in written:
            written[form] = orjson.dumps(words(form=form))
        return Response(written[form], content_type="application/json")

    def modern() -> Response:
        return description("3.1.0")

    def swagger() -> Response:
        return description("2.0")

    app.add_url_rule("/openapi.json", view_func=modern)
    app.add_url_rule("/swagger.json", view_func=swagger)
    page = get_swaggerui_blueprint("/docs", "/openapi.json", config={"app_name": title})
    app.register_blueprint(page, url_prefix="/docs")


def _finish(response: Response) -> Response:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    metrics.REQUESTS.labels(request.method, str(response.status_code)).inc()
    return response


def route_methods(app: Flask) -> list[tuple[str, Any]]:
    """List (path, view) of every route of the application, for the test of rules."""
    return [(rule.rule, app.view_functions[rule.endpoint]) for rule in app.url_map.iter_rules()]

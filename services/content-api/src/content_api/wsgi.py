# SPDX-License-Identifier: EUPL-1.2
"""The gunicorn entry point; the only module with work at import."""

import os
import threading

from communique import logs
from communique.settings import read
from communique.supervise import Health, keep_running
from communique.web.hot import HotCache
from content_api.app import create_app
from content_api.bootstrap import build
from content_api.settings import Settings
from content_api.store.tables import PUBLISHED_CHANNEL

settings = read(Settings, os.environ)  # noqa: TID251  # the entry point reads the environment
logs.configure("content-api", settings.log_level)
service = build(settings)
service.shelf.open()
guard = service.guard()
application = HotCache(create_app(service.deps, service.site, guard, service.ready), guard)


def follow(stop: threading.Event) -> None:
    """Clear the hot cache whenever the public store has changed."""
    application.follow(settings.database_url, [PUBLISHED_CHANNEL], stop)


threading.Thread(
    target=keep_running,
    args=("hot-cache", follow, threading.Event(), Health()),
    name="hot-cache",
    daemon=True,
).start()

# SPDX-License-Identifier: EUPL-1.2
"""The gunicorn entry point; the only module with work at import."""

import os
import signal
import threading

from communique import logs
from communique.settings import read
from communique.supervise import Health, keep_running
from communique.web import cors
from communique.web.hot import HotCache
from communique.web.quota import RateLimit
from content_api.api.waiting import Waiting
from content_api.app import create_app
from content_api.bootstrap import build
from content_api.settings import Settings
from content_api.store.tables import PUBLISHED_CHANNEL, SCHEDULED_CHANNEL

settings = read(Settings, os.environ)  # noqa: TID251  # the entry point reads the environment
logs.configure("content-api", settings.log_level)
service = build(settings)
service.shelf.open()
guard = service.guard()
app = create_app(service.deps, service.site, guard, service.ready)
waiting = app.extensions["waiting"] = Waiting(settings.waiting)
cache = HotCache(app, guard, horizon=service.horizon)
quota = service.quota()
application = RateLimit(cache, guard, quota, headers=cors.OPEN) if quota.requests else cache


def follow(stop: threading.Event) -> None:
    """Clear the hot cache whenever what is public, or what will be, has changed."""
    channels = [PUBLISHED_CHANNEL, SCHEDULED_CHANNEL]
    cache.follow(settings.database_url, channels, stop)


def wake(stop: threading.Event) -> None:
    """Wake who waits for a publication."""
    waiting.follow(settings.database_url, PUBLISHED_CHANNEL, stop)


for name, loop in (("hot-cache", follow), ("waiting", wake)):
    threading.Thread(
        target=keep_running,
        args=(name, loop, threading.Event(), Health()),
        name=name,
        daemon=True,
    ).start()
stopped = signal.getsignal(signal.SIGTERM)  # gunicorn's: it waits for requests to end
if callable(stopped):
    signal.signal(signal.SIGTERM, waiting.ending_before(stopped))

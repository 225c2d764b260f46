# SPDX-License-Identifier: EUPL-1.2
"""The gunicorn entry point; the only module with work at import time."""

import os
import threading

from communique import logs
from communique.settings import read
from communique.web.hot import HotCache
from syndicator.app import create_app
from syndicator.bootstrap import build
from syndicator.settings import Settings
from syndicator.store.entries import FEEDS

_settings = read(Settings, os.environ)  # noqa: TID251  # this is the one place
logs.configure("syndicator", _settings.log_level)
_service = build(_settings)
_guard = _service.guard()
application = HotCache(
    create_app(_service.web(), guard=_guard, ready=_service.ready).wsgi_app, _guard
)
threading.Thread(
    target=application.follow,
    args=(_settings.database_url, [FEEDS], threading.Event()),
    name="hot",
    daemon=True,
).start()

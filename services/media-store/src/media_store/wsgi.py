# SPDX-License-Identifier: EUPL-1.2
"""The gunicorn entry point; the only module with work at import time."""

import os

from communique import logs
from communique.settings import read
from media_store.app import create_app
from media_store.bootstrap import build
from media_store.settings import Settings

_settings = read(Settings, os.environ)  # noqa: TID251  # this is the one place
logs.configure("media-store", _settings.log_level)
_service = build(_settings)
application = create_app(_service.deps, guard=_service.guard(), ready=_service.ready)

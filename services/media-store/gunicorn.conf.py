# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: INP001  # gunicorn wants this file and no package
"""gunicorn's settings: more threads than elsewhere, because uploads wait for the network."""

import os

from communique.web.gunicorn import defaults

_environ = os.environ  # noqa: TID251  # this is the one place
_environ.setdefault("COMMUNIQUE_WEB_THREADS", "8")
globals().update(defaults(_environ))
timeout = 120

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: INP001  # gunicorn wants this file and no package
"""How gunicorn runs the web process; the address is given with -b."""

import os

from communique.web import gunicorn

globals().update(gunicorn.defaults(os.environ))  # noqa: TID251  # gunicorn reads its settings here

# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: INP001  # gunicorn wants this file and no package
"""How the syndicator's web processes run."""

import os

from communique.web.gunicorn import defaults

globals().update(defaults(os.environ))  # noqa: TID251  # this is the one place

# SPDX-License-Identifier: EUPL-1.2
"""Lists every namespace by hand."""

from typing import Final

from flask_restx import Namespace

from media_store.api.assets import api as assets
from media_store.api.renditions import api as renditions

NAMESPACES: Final[tuple[Namespace, ...]] = (assets, renditions)

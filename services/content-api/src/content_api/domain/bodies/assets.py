# SPDX-License-Identifier: EUPL-1.2
"""Pictures in a text are named `asset:` and the id that the media store gave."""

import re
from typing import Final

from communique.ids import is_id

BARE_LINK: Final = re.compile(r"https?://\S+")
HOW: Final = "write a picture as asset: and its id in the media store"


def asset_of(address: str) -> str | None:
    """Return the asset that an address names, or None."""
    scheme, _, name = address.partition(":")
    return name if scheme == "asset" and is_id(name) else None

# SPDX-License-Identifier: EUPL-1.2
"""Lists every namespace by hand."""

from typing import Final

from syndicator.api import channels, deliveries, feeds, wires

NAMESPACES: Final = (feeds.api, wires.api, channels.api, deliveries.api)

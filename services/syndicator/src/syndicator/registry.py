# SPDX-License-Identifier: EUPL-1.2
"""FORMATTERS and CONNECTORS: the two lists. Nothing registers itself."""

from collections.abc import Mapping
from typing import Final

from syndicator.connectors.facebook import Facebook
from syndicator.connectors.shelf import Shelf
from syndicator.connectors.webhook import Webhook
from syndicator.connectors.x import X
from syndicator.formatters.atom import AtomFormatter
from syndicator.formatters.facebook_post import FacebookPostFormatter
from syndicator.formatters.json_feed import JsonFeedFormatter
from syndicator.formatters.ninjs import NinjsFormatter
from syndicator.formatters.rss import RssFormatter
from syndicator.formatters.x_post import XPostFormatter
from syndicator.ports import Capabilities, Connector, FeedFormatter, Formatter

RSS: Final = RssFormatter()
ATOM: Final = AtomFormatter()
JSON_FEED: Final = JsonFeedFormatter()

FORMATTERS: Final[Mapping[str, Formatter]] = {
    "rss": RSS,
    "atom": ATOM,
    "json-feed": JSON_FEED,
    "ninjs": NinjsFormatter(),
    "facebook-post": FacebookPostFormatter(),
    "x-post": XPostFormatter(),
}

FEED_FORMATTERS: Final[Mapping[str, FeedFormatter]] = {
    "rss": RSS,
    "atom": ATOM,
    "json-feed": JSON_FEED,
}

CONNECTORS: Final[Mapping[str, type[Connector]]] = {
    "feed": Shelf,
    "wire": Shelf,
    "webhook": Webhook,
    "facebook": Facebook,
    "x": X,
}

CAPABILITIES: Final[Mapping[str, Capabilities]] = {
    name: Capabilities(kind.actions, kind.retry, kind.exact, kind.pull)
    for name, kind in CONNECTORS.items()
}

# SPDX-License-Identifier: EUPL-1.2
"""The page that shows people which feeds there are."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from syndicator.domain.channel import Channel

_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}h2{font-size:1.1rem;margin:1.5rem 0 .25rem}"
    "table{border-collapse:collapse}td,th{padding:.15rem 1rem .15rem 0;text-align:start}"
    "a{color:#004b91}"
)
_NAMES: Final = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


def index_page(channels: Sequence[Channel], extensions: Mapping[str, str], base: str) -> str:
    """Write the page."""
    sections = "".join(_section(channel, extensions, base) for channel in channels)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Feeds</title><style>{_STYLE}</style></head><body><main><h1>Feeds</h1>"
        "<p>Put one of these addresses into a feed reader or into the site of an embassy. "
        "Corrections keep the entry's identity; a withdrawn text becomes a notice.</p>"
        f"{sections or '<p>There are no feeds yet.</p>'}</main></body></html>"
    )


def _section(channel: Channel, extensions: Mapping[str, str], base: str) -> str:
    offered = [ext for ext, form in extensions.items() if form in channel.formats]
    rows = "".join(
        f"<tr><th scope=row>{escape(choice.locale)}</th>"
        + "".join(_cell(channel, choice.locale, ext, base) for ext in offered)
        + "</tr>"
        for choice in channel.locales
    )
    first = channel.locales[0].locale
    title = escape(channel.title_in(first))
    return f'<h2 lang="{escape(first)}">{title}</h2><table>{rows}</table>'


def _cell(channel: Channel, locale: str, extension: str, base: str) -> str:
    url = escape(f"{base}/feeds/{channel.name}.{locale}.{extension}")
    return f'<td><a href="{url}">{_NAMES[extension]}</a></td>'

# SPDX-License-Identifier: EUPL-1.2
"""Where else: the Link header of answers, and which language strangers are led to."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlencode

from flask import request

from content_api.api.deps import site

#: Where a visitor is led whose language there is not, in this order; else to any.
_FOR_STRANGERS: Final = ("en", "fr", "es")


def for_strangers(locales: Mapping[str, str]) -> str | None:
    """Return the language for those whose own there is not; None when there is none at all."""
    first = next((locale for locale in _FOR_STRANGERS if locale in locales), None)
    return first or next(iter(locales), None)


def pages_of(slugs: Mapping[str, str]) -> dict[str, str]:
    """Return the address of the page in each language."""
    return {locale: site().page(locale, slug) for locale, slug in slugs.items()}


def article_links(locale: str, slugs: Mapping[str, str]) -> str:
    """Write the Link header of an article: its page, and that of every language."""
    pages = pages_of(slugs)
    canonical = pages.get(locale) or f"{site().site_url}{request.path}"
    links = [
        f'<{canonical}>; rel="canonical"',
        *(
            f'<{page}>; rel="alternate"; hreflang="{other}"; type="text/html"'
            for other, page in pages.items()
        ),
    ]
    strangers = for_strangers(pages)
    if strangers is not None:
        links.append(f'<{pages[strangers]}>; rel="alternate"; hreflang="x-default"')
    return ", ".join(links)


def list_links(following: str | None) -> str:
    """Write the Link header of a page of a list: the first page, and the next."""
    return ", ".join(_list_links(following))


def _list_links(following: str | None) -> Iterator[str]:
    given = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    yield f'<{_address(given)}>; rel="first"'
    if following is not None:
        yield f'<{_address([*given, ("cursor", following)])}>; rel="next"'


def _address(parameters: list[tuple[str, str]]) -> str:
    return f"{request.path}?{urlencode(parameters)}" if parameters else request.path

# SPDX-License-Identifier: EUPL-1.2
"""Every spot of the sample ministry where an article must stand, told by hand.

This is the test's own knowledge of `samples/channels.yaml`: it is not computed by the product.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from local_stack.demo.places import (
    ApiPlace,
    FeedPlace,
    Place,
    PlatformPlace,
    WebhookPlace,
    WirePlace,
)
from local_stack.demo.web import Web

#: channel -> (locale of the feed, locale whose words stand there)
FEEDS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "ministry-site": (("vi", "vi"), ("en", "en")),
    "embassy-new-delhi": (("vi", "vi"), ("en", "en")),
    "embassy-paris": (("vi", "vi"), ("fr", "fr")),
    "embassy-tokyo": (("vi", "vi"), ("ja", "en")),
}
FORMS: Final = ("rss", "atom", "json")
ON_FACEBOOK: Final = ("press-release", "statement", "consular-notice", "news")
ON_X: Final = ("press-release", "statement", "consular-notice", "remarks")
AT_THE_PARTNER: Final = ("press-release", "statement", "consular-notice")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, and the language whose words stand there."""

    place: Place
    reads: str

    @property
    def name(self) -> str:
        """Return channel, locale and form, for people."""
        return f"{self.place.channel} {self.place.locale} {self.place.form}"


@dataclass(frozen=True, slots=True)
class Readers:
    """Everything a reader needs to look: addresses and keys."""

    web: Web
    content_api: str
    syndicator: str
    platforms: str
    reader: str
    agency: str

    def has(self, locale: str, slug: str) -> bool:
        """Tell whether an article stands, or stood, under a slug."""
        url = f"{self.content_api}/v1/articles/by-slug/{locale}/{slug}"
        return self.web.ask("GET", url, key=self.reader).status in {200, 410}

    def spots(self, document: Mapping[str, Any]) -> list[Spot]:
        """Return every spot where this article must stand once it is published."""
        return [
            *self._api(document),
            *self._feeds(document),
            *self._wires(document),
            *self._platforms(document),
        ]

    def _api(self, document: Mapping[str, Any]) -> Iterator[Spot]:
        for locale in document["locales"]:
            yield Spot(ApiPlace(self.web, self.content_api, self.reader, locale), locale)

    def _feeds(self, document: Mapping[str, Any]) -> Iterator[Spot]:
        for channel, feeds in FEEDS.items():
            if channel != "ministry-site" and channel not in document["missions"]:
                continue
            for locale, reads in feeds:
                if reads in document["locales"]:
                    for form in FORMS:
                        place = FeedPlace(self.web, self.syndicator, channel, locale, form)
                        yield Spot(place, reads)

    def _wires(self, document: Mapping[str, Any]) -> Iterator[Spot]:
        for locale in document["locales"]:
            place = WirePlace(self.web, self.syndicator, self.agency, "press-agency", locale)
            yield Spot(place, locale)
        if document["kind"] in AT_THE_PARTNER:
            for locale in ("vi", "en"):
                if locale in document["locales"]:
                    partner = WebhookPlace(self.web, self.platforms, "partner-portal", locale)
                    yield Spot(partner, locale)

    def _platforms(self, document: Mapping[str, Any]) -> Iterator[Spot]:
        kind, locales = document["kind"], document["locales"]
        if kind in ON_FACEBOOK and "vi" in locales:
            place = PlatformPlace(self.web, self.platforms, "facebook-vi", "vi", "facebook")
            yield Spot(place, "vi")
        if kind in ON_X and "en" in locales:
            yield Spot(PlatformPlace(self.web, self.platforms, "x-en", "en", "x"), "en")

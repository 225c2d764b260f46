# SPDX-License-Identifier: EUPL-1.2
"""IPTC ninjs 3.1, for the systems of press agencies.

The schema refuses properties it does not know, so what is ours alone goes to `altIds`.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from communique.events.media import Rendition
from syndicator.domain.fragments import rfc3339
from syndicator.domain.inline import printable
from syndicator.domain.pictures import Picture
from syndicator.domain.reading import Reading
from syndicator.domain.tags import scheme_and_code
from syndicator.ports import Rendered, View

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
KILL = "MANDATORY KILL"  # the agencies' own words, in English whatever the language


class NinjsFormatter:
    """One item in one language, its translations and pictures as associations."""

    media_type = "application/json"

    def render(self, view: View) -> Rendered:
        """Write the item."""
        reading = Reading(view.article, view.served_locale, view.link, view.assets)
        item = {
            "standard": STANDARD,
            "uri": self._uri(reading.urn, reading.locale),
            "type": "text",
            "representationType": "full",
            **self._life(reading),
            **self._text(reading),
            **self._subjects(reading),
            **self._rights(reading),
            "renditions": self._renditions(reading),
            "associations": [
                *self._pictures(reading),
                *self._translations(view),
                *self._related(view),
            ],
            "altIds": self._identifiers(view),
        }
        present = {name: value for name, value in item.items() if value}
        return Rendered(orjson.dumps(present), self.media_type)

    def _uri(self, urn: str, locale: str) -> str:
        return f"{urn}#{locale}"

    def _life(self, reading: Reading) -> dict[str, Any]:
        article = reading.article
        embargo = article.embargo_until
        return {
            "version": str(article.version),
            "firstCreated": rfc3339(article.first_published_at),
            "versionCreated": rfc3339(article.published_at),
            "embargoedUntil": rfc3339(embargo) if embargo else None,
            "pubStatus": "canceled" if article.retracted else "usable",
            "urgency": article.urgency,
            "edNote": self._note(reading),
        }

    def _note(self, reading: Reading) -> str | None:
        if reading.article.retracted:
            return f"{KILL}. {reading.told}"
        return reading.told

    def _text(self, reading: Reading) -> dict[str, Any]:
        localization = reading.localization
        short = localization.short_title
        return {
            "language": reading.locale,
            "title": reading.title,
            "slugline": localization.slug,
            "by": reading.author,
            "headlines": [
                {"role": "main", "contentType": "text/plain", "value": reading.title},
                *([{"role": "short", "value": printable(short)}] if short else []),
            ],
            "descriptions": [{"role": "summary", "value": reading.summary}],
            "bodies": [] if reading.article.retracted else self._bodies(reading),
        }

    def _bodies(self, reading: Reading) -> list[dict[str, Any]]:
        plain = reading.plain
        return [
            {"role": "main", "contentType": "text/html", "value": reading.html},
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(plain),
                "wordCount": len(plain.split()),
                "value": plain,
            },
        ]

    def _subjects(self, reading: Reading) -> dict[str, Any]:
        article = reading.article
        speaker = article.speaker
        office = speaker.office if speaker else {}
        in_office = office.get(reading.locale) or office.get(article.source_locale)
        return {
            "subjects": [
                *map(self._subject, article.topics),
                *({"name": printable(each)} for each in reading.localization.keywords),
            ],
            "places": [{"literal": f"iso3166-1a2:{place}"} for place in article.places],
            "genres": [{"name": article.kind}],
            "people": [{"name": speaker.name, "rel": "speaker"}]
            if speaker and speaker.name
            else None,
            "organisations": [{"name": in_office, "rel": "speaker"}] if in_office else None,
        }

    def _subject(self, topic: str) -> dict[str, Any]:
        scheme, code = scheme_and_code(topic)
        return {"uri": scheme + code, "literal": topic} if scheme else {"literal": topic}

    def _rights(self, reading: Reading) -> dict[str, Any]:
        attribution = reading.article.rights.attribution
        return {
            "usageTerms": reading.rights,
            "copyrightHolder": printable(attribution) if attribution else None,
        }

    def _renditions(self, reading: Reading) -> list[dict[str, Any]]:
        """Give the lead picture in every size."""
        album = reading.album
        lead = album.lead()
        return [self._rendition(each) for each in album.renditions(lead.asset)] if lead else []

    def _rendition(self, made: Rendition) -> dict[str, Any]:
        return {
            "name": made.profile,
            "href": made.url,
            "contentType": made.media_type,
            "width": made.width,
            "height": made.height,
            "sizeInBytes": made.bytes,
        }

    def _pictures(self, reading: Reading) -> list[dict[str, Any]]:
        """Give each picture once, with what can be had of it."""
        album = reading.album
        return [
            self._picture(number, each, album.renditions(each.asset))
            for number, each in enumerate(album.all(), 1)
        ]

    def _picture(self, number: int, picture: Picture, made: Sequence[Rendition]) -> dict[str, Any]:
        described = [
            {"role": role, "value": printable(words)}
            for role, words in (("caption", picture.caption), ("alt", picture.alt))
            if words
        ]
        association = {
            "name": f"picture-{number}",
            "rel": picture.role,
            "uri": f"urn:uuid:{picture.asset}",
            "type": "picture",
            "descriptions": described,
            "by": printable(picture.credit) if picture.credit else None,
            "renditions": [self._rendition(each) for each in made],
        }
        return {name: value for name, value in association.items() if value}

    def _translations(self, view: View) -> list[dict[str, Any]]:
        urn = f"urn:uuid:{view.article.id}"
        return [
            {
                "name": f"translation-{locale}",
                "rel": "translation",
                "uri": self._uri(urn, locale),
                "type": "text",
                "language": locale,
                "title": printable(localization.title),
                **({"altIds": self._web(view.links[locale])} if locale in view.links else {}),
            }
            for locale, localization in view.article.locales.items()
            if locale != view.served_locale
        ]

    def _related(self, view: View) -> list[dict[str, Any]]:
        links = view.article.links
        related = [("related", each) for each in links.related]
        older = [("corrects", links.corrects), ("supersedes", links.supersedes)]
        return [
            {"name": f"{relation}-{number}", "rel": relation, "uri": f"urn:uuid:{other}"}
            for number, (relation, other) in enumerate([*related, *older], 1)
            if other
        ]

    def _identifiers(self, view: View) -> list[dict[str, str]]:
        return [
            {"role": "article", "value": view.article.id},
            {"role": "revision", "value": view.article.revision},
            *self._web(view.link),
        ]

    def _web(self, url: str) -> list[dict[str, str]]:
        return [{"role": "web", "value": url}]

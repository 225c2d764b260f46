# SPDX-License-Identifier: EUPL-1.2
"""What search engines are told of an article: schema.org in JSON-LD."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from content_api.api.deps import Site

_MEDIA_TOPIC: Final = "http://cv.iptc.org/newscodes/mediatopic/"


def news_article(
    document: Mapping[str, Any], locale: str, pages: Mapping[str, str], site: Site
) -> str:
    """Write the description, safe to stand inside a script element."""
    text = document["locales"][locale]
    publisher = {
        "@type": "GovernmentOrganization",
        "name": site.publisher,
        "url": f"{site.site_url}/",
    }
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": pages[locale],
        "url": pages[locale],
        "mainEntityOfPage": pages[locale],
        "headline": text["title"],
        "description": text["summary"],
        "datePublished": document["first_published_at"],
        "dateModified": document["published_at"],
        "inLanguage": locale,
        "keywords": list(text["keywords"]),
        "author": publisher,
        "publisher": publisher,
        "image": list(_images(document, locale, site)),
        "about": [
            {"@type": "Thing", "sameAs": _MEDIA_TOPIC + topic.removeprefix("medtop:")}
            for topic in document["topics"]
            if topic.startswith("medtop:")
        ],
        **_translations(document, locale, pages),
        **_correction(document, text),
    }
    written = orjson.dumps({name: value for name, value in told.items() if value})
    return written.decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _images(document: Mapping[str, Any], locale: str, site: Site) -> Iterator[dict[str, Any]]:
    uses = sorted(document["media"], key=lambda use: use["role"] != "lead")
    for use in uses:
        if use["role"] == "attachment":
            continue
        told = {
            "@type": "ImageObject",
            "contentUrl": f"{site.media_url}/v1/assets/{use['asset']}/renditions/large",
            "caption": use["caption"].get(locale),
            "creditText": use["credit"],
        }
        yield {name: value for name, value in told.items() if value}


def _translations(
    document: Mapping[str, Any], locale: str, pages: Mapping[str, str]
) -> dict[str, Any]:
    source = document["source_locale"]
    if locale != source:
        work = _work(source, pages)
        return {"translationOfWork": work} if source in pages else {}
    return {"workTranslation": [_work(other, pages) for other in pages if other != source]}


def _work(locale: str, pages: Mapping[str, str]) -> dict[str, Any]:
    return {"@type": "NewsArticle", "@id": pages.get(locale), "inLanguage": locale}


def _correction(document: Mapping[str, Any], text: Mapping[str, Any]) -> dict[str, Any]:
    if not text["correction_note"]:
        return {}
    return {
        "correction": {
            "@type": "CorrectionComment",
            "text": text["correction_note"],
            "datePublished": document["published_at"],
        }
    }

# SPDX-License-Identifier: EUPL-1.2
"""How PostgreSQL reads each language: with its own stems, or word by word (`simple`)."""

from collections.abc import Mapping
from typing import Final

_STEMMED: Final[Mapping[str, str]] = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "hi": "hindi",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
    "tr": "turkish",
}


def exact(locale: str) -> str:
    """Name the configuration that tells accents apart."""
    return f"pg_catalog.{_language(locale)}"


def folded(locale: str) -> str:
    """Name the configuration that does not."""
    return f"content_api.folded_{_language(locale)}"


def _language(locale: str) -> str:
    return _STEMMED.get(locale.partition("-")[0], "simple")

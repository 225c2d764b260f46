# SPDX-License-Identifier: EUPL-1.2
"""The words that travel with a picture: credit, rights, caption, alternative text."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

UNDETERMINED: Final = "und"  # BCP 47: text found in a file that does not say its language

_LOCALE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MOST_CREDIT: Final = 300
_MOST_RIGHTS: Final = 2_000
_MOST_CAPTION: Final = 2_000
_MOST_ALT: Final = 1_000
_MOST_LOCALES: Final = 50


@dataclass(frozen=True, slots=True)
class Texts:
    """What a picture says about itself. Captions and alternative texts are per locale."""

    credit: str | None = None
    rights: str | None = None
    creator: str | None = None
    caption: Mapping[str, str] = field(default_factory=dict)
    alt: Mapping[str, str] = field(default_factory=dict)

    def over(self, other: "Texts") -> "Texts":
        """Return these texts, and where there are none, the other's."""
        return Texts(
            credit=self.credit or other.credit,
            rights=self.rights or other.rights,
            creator=self.creator or other.creator,
            caption=self.caption or other.caption,
            alt=self.alt or other.alt,
        )


def tidy(texts: Texts) -> Texts:
    """Return texts from a stranger's file in the form that ours have: NFC, bounded, no controls."""
    return Texts(
        credit=clean(texts.credit, _MOST_CREDIT),
        rights=clean(texts.rights, _MOST_RIGHTS),
        creator=clean(texts.creator, _MOST_CREDIT),
        caption=_by_locale(texts.caption, _MOST_CAPTION),
        alt=_by_locale(texts.alt, _MOST_ALT),
    )


def clean(text: str | None, most: int) -> str | None:
    """Return text in NFC without control characters, cut to a length; None when nothing is left."""
    if text is None:
        return None
    normal = unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()
    return normal[:most].strip() or None


def _by_locale(texts: Mapping[str, str], most: int) -> dict[str, str]:
    tidied: dict[str, str] = {}
    for tag, text in texts.items():
        locale = tag if _LOCALE.fullmatch(tag) else UNDETERMINED
        cleaned = clean(text, most)
        if cleaned and locale not in tidied and len(tidied) < _MOST_LOCALES:
            tidied[locale] = cleaned
    return tidied

# SPDX-License-Identifier: EUPL-1.2
"""Words that a description has per language: alternative texts, captions, offices, terms of use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from communique.events.article import (
    Article,
    Block,
    Gallery,
    Image,
    Infographic,
    Localization,
    MediaUse,
    Rights,
    Speaker,
    Video,
)
from content_api.domain.document import Document

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Worded:
    """The parts of a description that have words in several languages."""

    media: tuple[MediaUse, ...]
    speaker: Speaker | None
    rights: Rights


def worded(whole: Article | Document) -> Worded:
    """Return those parts of an article or a document."""
    return Worded(whole.media, whole.speaker, whole.rights)


def only(parts: Worded, keep: Callable[[str], bool]) -> Worded:
    """Return them with the words of some languages alone."""

    def kept(words: Words) -> Words:
        return {locale: text for locale, text in words.items() if keep(locale)}

    return Worded(
        tuple(replace(use, alt=kept(use.alt), caption=kept(use.caption)) for use in parts.media),
        parts.speaker and replace(parts.speaker, office=kept(parts.speaker.office)),
        replace(parts.rights, usage_terms=kept(parts.rights.usage_terms)),
    )


def taking(parts: Worded, other: Worded, locale: str) -> Worded:
    """Return them with the words of one language as the other has them."""

    def taken(words: Words, others: Words) -> Words:
        rest = {each: text for each, text in words.items() if each != locale}
        return rest | ({locale: others[locale]} if locale in others else {})

    uses = {use.asset: use for use in other.media}
    media = tuple(
        replace(
            use,
            alt=taken(use.alt, uses[use.asset].alt if use.asset in uses else {}),
            caption=taken(use.caption, uses[use.asset].caption if use.asset in uses else {}),
        )
        for use in parts.media
    )
    offices = other.speaker.office if other.speaker else {}
    speaker = parts.speaker and replace(parts.speaker, office=taken(parts.speaker.office, offices))
    terms = taken(parts.rights.usage_terms, other.rights.usage_terms)
    return Worded(media, speaker, replace(parts.rights, usage_terms=terms))


def assets_in(text: Localization) -> frozenset[str]:
    """Name the assets that a text shows."""
    return frozenset(asset for block in text.body for asset in _assets(block))


def _assets(block: Block) -> tuple[str, ...]:
    if isinstance(block, Gallery):
        return block.assets
    if isinstance(block, Image | Video | Infographic):
        return (block.asset,)
    return ()

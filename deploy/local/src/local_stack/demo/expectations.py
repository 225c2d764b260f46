# SPDX-License-Identifier: EUPL-1.2
"""What should be seen of an article at a place, and whether it is."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from local_stack.demo.errors import NotYet
from local_stack.demo.places import Place, Target

SOCIAL: Final = ("facebook", "x")
PICTURED: Final = ("rss", "atom", "json", "ninjs")


@dataclass(frozen=True, slots=True)
class Expectation:
    """Words per locale that must stand at a place, once; platforms show fewer of them.

    `texts` stand in full articles, `titles` on platforms.
    """

    target: Target
    titles: Mapping[str, str]
    texts: Mapping[str, str]

    def published(self, place: Place, locale: str) -> None:
        """Demand the article, exactly once.

        Raises:
            NotYet: it is missing, doubled, or without the words it should have.
        """
        standing = place.look(self.target)
        if standing is None:
            raise NotYet("nothing stands there")
        if standing.copies != 1:
            raise NotYet(f"{standing.copies} copies stand there")
        wanted = self.titles[locale] if place.form in SOCIAL else self.texts[locale]
        _demand(standing.words, wanted)

    def corrected(self, place: Place, locale: str, notes: Mapping[str, str]) -> None:
        """Demand the correction: in the one entry or post, or as a reply to it."""
        standing = place.look(self.target)
        if standing is None:
            raise NotYet("nothing stands there")
        if standing.copies != 1 or len(standing.replies) > 1:
            raise NotYet(f"{standing.copies} copies, {len(standing.replies)} replies")
        _demand(" ".join((standing.words, *standing.replies)), notes[locale])
        if place.form not in SOCIAL:
            _demand(standing.words, self.texts[locale])

    def shows(self, place: Place, picture: str) -> None:
        """Demand the rendition, where a place links to pictures."""
        if place.form in PICTURED:
            standing = place.look(self.target)
            if standing is None or squeezed(picture) not in squeezed(standing.words):
                raise NotYet("the picture is not there")

    def retracted(self, place: Place, locale: str, notices: Mapping[str, str]) -> None:
        """Demand the notice instead of the text; on platforms, that nothing stands any more."""
        standing = place.look(self.target)
        if place.form in SOCIAL:
            if standing is not None:
                raise NotYet("the post still stands")
            return
        if standing is None:
            raise NotYet("no notice stands there")
        _demand(standing.words, notices[locale])
        if squeezed(self.texts[locale]) in squeezed(standing.words):
            raise NotYet("the text still stands there")

    def absent(self, place: Place) -> None:
        """Demand that nothing stands there."""
        if place.look(self.target) is not None:
            raise NotYet("it stands there already")


def squeezed(text: str) -> str:
    """Drop tags and spaces, which formats treat differently."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html.unescape(text)))


def _demand(words: str, wanted: str) -> None:
    # Platforms cut: the first forty characters of a text tell it from every other.
    if squeezed(wanted)[:40] not in squeezed(words):
        raise NotYet(f"“{wanted[:60]}…” does not stand there")

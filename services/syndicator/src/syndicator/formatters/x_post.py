# SPDX-License-Identifier: EUPL-1.2
"""A post on X."""

import unicodedata

import orjson

from communique.events.article import Revision
from syndicator.domain.counting import x_weight
from syndicator.domain.inline import printable
from syndicator.domain.reading import Reading
from syndicator.domain.shortening import shorten
from syndicator.domain.tags import hashtags
from syndicator.domain.words import led_by
from syndicator.ports import Rendered, View

PLATFORM = "x"
# X documentation, "Counting characters", and twitter-text configuration version 3.
LIMIT = 280
SEPARATOR = 1  # what stands between the text and the link
MOST_HASHTAGS = 3  # our own choice


class XPostFormatter:
    """The title, and hashtags while they fit; the link is weighed, but stands apart."""

    media_type = "application/json"

    def render(self, view: View) -> Rendered:
        """Write the post; that of a correction or retraction is its note."""
        reading = Reading(view.article, view.served_locale, view.link, view.assets)
        note = self._note(reading, view.options.get("form"))
        room = LIMIT - SEPARATOR - x_weight(view.link)  # 23, unless its host is no public name
        text = self._cut(note, room) if note else self._text(reading, room)
        return Rendered(orjson.dumps({"text": text, "link": view.link}), self.media_type)

    def _note(self, reading: Reading, form: object) -> str | None:
        """Return the note; a correction without one in this language still says that it is."""
        if reading.article.retracted:
            return reading.told
        if form == "correction-reply" or reading.article.revision is Revision.CORRECTION:
            return reading.told or led_by(reading.words.correction, reading.title)
        return None

    def _text(self, reading: Reading, room: int) -> str:
        localization = reading.localization
        override = localization.social.get(PLATFORM)
        said = override.text if override else None
        text = self._cut(printable(said or localization.short_title or localization.title), room)
        for tag in self._hashtags(reading):
            longer = f"{text} {tag}"
            if x_weight(longer) <= room:
                text = longer
        return text

    def _hashtags(self, reading: Reading) -> list[str]:
        override = reading.localization.social.get(PLATFORM)
        if override and override.hashtags:
            return hashtags(override.hashtags, len(override.hashtags))
        return hashtags(reading.localization.keywords, MOST_HASHTAGS)

    def _cut(self, text: str, room: int) -> str:
        return shorten(unicodedata.normalize("NFC", text), room, x_weight)

# SPDX-License-Identifier: EUPL-1.2
"""A post on a Facebook page."""

import orjson

from syndicator.domain.counting import utf16_units
from syndicator.domain.inline import printable
from syndicator.domain.pictures import Use
from syndicator.domain.reading import Reading
from syndicator.domain.shortening import shorten
from syndicator.domain.tags import hashtags
from syndicator.ports import Rendered, View

PLATFORM = "facebook"
# The Graph API names no number; 63,206 characters is what its clients have found by trying.
# In which unit is not known, so we count in the one that gives the highest number.
LIMIT = 63_206
MOST_HASHTAGS = 3  # our own choice
GAP = "\n\n"


class FacebookPostFormatter:
    """Title, summary and hashtags. The link stands apart, for a card, but has its room in them."""

    media_type = "application/json"

    def render(self, view: View) -> Rendered:
        """Write the post; a withdrawn article has its notice only."""
        reading = Reading(view.article, view.served_locale, view.link, view.assets)
        picture = reading.album.lead(Use.LEAD)
        post = {"message": self._message(reading, view.options.get("form")), "link": view.link}
        if picture:
            post["picture_url"] = picture.rendition.url
        post["alt"] = printable(picture.alt) if picture else ""
        return Rendered(orjson.dumps(post), self.media_type)

    def _message(self, reading: Reading, form: object) -> str:
        note = reading.told
        room = LIMIT - utf16_units(GAP + reading.link)
        if note and (reading.article.retracted or form == "correction-reply"):
            return shorten(note, room, utf16_units)
        tags = " ".join(self._hashtags(reading))
        room -= utf16_units(GAP + tags) if tags else 0
        text = shorten(GAP.join(filter(None, (note, *self._said(reading)))), room, utf16_units)
        return GAP.join(filter(None, (text, tags)))

    def _said(self, reading: Reading) -> tuple[str, ...]:
        """Return what the editor wrote for this platform, or title and summary."""
        override = reading.localization.social.get(PLATFORM)
        if override and override.text:
            return (printable(override.text),)
        return (reading.title, reading.abstract)

    def _hashtags(self, reading: Reading) -> list[str]:
        override = reading.localization.social.get(PLATFORM)
        if override and override.hashtags:
            return hashtags(override.hashtags, len(override.hashtags))
        return hashtags(reading.localization.keywords, MOST_HASHTAGS)

# SPDX-License-Identifier: EUPL-1.2
"""Which rendition of a picture serves which use, and the words that go with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from communique.events.article import (
    Article,
    Gallery,
    Image,
    Infographic,
    MediaRole,
    MediaUse,
    Video,
)
from communique.events.media import Asset, AssetState, Rendition


class Use(Enum):
    """What a picture is needed for: the profiles that serve, best first."""

    LEAD = ("wide", "medium")
    TEXT = ("medium", "wide")
    THUMBNAIL = ("thumb",)


@dataclass(frozen=True, slots=True)
class Picture:
    """One rendition, and what is said about the picture in the language of the text."""

    asset: str
    role: MediaRole
    rendition: Rendition
    alt: str
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures of an article in one language; those without a rendition are not in it."""

    article: Article
    locale: str
    assets: Mapping[str, Asset]

    def lead(self, use: Use = Use.LEAD) -> Picture | None:
        """Return the lead picture, or the first other one that there is."""
        return next(iter(self.all(use)), None)

    def all(self, use: Use = Use.TEXT) -> list[Picture]:
        """Return every picture once, the lead first; attachments are no pictures to look at."""
        shown = [each for each in self.article.media if each.role is not MediaRole.ATTACHMENT]
        shown.sort(key=lambda each: each.role is not MediaRole.LEAD)
        once = {each.asset: each for each in reversed(shown)}
        ordered = (once.pop(each.asset) for each in shown if each.asset in once)
        return [found for each in ordered if (found := self._picture(each, use))]

    def picture(self, asset: str, use: Use = Use.TEXT) -> Picture | None:
        """Return a picture by its asset."""
        uses = (each for each in self.article.media if each.asset == asset)
        return self._picture(next(uses, MediaUse(asset, MediaRole.INLINE)), use)

    def renditions(self, asset: str) -> list[Rendition]:
        """Return every made form of a picture, for who wants to choose."""
        found = self.assets.get(asset)
        if found is None or found.state is not AssetState.READY:
            return []
        return list(found.renditions)

    def clip(self, asset: str) -> Rendition | None:
        """Return the film itself of a video asset."""
        made = self.renditions(asset)
        return next((each for each in made if each.media_type.startswith("video/")), None)

    def shown_in_text(self) -> set[str]:
        """Return the assets that the blocks of the text show."""
        shown: set[str] = set()
        for block in self.article.locales[self.locale].body:
            if isinstance(block, Image | Infographic | Video):
                shown.add(block.asset)
            elif isinstance(block, Gallery):
                shown.update(block.assets)
        return shown

    def _picture(self, use: MediaUse, purpose: Use) -> Picture | None:
        asset = self.assets.get(use.asset)
        if asset is None or asset.state is not AssetState.READY:
            return None
        made = filter(None, (asset.rendition(profile) for profile in purpose.value))
        images = (each for each in made if each.media_type.startswith("image/"))
        rendition = next(images, None)
        if rendition is None:
            return None
        caption = _in_language(self.locale, use.caption, asset.caption)
        alt = _in_language(self.locale, use.alt, asset.alt) or caption or ""
        return Picture(use.asset, use.role, rendition, alt, caption, use.credit or asset.credit)


def _in_language(locale: str, *texts: Mapping[str, str]) -> str | None:
    """Return the text in this language only: a caption in another would look like a mistake."""
    return next((each[locale] for each in texts if each.get(locale)), None)

# SPDX-License-Identifier: EUPL-1.2
"""An article as a reader of one language gets it: what every format says, in whatever syntax."""

from collections.abc import Mapping
from dataclasses import dataclass

from communique.events.article import Article, Localization, Paragraph
from communique.events.media import Asset
from syndicator.domain.inline import as_text, printable
from syndicator.domain.markup import HtmlWriter, figure, text
from syndicator.domain.pictures import Album
from syndicator.domain.plain_text import plain_text
from syndicator.domain.shortening import shorten
from syndicator.domain.words import Words, led_by, right_to_left, words

SUMMARY = 300  # characters of the first paragraph, where nobody wrote a summary


@dataclass(frozen=True, slots=True)
class Reading:
    """Title, summary and text in one language, with a correction or retraction told in them."""

    article: Article
    locale: str
    link: str
    assets: Mapping[str, Asset]

    @property
    def localization(self) -> Localization:
        """Return the language version."""
        return self.article.locales[self.locale]

    @property
    def words(self) -> Words:
        """Return the words to add, in this language."""
        return words(self.locale)

    @property
    def album(self) -> Album:
        """Return the pictures that can be shown; a withdrawn article has none."""
        return Album(self.article, self.locale, {} if self.article.retracted else self.assets)

    @property
    def urn(self) -> str:
        """Return what identifies the article for ever, in every version."""
        return f"urn:uuid:{self.article.id}"

    @property
    def note(self) -> str | None:
        """Return the correction note, or the notice of a retraction, which is never empty."""
        note = self.localization.correction_note
        if self.article.retracted:
            return printable(note or self.words.notice)
        return printable(note) if note else None

    @property
    def told(self) -> str | None:
        """Return the note with the word that says what it is."""
        if self.note is None:
            return None
        retracted = self.article.retracted
        return led_by(self.words.retraction if retracted else self.words.correction, self.note)

    @property
    def title(self) -> str:
        """Return the title; that of a withdrawn article says so."""
        title = printable(self.localization.title)
        return led_by(self.words.withdrawn, title) if self.article.retracted else title

    @property
    def summary(self) -> str:
        """Return the summary; that of a corrected article says so, that of a withdrawn one why."""
        if self.article.retracted:
            return self.note or ""
        if self.note is None:
            return self.abstract
        return led_by(self.words.correction, self.abstract or self.note)

    @property
    def abstract(self) -> str:
        """Return the written summary, or the beginning of the text."""
        if self.localization.summary:
            return printable(self.localization.summary)
        paragraphs = (each for each in self.localization.body if isinstance(each, Paragraph))
        first = next(paragraphs, None)
        return shorten(as_text(first.html), SUMMARY) if first else ""

    @property
    def author(self) -> str | None:
        """Return who wrote or speaks: the byline, else the speaker."""
        speaker = self.article.speaker
        office = speaker.office.get(self.locale) if speaker else None
        named = (self.article.byline, speaker.name if speaker else None, office)
        return next((printable(each) for each in named if each), None)

    @property
    def rights(self) -> str | None:
        """Return the usage terms, in the source language where they are not translated."""
        terms = self.article.rights.usage_terms
        chosen = terms.get(self.locale) or terms.get(self.article.source_locale)
        return printable(chosen) if chosen else None

    @property
    def plain(self) -> str:
        """Return the text without markup."""
        parts = (self.told, plain_text(self.localization.body))
        return "\n\n".join(filter(None, parts))

    @property
    def html(self) -> str:
        """Return the text as HTML: the note, the lead picture, the blocks, the other pictures."""
        album = self.album
        shown = album.shown_in_text()
        lead = album.lead()
        above = [lead] if lead and lead.asset not in shown else []
        shown.update(each.asset for each in above)
        parts = [
            f"<p><strong>{text(self.told)}</strong></p>" if self.told else "",
            *map(figure, above),
            HtmlWriter(album, self.link).write(self.localization.body),
            *(figure(each) for each in album.all() if each.asset not in shown),
        ]
        body = "\n".join(filter(None, parts))
        if right_to_left(self.locale):
            return f'<div lang="{text(self.locale)}" dir="rtl">{body}</div>'
        return body

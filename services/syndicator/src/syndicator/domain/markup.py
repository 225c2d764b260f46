# SPDX-License-Identifier: EUPL-1.2
"""The blocks of an article as HTML."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from communique.events.article import (
    Block,
    Divider,
    Embed,
    Gallery,
    Heading,
    Image,
    Infographic,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Video,
)
from syndicator.domain.inline import as_html, printable
from syndicator.domain.pictures import Album, Picture


def text(plain: str) -> str:
    """Escape plain text for HTML."""
    return escape(printable(plain))


def figure(picture: Picture) -> str:
    """Write a picture with its caption and credit."""
    rendition = picture.rendition
    words = [text(each) for each in (picture.caption, picture.credit) if each]
    caption = f"<figcaption>{' · '.join(words)}</figcaption>" if words else ""
    return (
        f'<figure><img src="{text(rendition.url)}" alt="{text(picture.alt)}"'
        f' width="{rendition.width}" height="{rendition.height}">{caption}</figure>'
    )


@dataclass(frozen=True, slots=True)
class HtmlWriter:
    """Writes blocks; `base` is what a relative link in the text is relative to."""

    album: Album
    base: str

    def write(self, blocks: Sequence[Block]) -> str:
        """Write every block that has something to show."""
        return "\n".join(filter(None, (BLOCKS[type(each)](self, each) for each in blocks)))

    def paragraph(self, block: Paragraph) -> str:
        """Write running text."""
        return f"<p>{self._inline(block.html)}</p>"

    def heading(self, block: Heading) -> str:
        """Write a heading."""
        return f"<h{block.level}>{text(block.text)}</h{block.level}>"

    def quote(self, block: Quote) -> str:
        """Write somebody's words, and whose."""
        by = f"<p>— <cite>{text(block.attribution)}</cite></p>" if block.attribution else ""
        return f"<blockquote><p>{self._inline(block.html)}</p>{by}</blockquote>"

    def listing(self, block: ListBlock) -> str:
        """Write a list."""
        items = "".join(f"<li>{self._inline(item)}</li>" for item in block.items)
        return f"<ol>{items}</ol>" if block.ordered else f"<ul>{items}</ul>"

    def image(self, block: Image | Infographic) -> str:
        """Write a picture, or nothing when there is none to show."""
        picture = self.album.picture(block.asset)
        return figure(picture) if picture else ""

    def gallery(self, block: Gallery) -> str:
        """Write the pictures one after another."""
        return "\n".join(map(figure, filter(None, map(self.album.picture, block.assets))))

    def video(self, block: Video) -> str:
        """Write a clip with its poster; a clip that is not made yet is shown by its poster."""
        poster = self.album.picture(block.asset)
        clip = self.album.clip(block.asset)
        if clip is None:
            return figure(poster) if poster else ""
        shown = f' poster="{text(poster.rendition.url)}"' if poster else ""
        return f'<video controls src="{text(clip.url)}"{shown}></video>'

    def table(self, block: Table) -> str:
        """Write a table."""
        caption = f"<caption>{text(block.caption)}</caption>" if block.caption else ""
        head = f"<thead>{self._row(block.header, 'th')}</thead>" if block.header else ""
        rows = "".join(self._row(row, "td") for row in block.rows)
        return f"<table>{caption}{head}<tbody>{rows}</tbody></table>"

    def embed(self, block: Embed) -> str:
        """Write a plain link: what frames a player differs from reader to reader."""
        if not block.url.startswith(("https://", "http://")):
            return ""
        return f'<p><a href="{text(block.url)}">{text(block.title or block.url)}</a></p>'

    def divider(self, _block: Divider) -> str:
        """Write a pause."""
        return "<hr>"

    def _inline(self, inline: str) -> str:
        return as_html(inline, self.base)

    def _row(self, cells: Sequence[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{self._inline(cell)}</{tag}>' for cell in cells)}</tr>"


BLOCKS: Mapping[type, Callable[[HtmlWriter, Any], str]] = {
    Divider: HtmlWriter.divider,
    Embed: HtmlWriter.embed,
    Gallery: HtmlWriter.gallery,
    Heading: HtmlWriter.heading,
    Image: HtmlWriter.image,
    Infographic: HtmlWriter.image,
    ListBlock: HtmlWriter.listing,
    Paragraph: HtmlWriter.paragraph,
    Quote: HtmlWriter.quote,
    Table: HtmlWriter.table,
    Video: HtmlWriter.video,
}

# SPDX-License-Identifier: EUPL-1.2
"""HTML to blocks. What blocks cannot show is an error that names its line and element.

Containers without a meaning of their own (div, section, article, main, figure) are looked into.
Attributes that only a page's own style and script read (class, id, data-…, rel, target) say
nothing of the text and are let go; every other one is an error.
"""

import html as entities
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from communique.events.article import (
    Block,
    Divider,
    Embed,
    Gallery,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)
from content_api.domain import inline
from content_api.domain.bodies.assets import BARE_LINK, HOW, asset_of
from content_api.domain.bodies.findings import Body, Findings, Picture
from content_api.domain.bodies.html_table import read_table
from content_api.domain.bodies.html_tree import BLOCKS, VOID, Element, parse
from content_api.domain.errors import NotInline

_CONTAINERS: Final = frozenset({"div", "section", "article", "main", "figure", "header"})
_SAME: Final = {"b": "strong", "i": "em"}
_SILENT: Final = re.compile(r"class|id|rel|target|data-.+")
_OF_PICTURES: Final = frozenset({"src", "alt", "width", "height", "loading", "srcset", "sizes"})
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_NOT_INLINE: Final = (
    "only text, a[href] (https:, http:, mailto:), em, strong, b, i, sub, sup, br and span[lang] "
    "can stand in running text"
)


@dataclass(frozen=True, slots=True)
class Leave:
    """What a reader of old pages may let go or replace because somebody has said so.

    `pictures` names the asset for an address (None: leave that picture out); `attributes` are let
    go; with `describe`, alternative texts and captions of pictures come back beside the blocks.
    """

    pictures: Mapping[str, str | None] = field(default_factory=dict)
    attributes: frozenset[str] = frozenset()
    describe: bool = False


def from_html(text: str, leave: Leave | None = None) -> Body:
    """Return the blocks of a text.

    Raises:
        NotBlocks: naming every line and element that no block can show.
    """
    reader = _Reader(leave or Leave())
    root = parse(unicodedata.normalize("NFC", text), reader.findings)
    blocks = reader.flow(root)
    reader.findings.finish()
    return Body(tuple(blocks), tuple(reader.pictures))


class _Reader:
    def __init__(self, leave: Leave) -> None:
        self.findings = Findings()
        self.pictures: list[Picture] = []
        self._leave = leave
        self._readers: Mapping[str, Callable[[Element], list[Block]]] = {
            "p": self._paragraph,
            "ul": self._list,
            "ol": self._list,
            "blockquote": self._quote,
            "table": self._table,
            "hr": lambda _: [Divider()],
            "figure": self._figure,
            **dict.fromkeys(("h2", "h3", "h4"), self._heading),
            **dict.fromkeys(_CONTAINERS - {"figure"}, self.flow),
        }

    def flow(self, element: Element) -> list[Block]:
        """Return the blocks in a container; text that stands in it alone is a paragraph."""
        found: list[Block] = []
        running = Element("p", element.line)
        for child in element.children:
            if isinstance(child, str) or child.tag not in BLOCKS:
                running.children.append(child)
                continue
            found += self._paragraph(running)
            running = Element("p", child.line)
            found += self._block(child)
        return found + self._paragraph(running)

    def _block(self, element: Element) -> list[Block]:
        read = self._readers.get(element.tag)
        if read is None:
            self.findings.add(element.line, f"<{element.tag}> has no block of ours.")
            return []
        self._check(element, frozenset())
        return read(element)

    def _heading(self, element: Element) -> list[Block]:
        text = self._plain(element, "a heading")
        return [Heading(int(element.tag[1]), text)] if text else []

    def _paragraph(self, element: Element) -> list[Block]:
        if element.blank():
            return []
        images = list(_images(element))
        if images:
            return self._images(element, images)
        address = element.text().strip()
        lone = [child for child in element.elements() if child.tag != "br"]
        links = [child for child in lone if child.tag == "a"]
        bare = not lone or (lone == links and len(links) == 1)
        honest = all(link.attributes.get("href") == address for link in links)
        if bare and honest and BARE_LINK.fullmatch(address):
            return [Embed(address)]
        html = self._html(element.children, element)
        return [Paragraph(html)] if html else []

    def _images(self, element: Element, images: list[Element]) -> list[Block]:
        if element.text().strip():
            self.findings.add(images[0].line, "<img> stands inside a text, not beside it.")
        pictures = [picture for image in images if (picture := self._picture(image)) is not None]
        self.pictures += pictures
        assets = tuple(picture.asset for picture in pictures)
        if len(assets) > 1:
            return [Gallery(assets)]
        return [Image(assets[0])] if assets else []

    def _picture(self, image: Element) -> Picture | None:
        self._check(
            image, frozenset({"src", "alt", "width", "height", "loading", "srcset", "sizes"})
        )
        address = image.attributes.get("src", "")
        if address in self._leave.pictures:
            asset = self._leave.pictures[address]
            if asset is None:
                return None
        else:
            asset = asset_of(address)
        if asset is None:
            self.findings.add(image.line, f"<img>: {address!r}: {HOW}.")
            return None
        alt = image.attributes.get("alt", "").strip()
        if alt and not self._leave.describe:
            self.findings.add(image.line, "<img>: the alternative text stands in media, not here.")
        return Picture(asset, unicodedata.normalize("NFC", alt) or None)

    def _figure(self, element: Element) -> list[Block]:
        captions = [child for child in element.elements() if child.tag == "figcaption"]
        rest = [child for child in element.children if child not in captions]
        before = len(self.pictures)
        blocks = self.flow(Element("figure", element.line, {}, rest))
        said = " ".join(filter(None, (self._plain(each, "a caption") for each in captions)))
        return self._captioned(element, blocks, said, before) if said else blocks

    def _captioned(
        self, element: Element, blocks: list[Block], said: str, before: int
    ) -> list[Block]:
        match blocks:
            case [Quote(html, None)]:
                return [Quote(html, said)]
            case [Image(asset)] if self._leave.describe:
                picture = self.pictures[before]
                self.pictures[before] = Picture(asset, picture.alt, said)
                return blocks
            case [Table(caption=None) as table]:
                return [replace(table, caption=said)]
        where = "of a picture stands in media, not here" if blocks else "belongs to nothing here"
        self.findings.add(element.line, f"<figcaption>: the caption {where}.")
        return blocks

    def _quote(self, element: Element) -> list[Block]:
        sources = [child for child in element.elements() if child.tag in {"footer", "cite"}]
        rest = [child for child in element.children if child not in sources]
        said = " ".join(filter(None, (self._plain(each, "an attribution") for each in sources)))
        texts = self.flow(Element("blockquote", element.line, {}, rest))
        paragraphs = [each.html for each in texts if isinstance(each, Paragraph)]
        if len(paragraphs) < len(texts) or not paragraphs:
            self.findings.add(element.line, "<blockquote> holds paragraphs only.")
        return [Quote("<br><br>".join(paragraphs), said or None)]

    def _list(self, element: Element) -> list[Block]:
        items = []
        for child in element.children:
            if isinstance(child, str):
                if child.strip():
                    self.findings.add(
                        element.line, f"<{element.tag}> holds text outside its items."
                    )
            elif child.tag == "li":
                self._check(child, frozenset())
                items.append(self._cell(child))
            else:
                self.findings.add(child.line, f"<{child.tag}> in <{element.tag}> is no item.")
        return [ListBlock(tuple(items), ordered=element.tag == "ol")] if items else []

    def _table(self, element: Element) -> list[Block]:
        table = read_table(
            element, cell=self._cell, plain=self._plain, check=self._check, findings=self.findings
        )
        return [table] if table else []

    def _cell(self, element: Element) -> str:
        """Return the text of an item or cell: running text, or one paragraph."""
        inner = [child for child in element.children if isinstance(child, Element) or child.strip()]
        if len(inner) == 1 and isinstance(inner[0], Element) and inner[0].tag in {"p", "div"}:
            self._check(inner[0], frozenset())
            return self._cell(inner[0])
        return self._html(element.children, element)

    def _html(self, children: Iterable[Element | str], element: Element) -> str:
        written = "".join(map(self._write, children))
        text = re.sub(r" ?<br> ?", "<br>", _SPACE.sub(" ", written)).strip(" ")
        text = re.sub(r"^(<br>)+|(<br>)+$", "", text)
        try:
            return inline.clean(text)
        except NotInline:
            self.findings.add(element.line, f"<{element.tag}>: {_NOT_INLINE}.")
            return ""

    def _write(self, child: Element | str) -> str:
        if isinstance(child, str):
            return entities.escape(child, quote=False)
        tag = _SAME.get(child.tag, child.tag)
        if tag not in inline.TAGS:
            self.findings.add(child.line, f"<{child.tag}>: {_NOT_INLINE}.")
            return ""
        allowed = inline.ATTRIBUTES.get(tag, set())
        self._check(child, frozenset(allowed))
        inner = "".join(map(self._write, child.children))
        given = {name: value for name, value in child.attributes.items() if name in allowed}
        if tag in VOID:
            return f"<{tag}>"
        if not given and tag in {"span", "a"}:
            return inner
        words = "".join(f' {name}="{entities.escape(value)}"' for name, value in given.items())
        return f"<{tag}{words}>{inner}</{tag}>"

    def _plain(self, element: Element, what: str) -> str:
        self._check(element, frozenset())
        for child in element.elements():
            if child.tag in {"span", "cite"} and not child.attributes.get("lang"):
                continue
            self.findings.add(child.line, f"<{child.tag}>: {what} is plain text.")
        return unicodedata.normalize("NFC", _SPACE.sub(" ", element.text()).strip())

    def _check(self, element: Element, allowed: frozenset[str]) -> None:
        for name in element.attributes:
            if name in allowed or _SILENT.fullmatch(name) or name in self._leave.attributes:
                continue
            self.findings.add(
                element.line, f"<{element.tag} {name}>: no block keeps this attribute."
            )


def _images(element: Element) -> Iterable[Element]:
    for child in element.elements():
        if child.tag == "img":
            yield child
        else:
            yield from _images(child)

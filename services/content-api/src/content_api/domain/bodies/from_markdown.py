# SPDX-License-Identifier: EUPL-1.2
"""CommonMark with tables to blocks. What blocks cannot show is an error that names its line.

Beside CommonMark: a link alone in its paragraph is an embed (`[](address "title")` gives it a
title); pictures alone in a paragraph are an image or a gallery, or what their title says
(`gallery`, `video`, `infographic`); the last paragraph of a quotation, if it begins with a dash,
is its attribution; `Table: …` right after a table is its caption.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

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
from content_api.domain import inline
from content_api.domain.bodies.assets import BARE_LINK, HOW, asset_of
from content_api.domain.bodies.findings import Findings
from content_api.domain.errors import NotInline

DASHES: Final = ("— ", "-- ")
CAPTION: Final = "Table: "
_PARSER: Final = (
    MarkdownIt("commonmark", {"html": True, "xhtmlOut": False, "maxNesting": 20})
    .enable("table")
    .disable("html_block")
)
_RENDERER: Final = RendererHTML()
_PLAIN: Final = frozenset({"text", "text_special", "softbreak", "hardbreak"})
_NOT_INLINE: Final = (
    "only text, emphasis, absolute links (https:, http:, mailto:), "
    "sub, sup, br and span[lang] can stand in running text."
)


def from_markdown(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text.

    Raises:
        NotBlocks: naming every line that holds something else.
    """
    reader = _Reader()
    blocks = reader.blocks(SyntaxTreeNode(_PARSER.parse(unicodedata.normalize("NFC", text))))
    reader.findings.finish()
    return tuple(blocks)


class _Reader:
    def __init__(self) -> None:
        self.findings = Findings()
        self._readers: Mapping[str, Callable[[SyntaxTreeNode], Block | None]] = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "blockquote": self._quote,
            "bullet_list": self._list,
            "ordered_list": self._list,
            "table": self._table,
            "hr": lambda _: Divider(),
        }

    def blocks(self, root: SyntaxTreeNode) -> list[Block]:
        found: list[Block] = []
        for node in root.children:
            read = self._readers.get(node.type)
            if read is None:
                self._refuse(node, f"{node.type.replace('_', ' ')} has no block of ours.")
                continue
            caption = self._caption(node, found)
            if caption is not None:
                found[-1] = caption
                continue
            block = read(node)
            if block is not None:
                found.append(block)
        return found

    def _heading(self, node: SyntaxTreeNode) -> Block | None:
        level = int(node.tag[1])
        if not 2 <= level <= 4:
            self._refuse(node, f"a heading has level 2 to 4, not {level}; the title is level 1.")
        text = self._plain(_only(node), node, "a heading")
        return Heading(level, text) if text else None

    def _paragraph(self, node: SyntaxTreeNode) -> Block | None:
        content = _only(node)
        token = _token(content)
        special = self._embed(content) or self._pictures(content, node)
        if special is not None:
            return special
        html = self._html(token, node)
        return Paragraph(html) if html else None

    def _embed(self, content: SyntaxTreeNode) -> Block | None:
        written = _token(content).content.strip()
        if BARE_LINK.fullmatch(written):
            return Embed(written)
        if len(content.children) != 1 or content.children[0].type != "link":
            return None
        link = content.children[0]
        address = str(link.attrs.get("href", ""))
        if link.info == "auto" and BARE_LINK.fullmatch(written[1:-1]):
            return Embed(written[1:-1])
        if not link.children and BARE_LINK.fullmatch(address):
            title = str(link.attrs.get("title", "")) or None
            return Embed(address, unicodedata.normalize("NFC", title) if title else None)
        return None

    def _pictures(self, content: SyntaxTreeNode, node: SyntaxTreeNode) -> Block | None:
        images = [child for child in content.children if child.type == "image"]
        others = [child for child in content.children if child.type not in {"image", "softbreak"}]
        if not images or others:
            return None
        assets = []
        for image in images:
            asset = asset_of(str(image.attrs.get("src", "")))
            if asset is None:
                self._refuse(node, f"{image.attrs.get('src')!r}: {HOW}.")
                continue
            if image.content:
                self._refuse(node, "the alternative text of a picture stands in media, not here.")
            assets.append(asset)
        return self._shown(assets, images, node) if assets else None

    def _shown(
        self, assets: list[str], images: list[SyntaxTreeNode], node: SyntaxTreeNode
    ) -> Block:
        titles = {str(image.attrs.get("title", "")) for image in images}
        if titles == {"gallery"} or (titles == {""} and len(assets) > 1):
            return Gallery(tuple(assets))
        if titles == {"video"} and len(assets) == 1:
            return Video(assets[0])
        if titles == {"infographic"} and len(assets) == 1:
            return Infographic(assets[0])
        if titles != {""}:
            self._refuse(node, "the title of a picture is gallery, video, infographic or nothing.")
        return Image(assets[0])

    def _quote(self, node: SyntaxTreeNode) -> Block | None:
        texts = list(node.children)
        if not texts or any(child.type != "paragraph" for child in texts):
            self._refuse(node, "a quotation holds paragraphs only.")
            return None
        attribution = None
        last = _token(_only(texts[-1])).content
        if len(texts) > 1 and last.startswith(DASHES):
            said = self._plain(_only(texts.pop()), node, "an attribution")
            attribution = said.partition(" ")[2].strip() or None
        html = "<br><br>".join(self._html(_token(_only(text)), text) for text in texts)
        return Quote(html, attribution)

    def _list(self, node: SyntaxTreeNode) -> Block | None:
        if node.attrs.get("start", 1) != 1:
            self._refuse(node, "a numbered list begins at 1.")
        items = []
        for item in node.children:
            kinds = [child.type for child in item.children]
            if kinds != ["paragraph"]:
                self._refuse(item, "an item of a list is one paragraph.")
                continue
            items.append(self._html(_token(_only(item.children[0])), item))
        return ListBlock(tuple(items), ordered=node.type == "ordered_list") if items else None

    def _table(self, node: SyntaxTreeNode) -> Block | None:
        rows = [
            tuple(self._html(_token(_only(cell)), row) for cell in row.children)
            for part in node.children
            for row in part.children
        ]
        if any("style" in cell.attrs for row in node.children[0].children for cell in row.children):
            self._refuse(node, "the columns of a table have no alignment.")
        if len(rows) == 1:
            self._refuse(node, "a table has a row beside its header.")
            return None
        return Table(tuple(rows[1:]), rows[0] if any(rows[0]) else ())

    def _caption(self, node: SyntaxTreeNode, found: list[Block]) -> Block | None:
        before = found[-1] if found else None
        if node.type != "paragraph" or not isinstance(before, Table) or before.caption:
            return None
        content = _only(node)
        if not _token(content).content.startswith(CAPTION):
            return None
        text = self._plain(content, node, "a caption")
        return replace(before, caption=text.removeprefix(CAPTION))

    def _html(self, token: Token, node: SyntaxTreeNode) -> str:
        html = _RENDERER.renderInline(token.children or [], _PARSER.options, {})
        try:
            return inline.clean(html)
        except NotInline:
            self._refuse(node, _NOT_INLINE)
            return ""

    def _plain(self, content: SyntaxTreeNode, node: SyntaxTreeNode, what: str) -> str:
        for child in content.children:
            if child.type not in _PLAIN:
                self._refuse(node, f"{what} is plain text, without {child.type}.")
        text = "".join(
            " " if child.type in {"softbreak", "hardbreak"} else child.content
            for child in content.children
        )
        return unicodedata.normalize("NFC", text)

    def _refuse(self, node: SyntaxTreeNode, problem: str) -> None:
        self.findings.add((node.map or (0, 0))[0] + 1, problem)


def _only(node: SyntaxTreeNode) -> SyntaxTreeNode:
    return node.children[0] if node.children else SyntaxTreeNode([Token("inline", "", 0)])


def _token(content: SyntaxTreeNode) -> Token:
    return content.token or Token("inline", "", 0)

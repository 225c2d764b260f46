# SPDX-License-Identifier: EUPL-1.2
"""A text may come as blocks, as Markdown or as HTML: one of them, and it becomes blocks."""

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from marshmallow import ValidationError, post_load

from communique.events.article import Block, Localization
from communique.events.fields import Items, Text
from communique.events.shapes import BlockField, WrittenLocalizationSchema
from content_api.domain.bodies.findings import NotBlocks
from content_api.domain.bodies.from_html import from_html
from content_api.domain.bodies.from_markdown import from_markdown

MOST_CHARACTERS: Final = 1_000_000
_FORMS: Final[Mapping[str, Callable[[str], tuple[Block, ...]]]] = {
    "body_markdown": from_markdown,
    "body_html": lambda text: from_html(text).blocks,
}
_FIELD: Final = BlockField()
_BLOCKS: Final = Items(_FIELD, most=5_000)
_ONE: Final = "Give exactly one of body, body_markdown and body_html."


class LocalizationInputSchema(WrittenLocalizationSchema):
    """The article in one language, as a desk writes it; its text in exactly one of three forms."""

    makes = Localization
    body = Items(BlockField(), most=5_000, metadata={"description": _ONE})
    body_markdown = Text(
        most=MOST_CHARACTERS, metadata={"description": "CommonMark with tables, instead of body."}
    )
    body_html = Text(most=MOST_CHARACTERS, metadata={"description": "HTML, instead of body."})

    @post_load
    def build(self, data: dict[str, Any], **options: Any) -> Any:
        """Turn the text into blocks, whatever form it came in."""
        given = [name for name in ("body", *_FORMS) if name in data]
        if len(given) != 1:
            raise ValidationError({name: [_ONE] for name in given or ["body"]})
        if given != ["body"]:
            text = data.pop(given[0])
            data["body"] = _checked(given[0], _FORMS[given[0]], text)
        return super().build(data, **options)


def _checked(name: str, read: Callable[[str], tuple[Block, ...]], text: str) -> tuple[Block, ...]:
    try:
        blocks = read(text)
    except NotBlocks as error:
        raise ValidationError({name: error.findings}) from error
    try:
        written = [_FIELD.serialize("it", {"it": block}) for block in blocks]
        return cast("tuple[Block, ...]", _BLOCKS.deserialize(written))
    except ValidationError as error:
        raise ValidationError({name: list(_flat(error.messages))}) from error


def _flat(messages: Any, place: str = "") -> list[str]:
    if isinstance(messages, Mapping):
        return [
            line
            for key, inner in messages.items()
            for line in _flat(inner, f"{place} {key}" if place else f"Block {key}:")
        ]
    return [f"{place} {message}".strip() for message in messages]

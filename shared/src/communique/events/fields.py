# SPDX-License-Identifier: EUPL-1.2
"""marshmallow fields that every shape uses: clean text, locales, moments, ids, urls, choices."""

import re
import unicodedata
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, post_load

from communique.clock import rfc3339
from communique.ids import is_id

Rule = Literal["raise", "exclude", "include"]

_UNKNOWN: ContextVar[Rule] = ContextVar("unknown", default=RAISE)
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[a-z][a-z0-9-]*:[A-Za-z0-9][A-Za-z0-9._-]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class Shape(Schema):
    """A schema that loads into `makes`, and whose rule for unknown fields holds at every depth.

    Input from people raises on unknown fields; events from other versions skip them (`lenient`).
    """

    makes: type | None = None

    def load(self, data: Any, *, unknown: Rule | None = None, **options: Any) -> Any:
        """Validate and build, with one rule for unknown fields all the way down."""
        token = _UNKNOWN.set(unknown or _UNKNOWN.get())
        try:
            return super().load(data, unknown=_UNKNOWN.get(), **options)
        finally:
            _UNKNOWN.reset(token)

    def lenient(self, data: Any) -> Any:
        """Load and skip fields that this version does not know."""
        return self.load(data, unknown=EXCLUDE)

    @post_load
    def build(self, data: dict[str, Any], **_options: Any) -> Any:
        """Turn the checked mapping into the value it describes."""
        return self.makes(**data) if self.makes else data


class Part(fields.Nested):
    """A nested shape under its parent's rule for unknown fields."""

    def _load(self, value: Any, partial: Any = None) -> Any:
        try:
            return self.schema.load(value, unknown=_UNKNOWN.get(), partial=partial)
        except ValidationError as error:
            raise ValidationError(error.messages, data=value) from error


class Text(fields.String):
    """Text in NFC, of at most `most` characters; controls and lone surrogates refused."""

    def __init__(self, *, least: int = 1, most: int = 10_000, **options: Any) -> None:
        """Set the bounds, in characters."""
        options.setdefault("metadata", {})
        options["metadata"] = {**options["metadata"], "minLength": least, "maxLength": most}
        super().__init__(**options)
        self.least = least
        self.most = most

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options)
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ValidationError("Holds a lone surrogate; send valid Unicode.") from error
        if _CONTROL.search(text):
            raise ValidationError("Holds a control character.")
        text = unicodedata.normalize("NFC", text)
        if not self.least <= len(text.strip() if self.least else text) or len(text) > self.most:
            raise ValidationError(f"Must have {self.least} to {self.most} characters.")
        return text


class Matching(Text):
    """Text of one form."""

    form: re.Pattern[str]
    message: str

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if not self.form.fullmatch(text):
            raise ValidationError(self.message)
        return text


class Locale(Matching):
    """A language tag (BCP 47), such as `vi`, `en`, `zh-Hans`."""

    form = _LOCALE
    message = "Not a language tag in canonical form, such as vi, en, zh-Hans or pt-BR."

    def __init__(self, **options: Any) -> None:
        """Bound the length."""
        super().__init__(most=16, **options)


class Slug(Matching):
    """The last part of a URL: a-z, 0-9 and single hyphens."""

    form = _SLUG
    message = "Only a-z, 0-9 and single hyphens between them."

    def __init__(self, **options: Any) -> None:
        """Bound the length."""
        super().__init__(most=120, **options)


class Code(Matching):
    """A topic: scheme, colon, code; such as `medtop:20000638` or `mofa:maritime`."""

    form = _CODE
    message = "Write scheme:code, such as mofa:maritime."

    def __init__(self, **options: Any) -> None:
        """Bound the length."""
        super().__init__(most=80, **options)


class Country(Matching):
    """A place: ISO 3166-1 alpha-2 or ISO 3166-2."""

    form = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
    message = "Write an ISO 3166 code, such as VN or VN-HN."

    def __init__(self, **options: Any) -> None:
        """Bound the length."""
        super().__init__(most=6, **options)


class Id(Text):
    """A UUID in canonical form."""

    def __init__(self, **options: Any) -> None:
        """Say the format in the description."""
        options["metadata"] = {**options.get("metadata", {}), "format": "uuid"}
        super().__init__(most=36, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if not is_id(text):
            raise ValidationError("Not a UUID in canonical form.")
        return text


class WebAddress(Text):
    """An absolute http or https URL."""

    def __init__(self, **options: Any) -> None:
        """Say the format in the description."""
        options["metadata"] = {**options.get("metadata", {}), "format": "uri"}
        super().__init__(most=2_000, **options)

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options)
        try:
            parts = urlsplit(text)
            good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError as error:
            raise ValidationError("Not an absolute http or https URL.") from error
        if not good or any(each.isspace() for each in text):
            raise ValidationError("Not an absolute http or https URL.")
        return text


class When(fields.AwareDateTime):
    """A moment, RFC 3339; written in UTC."""

    def __init__(self, **options: Any) -> None:
        """Read ISO 8601 with an offset."""
        super().__init__(format="iso", **options)

    def _serialize(self, value: datetime | None, *_place: Any, **_options: Any) -> str | None:
        return None if value is None else rfc3339(value)

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> datetime:
        try:
            return super()._deserialize(value, attr, data, **options).astimezone(UTC)
        except OverflowError as error:
            raise ValidationError("Outside the years we can hold.") from error


class Items(fields.List[Any]):
    """A list that loads as a tuple; at most `most` items."""

    def __init__(self, inner: Any, *, least: int = 0, most: int = 200, **options: Any) -> None:
        """Set the bounds, in items."""
        metadata = {**options.pop("metadata", {}), "minItems": least, "maxItems": most}
        super().__init__(inner, metadata=metadata, **options)
        self.least = least
        self.most = most

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> Any:
        items = super()._deserialize(value, attr, data, **options)
        if not self.least <= len(items) <= self.most:
            raise ValidationError(f"Must have {self.least} to {self.most} items.")
        return tuple(items)


class Mapped(fields.Dict):
    """An object with free keys; errors name the key, without marshmallow's extra level."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **options: Any) -> Any:
        try:
            return super()._deserialize(value, attr, data, **options)  # type: ignore[no-untyped-call]  # marshmallow's own gap
        except ValidationError as error:
            if not isinstance(error.messages, dict):
                raise
            messages = {name: _unwrapped(inner) for name, inner in error.messages.items()}
            raise ValidationError(messages) from error


def _unwrapped(messages: Any) -> Any:
    if isinstance(messages, dict) and set(messages) <= {"key", "value"}:
        return messages.get("value", messages.get("key"))
    return messages


def one_of(field: str, shapes: Mapping[str, type[Shape]]) -> type[fields.Field[Any]]:
    """Make a field that picks its shape by the value of `field` in the data."""

    class OneOf(fields.Field[Any]):
        """One of several shapes, told apart by one field."""

        choices = shapes
        discriminator = field

        def _deserialize(self, value: Any, attr: Any, data: Any, **_options: Any) -> Any:
            del attr, data
            if not isinstance(value, Mapping):
                raise ValidationError("Must be an object.")
            name = value.get(field)
            if not isinstance(name, str) or name not in shapes:
                raise ValidationError({field: [f"Must be one of: {', '.join(shapes)}."]})
            return shapes[name]().load(value, unknown=_UNKNOWN.get())

        def _serialize(self, value: Any, attr: Any, obj: Any, **_options: Any) -> Any:
            del attr, obj
            return shapes[getattr(value, field)]().dump(value)

    return OneOf

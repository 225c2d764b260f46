# SPDX-License-Identifier: EUPL-1.2
"""Join stored bytes into an answer: whole, or some fields of each; alone, or with what is linked.

Taking fields is the only work that reads a document; it is done once for each document and choice.
"""

import hashlib
import threading
from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson
from flask import current_app
from marshmallow import fields

from communique.errors import InvalidInput
from communique.events.fields import Items, Mapped, Part, Shape
from content_api.domain.pick import Wanted, pick
from content_api.ports import Stored
from content_api.use_cases.expand import Expanded, Expansion

_MOST_PICKED: Final = 16_000_000
_ALWAYS: Final = "id"


class Picked:
    """Fields taken of documents, by ETag: a bounded memory that is never wrong."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[tuple[str, str], bytes] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def of(self, stored: Stored, wanted: Wanted, name: str) -> bytes:
        """Return those fields of a document."""
        found = self._kept.get((stored.etag, name))
        if found is None:
            found = orjson.dumps(pick(orjson.loads(stored.body), wanted))
            self._keep((stored.etag, name), found)
        return found

    def _keep(self, place: tuple[str, str], body: bytes) -> None:
        with self._lock:
            if self._bytes + len(body) > _MOST_PICKED:
                self._kept.clear()
                self._bytes = 0
            self._kept[place] = body
            self._bytes += len(body)


class Fragments:
    """Gives each document as it was asked for."""

    def __init__(self, shape: type[Shape], chosen: Sequence[str]) -> None:
        """Take the fields asked for; none: all.

        Raises:
            InvalidInput: there is no such field.
        """
        self._name = ",".join(sorted({*chosen, _ALWAYS})) if chosen else ""
        self._wanted = wanted_of(shape, [*chosen, _ALWAYS]) if chosen else Wanted()

    def one(self, stored: Stored, expanded: Expanded | None = None) -> bytes:
        """Return a document, with what it links to under `expanded`."""
        body = self._bytes(stored)
        if expanded is None:
            return body
        more: dict[str, Any] = {
            name.value: self._linked(name, found) for name, found in expanded.linked.items()
        }
        more["missing"] = list(expanded.missing)
        return b"%s,%s" % (body[:-1], orjson.dumps({"expanded": more})[1:])

    def etag(self, parts: Iterable[Stored], *more: str) -> str:
        """Return the ETag of an answer that is joined from these documents."""
        words = " ".join((*(each.etag for each in parts), self._name, *more))
        return f'"{hashlib.sha256(words.encode()).hexdigest()[:32]}"'

    def _linked(self, name: Expansion, found: Sequence[Stored]) -> Any:
        written = [orjson.Fragment(self._bytes(each)) for each in found]
        if name is Expansion.RELATED:
            return written
        return written[0] if written else None

    def _bytes(self, stored: Stored) -> bytes:
        if not self._name:
            return stored.body
        picked: Picked = current_app.extensions["picked"]
        return picked.of(stored, self._wanted, self._name)


def wanted_of(shape: type[Shape], chosen: Sequence[str]) -> Wanted:
    """Turn `locales.title` and the like into what is wanted; free keys are not named.

    Raises:
        InvalidInput: the shape has no such field.
    """
    unknown = [path for path in chosen if not _exists(shape(), path.split("."))]
    if unknown:
        raise InvalidInput(
            f"There is no field {', '.join(sorted(unknown))}.",
            errors={"fields": [f"No such field: {path}." for path in sorted(unknown)]},
        )
    return Wanted(_children(shape(), [path.split(".") for path in chosen]))


def _exists(schema: Shape | None, path: Sequence[str]) -> bool:
    if schema is None or path[0] not in schema.fields:
        return False
    return len(path) == 1 or _exists(_inside(schema.fields[path[0]]), path[1:])


def _children(schema: Shape, paths: Sequence[Sequence[str]]) -> dict[str, Wanted]:
    found: dict[str, Wanted] = {}
    for name in dict.fromkeys(path[0] for path in paths):
        rests = [path[1:] for path in paths if path[0] == name]
        inside = _inside(schema.fields[name])
        if inside is None or not all(rests):  # asked for as a whole, too
            found[name] = Wanted()
        else:
            by_key = isinstance(schema.fields[name], Mapped)
            found[name] = Wanted(_children(inside, rests), by_key)
    return found


def _inside(field: fields.Field[Any]) -> Shape | None:
    """Return the shape that a field holds: itself, in a list, or under free keys."""
    if isinstance(field, Items):
        return _inside(field.inner)
    if isinstance(field, Mapped):
        return None if field.value_field is None else _inside(field.value_field)
    if isinstance(field, Part) and isinstance(field.schema, Shape):
        return field.schema
    return None

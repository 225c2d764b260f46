# SPDX-License-Identifier: EUPL-1.2
"""The description of a service, written from its operations: OpenAPI 3.1 and Swagger 2.0."""

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask_restx import Namespace

from communique.events.fields import Shape
from communique.events.json_schema import converter_for, name_of
from communique.web.auth import PUBLIC
from communique.web.operation import Operation
from communique.web.problems import MEDIA_TYPE

_METHODS: Final = ("get", "put", "post", "patch", "delete")
_CONVERTER: Final = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_PROBLEM: Final = {
    "type": "object",
    "description": "RFC 9457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string"},
                    "parameter": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


def operations(namespaces: Sequence[Namespace]) -> Iterator[tuple[str, str, str, Any]]:
    """Yield (path, method, tag, function) of every method of every resource."""
    for namespace in namespaces:
        for route in namespace.resources:
            for url in route.urls:
                path = namespace.path.rstrip("/") + url
                for method in _METHODS:
                    function = getattr(route.resource, method, None)
                    if function is not None:
                        yield path, method, namespace.name, function


def describe(
    namespaces: Sequence[Namespace],
    *,
    title: str,
    version: str,
    form: str,
    limited: bool = False,
) -> dict[str, Any]:
    """Write the description; `form` is `3.1.0` or `2.0`; `limited`: keys have a quota."""
    return _Writer(title=title, version=version, form=form, limited=limited).write(namespaces)


class _Writer:
    def __init__(self, *, title: str, version: str, form: str, limited: bool) -> None:
        self.modern = form.startswith("3")
        self.limited = limited
        plugin = MarshmallowPlugin(schema_name_resolver=name_of)
        self.spec = APISpec(
            title=title, version=version, openapi_version=form, plugins=[plugin], info={}
        )
        converter_for(plugin)
        self.plugin = plugin
        self.spec.components.schema("Problem", _PROBLEM)
        if self.modern:
            scheme = {"type": "http", "scheme": "bearer"}
        else:
            scheme = {"type": "apiKey", "in": "header", "name": "Authorization"}
        self.spec.components.security_scheme("key", scheme)

    def write(self, namespaces: Sequence[Namespace]) -> dict[str, Any]:
        paths: dict[str, dict[str, Any]] = {}
        for path, method, tag, function in operations(namespaces):
            words: Operation = function.__operation__
            place = paths.setdefault(_CONVERTER.sub(r"{\1}", path), {})
            place[method] = self._operation(path, method, tag, function, words)
        for path, members in paths.items():
            self.spec.path(path=path, operations=members)
        document: dict[str, Any] = self.spec.to_dict()
        return document if self.modern else _without_null_defaults(document)

    def _operation(
        self, path: str, method: str, tag: str, function: Any, words: Operation
    ) -> dict[str, Any]:
        summary, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n")
        plain = _CONVERTER.sub(r"\1", path)
        name = re.sub(r"[^a-zA-Z0-9]+", "_", f"{method} {plain}").strip("_")
        made: dict[str, Any] = {
            "operationId": name,
            "tags": [tag],
            "summary": summary,
            "description": _access(words) + rest.strip(),
            "parameters": self._parameters(path, words),
            "responses": self._responses(words),
        }
        if words.rule != PUBLIC:
            made["security"] = [{"key": []}]
        self._add_body(made, words)
        return made

    def _parameters(self, path: str, words: Operation) -> list[dict[str, Any]]:
        text = {"schema": {"type": "string"}} if self.modern else {"type": "string"}
        found: list[dict[str, Any]] = [
            {"name": name, "in": "path", "required": True, **text}
            for name in _CONVERTER.findall(path)
        ]
        found += [{"name": name, "in": "header", **text} for name in words.headers]
        if words.query is not None:
            found.append({"in": "query", "schema": words.query})
        return found

    def _add_body(self, made: dict[str, Any], words: Operation) -> None:
        if words.body is None and not words.takes:
            return
        if self.modern:
            shape = {"schema": words.body} if words.body else _BINARY
            types = words.takes or ("application/json",)
            made["requestBody"] = {"required": True, "content": dict.fromkeys(types, shape)}
            return
        made["consumes"] = list(words.takes or ("application/json",))
        schema = words.body or {"type": "string", "format": "binary"}
        made["parameters"].append(
            {"in": "body", "name": "body", "required": True, "schema": schema}
        )

    def _responses(self, words: Operation) -> dict[str, Any]:
        wanted = dict(words.answers)
        for status in (
            *((401, 403) if words.rule != PUBLIC else ()),
            *((422,) if _takes(words) else ()),
            *((429,) if self.limited and words.rule != PUBLIC else ()),
        ):
            wanted.setdefault(status, None)
        return {str(status): self._response(status, shape) for status, shape in wanted.items()}

    def _response(self, status: int, shape: type[Shape] | str | None) -> dict[str, Any]:
        if status >= 400:
            schema: Any = "Problem"
            media_type = MEDIA_TYPE
        elif shape is None:
            return {"description": _PHRASES.get(status, "Done.")}
        elif isinstance(shape, str):
            schema, media_type = {"type": "string"}, shape.partition(";")[0]
        else:
            schema, media_type = shape, "application/json"
        made: dict[str, Any] = {"description": _PHRASES.get(status, "Done.")}
        if self.modern:
            made["content"] = {media_type: {"schema": schema}}
        else:
            made["schema"] = schema
        return made


_BINARY: Final = {"schema": {"type": "string", "format": "binary"}}
_PHRASES: Final = {
    200: "Done.",
    201: "Made.",
    202: "Accepted; it happens later.",
    204: "Done; no body.",
    206: "A part of it.",
    302: "It stands elsewhere.",
    304: "You have it already.",
    400: "The body is malformed.",
    401: "No valid key.",
    403: "The key may not do this.",
    404: "There is no such thing.",
    409: "Not possible in the present state.",
    410: "It has been withdrawn.",
    412: "If-Match names another state.",
    413: "Too large.",
    415: "Not a type we take.",
    416: "No such range.",
    422: "A field is wrong; `errors` names it.",
    428: "Send If-Match.",
    429: "The key has used its quota; `Retry-After` tells how long to wait.",
    503: "A part we depend on is away.",
}


def _without_null_defaults(node: Any) -> Any:
    """Swagger 2.0 has no null, so a default of null is left unsaid there."""
    if isinstance(node, dict):
        return {
            name: _without_null_defaults(value)
            for name, value in node.items()
            if not (name == "default" and value is None)
        }
    return [_without_null_defaults(each) for each in node] if isinstance(node, list) else node


def _takes(words: Operation) -> bool:
    return words.query is not None or words.body is not None or bool(words.takes)


def _access(words: Operation) -> str:
    if words.rule == PUBLIC:
        return "Open to everybody.\n\n"
    return f"Needs a key with the scope `{words.rule.scope}`.\n\n"

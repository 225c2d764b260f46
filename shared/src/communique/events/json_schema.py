# SPDX-License-Identifier: EUPL-1.2
"""A marshmallow shape as JSON Schema, for API descriptions and for consumers in other languages."""

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields

from communique.events.codec import VERSION, shape_of
from communique.events.envelope import EventType


def name_of(schema: Any) -> str:
    """Name a shape in documents: ArticleSchema is Article."""
    kind = schema if isinstance(schema, type) else type(schema)
    return str(kind.__name__).removesuffix("Schema")


def converter_for(plugin: MarshmallowPlugin) -> OpenAPIConverter:
    """Teach apispec our polymorphic field; call it after the spec has taken the plugin."""
    converter = plugin.converter
    if converter is None:
        raise ValueError("give the plugin to an APISpec first")

    def one_of(
        _converter: OpenAPIConverter, field: fields.Field[Any], **_options: Any
    ) -> dict[str, Any]:
        choices: dict[str, type[Schema]] | None = getattr(field, "choices", None)
        if not isinstance(choices, dict) or not hasattr(field, "discriminator"):
            return {}
        references = [converter.resolve_nested_schema(shape) for shape in choices.values()]
        if converter.openapi_version.major < 3:
            return {"type": "object"}
        return {"oneOf": references}

    converter.add_attribute_function(one_of)
    return converter


def event_schema(event_type: EventType) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the value of an event.

    It leaves room for fields of later minor versions, which a reader must skip.
    """
    plugin = MarshmallowPlugin(schema_name_resolver=name_of)
    spec = APISpec(title="", version="", openapi_version="3.1.0", plugins=[plugin])
    converter = converter_for(plugin)
    shape = shape_of(event_type)
    reference = converter.resolve_nested_schema(shape)
    definitions = spec.to_dict()["components"]["schemas"]
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:communique:event:{event_type.value}:{VERSION}",
        "title": event_type.value,
        "$ref": reference["$ref"],
        "$defs": definitions,
    }
    moved: dict[str, Any] = _moved(document)
    return moved


def _moved(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            name: value.replace("#/components/schemas/", "#/$defs/")
            if name == "$ref"
            else _moved(value)
            for name, value in node.items()
            if not (name == "additionalProperties" and value is False)
        }
    return [_moved(each) for each in node] if isinstance(node, list) else node

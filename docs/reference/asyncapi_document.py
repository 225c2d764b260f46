# SPDX-License-Identifier: EUPL-1.2
# ruff: noqa: INP001  # beside the script that uses it
"""The topics and their events as an AsyncAPI 3.1 document."""

from typing import Any, Final

from communique.events.envelope import EventType
from communique.events.json_schema import event_schema
from communique.events.topics import (
    ARTICLES,
    ARTICLES_EMBARGOED,
    ASSETS,
    DEAD_LETTERS,
    DELIVERIES,
    TOPICS,
    TopicPlan,
    topic_of,
)

BINDING: Final = "0.5.0"
MEANING: Final = {
    ARTICLES: "Every published version of every article; the newest of a key is its state.",
    ARTICLES_EMBARGOED: "Articles that the press holds in trust before their embargo lifts.",
    ASSETS: "Pictures and what can be had of them; the newest of a key is its state.",
    DELIVERIES: "What became of each article on each channel.",
    DEAD_LETTERS: "Records that no consumer could read, with the reason.",
}
ROLES: Final = (  # who does what with which topic
    ("content-api", "send", ARTICLES),
    ("content-api", "send", ARTICLES_EMBARGOED),
    ("content-api", "receive", DELIVERIES),
    ("media-store", "send", ASSETS),
    ("syndicator", "receive", ARTICLES),
    ("syndicator", "receive", ASSETS),
    ("syndicator", "send", DELIVERIES),
    ("content-api", "send", DEAD_LETTERS),
    ("syndicator", "send", DEAD_LETTERS),
)


def document() -> dict[str, Any]:
    """Return the whole document."""
    schemas: dict[str, Any] = {}
    for each in EventType:
        for name, shape in event_schema(each)["$defs"].items():
            schemas[name] = _moved(shape)
    messages = {each.value: _message(each) for each in EventType}
    return {
        "asyncapi": "3.1.0",
        "info": {
            "title": "Communiqué events",
            "version": "1.0.0",
            "description": "CloudEvents 1.0 on Kafka in binary mode: attributes in `ce_*` headers, "
            "the value as JSON. Skip fields you do not know; refuse a major version you do "
            "not know.",
            "license": {"name": "EUPL-1.2"},
        },
        "defaultContentType": "application/json",
        "channels": {_name(plan.name): _channel(plan) for plan in TOPICS},
        "operations": {
            f"{service}.{action}.{_name(topic)}": {
                "action": action,
                "channel": {"$ref": f"#/channels/{_name(topic)}"},
                "tags": [{"name": service}],
            }
            for service, action, topic in ROLES
        },
        "components": {
            "messages": messages | {"dead-letter": _letter()},
            "schemas": schemas,
        },
    }


def events_of(topic: str) -> list[EventType]:
    """Return the events that may stand on a topic."""
    found = [each for each in EventType if topic_of(each) == topic]
    if topic == ARTICLES_EMBARGOED:
        return [each for each in EventType if topic_of(each) == ARTICLES] + found
    return found


def _name(topic: str) -> str:
    return topic.removeprefix("communique.").replace(".", "-")


def _channel(plan: TopicPlan) -> dict[str, Any]:
    messages = [each.value for each in events_of(plan.name)] or ["dead-letter"]
    policy = "compact" if plan.compacted else "delete"
    return {
        "address": plan.name,
        "description": MEANING[plan.name],
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
        "bindings": {
            "kafka": {
                "topic": plan.name,
                "partitions": plan.partitions,
                "topicConfiguration": {"cleanup.policy": [policy]},
                "bindingVersion": BINDING,
            }
        },
    }


def _message(event_type: EventType) -> dict[str, Any]:
    shape = event_schema(event_type)["$ref"].rpartition("/")[2]
    text = {"type": "string"}
    headers = {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {"type": "string", "format": "uuid"},
        "ce_source": {"type": "string", "format": "uri-reference"},
        "ce_type": {"type": "string", "const": event_type.value},
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_subject": text,
        "ce_dataschema": {"type": "string", "format": "uri"},
        "content-type": {"type": "string", "const": "application/json"},
    }
    return {
        "name": event_type.value,
        "contentType": "application/json",
        "headers": {"type": "object", "required": list(headers), "properties": headers},
        "payload": {"$ref": f"#/components/schemas/{shape}"},
        "bindings": _keyed(),
    }


def _letter() -> dict[str, Any]:
    headers = {name: {"type": "string"} for name in ("dl_reason", "dl_topic", "dl_consumer")}
    return {
        "name": "dead-letter",
        "summary": "The record as it was, its own headers included.",
        "headers": {"type": "object", "required": list(headers), "properties": headers},
        "payload": {},
        "bindings": {"kafka": {"bindingVersion": BINDING}},
    }


def _keyed() -> dict[str, Any]:
    key = {"type": "string", "format": "uuid", "description": "The article's or asset's id."}
    return {"kafka": {"key": key, "bindingVersion": BINDING}}


def _moved(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            name: value.replace("#/$defs/", "#/components/schemas/")
            if name == "$ref"
            else _moved(value)
            for name, value in node.items()
        }
    return [_moved(each) for each in node] if isinstance(node, list) else node

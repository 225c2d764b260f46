# SPDX-License-Identifier: EUPL-1.2
"""A channel as plain data, the way it is written in YAML and kept in the database."""

from collections.abc import Mapping
from typing import Any

from syndicator.domain.channel import (
    Approval,
    Channel,
    ChannelKind,
    CorrectionPolicy,
    CredentialReference,
    LocaleChoice,
    RateLimit,
    RetractionPolicy,
    Selector,
    Trust,
)


def to_spec(channel: Channel) -> dict[str, Any]:
    """Write a channel as plain data."""
    selector = channel.selector
    spec = {
        "name": channel.name,
        "title": dict(channel.title),
        "kind": channel.kind.value,
        "format": list(channel.formats),
        "connector": channel.connector,
        "locales": [_choice(each) for each in channel.locales],
        "selector": {
            name: list(value) if isinstance(value, tuple) else value
            for name in ("kinds", "topics", "places", "missions", "max_urgency")
            if (value := getattr(selector, name))
        },
        "trust": channel.trust.value,
        "approval": channel.approval.value,
        "correction_policy": channel.correction_policy.value,
        "retraction_policy": channel.retraction_policy.value,
    }
    if channel.rate_limit:
        spec["rate_limit"] = {"per_minute": channel.rate_limit.per_minute}
    if channel.destination:
        spec["destination"] = dict(channel.destination)
    if channel.options:
        spec["options"] = dict(channel.options)
    if channel.credential:
        spec["credential"] = {"env": channel.credential.env}
    return spec


def from_spec(spec: Mapping[str, Any]) -> Channel:
    """Read a channel from data that `to_spec` has written."""
    selector = spec["selector"]
    rate, credential = spec.get("rate_limit"), spec.get("credential")
    lists = {name: tuple(selector.get(name, ())) for name in _LISTS}
    return Channel(
        name=spec["name"],
        title=spec["title"],
        kind=ChannelKind(spec["kind"]),
        formats=tuple(spec["format"]),
        connector=spec["connector"],
        locales=tuple(_read_choice(each) for each in spec["locales"]),
        selector=Selector(**lists, max_urgency=selector.get("max_urgency")),
        trust=Trust(spec["trust"]),
        approval=Approval(spec["approval"]),
        correction_policy=CorrectionPolicy(spec["correction_policy"]),
        retraction_policy=RetractionPolicy(spec["retraction_policy"]),
        rate_limit=RateLimit(rate["per_minute"]) if rate else None,
        destination=spec.get("destination", {}),
        options=spec.get("options", {}),
        credential=CredentialReference(credential["env"]) if credential else None,
    )


_LISTS = ("kinds", "topics", "places", "missions")


def _choice(choice: LocaleChoice) -> str | dict[str, Any]:
    if not choice.fallback:
        return choice.locale
    return {"locale": choice.locale, "fallback": list(choice.fallback)}


def _read_choice(choice: str | Mapping[str, Any]) -> LocaleChoice:
    if isinstance(choice, str):
        return LocaleChoice(choice)
    return LocaleChoice(choice["locale"], tuple(choice.get("fallback", ())))

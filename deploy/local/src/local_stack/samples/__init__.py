# SPDX-License-Identifier: EUPL-1.2
"""A week in the life of a sample ministry: its channels, its articles, its picture.

An article refers to its picture as `@lead-photo`; whoever plays the sample puts in the id that the
media store gave.
"""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import yaml

ARTICLES = (
    "maritime-rescue",
    "resilient-deltas",
    "typhoon-notice",
    "un-remarks",
    "scholarships",
    "cultural-week",
)


def channels() -> str:
    """Return the channels file, as text."""
    return (files(__name__) / "channels.yaml").read_text("utf-8")


def registers() -> dict[str, dict[str, Any]]:
    """Return the entries of the registers by register and code, what others refer to first."""
    read: dict[str, dict[str, Any]] = yaml.safe_load(
        (files(__name__) / "registers.yaml").read_text()
    )
    topics = read["topics"].items()
    ordered = sorted(topics, key=lambda topic: "broader" in topic[1])
    return {**read, "topics": dict(ordered)}


def article(
    name: str, assets: Mapping[str, str] | None = None, embargo_until: str | None = None
) -> dict[str, Any]:
    """Return an article as a desk would send it, with the ids of its pictures put in."""
    document: dict[str, Any] = _load(f"articles/{name}.json", assets or {})
    if embargo_until is not None:
        document["embargo_until"] = embargo_until
    return document


def corrected(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the maritime rescue article with its mistake put right and said so."""
    changes = _load("correction.json", {})["locales"]
    return {
        **document,
        "locales": {
            locale: _correct(localization, changes[locale])
            for locale, localization in document["locales"].items()
        },
    }


def correction_notes() -> dict[str, str]:
    """Return what the correction says about itself, per locale."""
    changes = _load("correction.json", {})["locales"]
    return {locale: change["correction_note"] for locale, change in changes.items()}


def retraction_notices() -> dict[str, str]:
    """Return why the maritime rescue article is withdrawn, per locale."""
    notices: dict[str, str] = _load("retraction.json", {})["notices"]
    return notices


def _correct(localization: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    body = list(localization["body"])
    body[change["replace"]["block"]] = change["replace"]["with"]
    return {**localization, "body": body, "correction_note": change["correction_note"]}


def _load(path: str, assets: Mapping[str, str]) -> Any:
    text = (files(__name__) / path).read_text("utf-8")
    for name, asset in assets.items():
        text = text.replace(f'"@{name}"', json.dumps(asset))
    return json.loads(text)

# SPDX-License-Identifier: EUPL-1.2
"""Tell whether we signed a document, with which key, and whether it is what is public now."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from communique.events.fields import Locale
from communique.ids import is_id
from content_api.domain.finished import WHOLE
from content_api.domain.signature import MEMBER, NotCanonical, NotSigned, PublicKey, read
from content_api.ports import Deps, Stored


class Reason(StrEnum):
    """Why a document is not vouched for."""

    NOT_SIGNED = "not-signed"
    UNKNOWN_KEY = "unknown-key"
    RETIRED_KEY = "retired-key"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What we say of a document; `public_version` and `retracted` are of what is public now."""

    valid: bool
    reason: Reason | None
    key: str | None
    present: bool
    public_version: int | None
    retracted: bool | None


def verify_document(document: Mapping[str, Any], deps: Deps) -> Verdict:
    """Check the signature in a document, and compare it with what is public."""
    reason, key = _check(document, deps)
    stored = _public(document, deps)
    present = reason is None and stored is not None and _same(stored, document)
    return Verdict(
        valid=reason is None,
        reason=reason,
        key=key,
        present=present,
        public_version=None if stored is None else stored.version,
        retracted=None if stored is None else stored.retracted,
    )


def published_keys(deps: Deps) -> list[PublicKey]:
    """Return the keys that we vouch for, newest first."""
    return [key for key in deps.signing_keys.all() if key.retired_at is None]


def _check(document: Mapping[str, Any], deps: Deps) -> tuple[Reason | None, str | None]:
    try:
        signature = read(document.get(MEMBER))
    except NotSigned:
        return Reason.NOT_SIGNED, None
    key = deps.signing_keys.find(signature.kid)
    if key is None:
        return Reason.UNKNOWN_KEY, None
    try:
        fits = signature.fits(document, key.public)
    except NotCanonical:
        fits = False
    if not fits:
        return Reason.ALTERED, key.kid
    return (None if key.retired_at is None else Reason.RETIRED_KEY), key.kid


def _public(document: Mapping[str, Any], deps: Deps) -> Stored | None:
    article, locale = document.get("id"), document.get("locale", WHOLE)
    if not isinstance(article, str) or not is_id(article) or not isinstance(locale, str):
        return None
    if locale != WHOLE and not Locale.form.fullmatch(locale):
        return None
    return deps.shelf.get(article, locale)


def _same(stored: Stored, document: Mapping[str, Any]) -> bool:
    return bool(orjson.loads(stored.body)[MEMBER] == document[MEMBER])

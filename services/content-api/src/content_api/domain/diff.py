# SPDX-License-Identifier: EUPL-1.2
"""Compare two forms of an article, as JSON: what it is about, and each language's text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from content_api.domain.align import Budget
from content_api.domain.block_diff import (
    BlockChange,
    FieldChange,
    compare_bodies,
    compare_text,
    compare_value,
)
from content_api.domain.inline_diff import Change

Json = Mapping[str, Any]
#: What follows from publication, or is computed: nobody has written it.
_NOT_WRITTEN: Final = frozenset(
    {"id", "version", "revision", "first_published_at", "published_at", "signature", "locales"}
)
_NOT_WRITTEN_IN_A_LOCALE: Final = frozenset(
    {"source_version", "content_hash", "segment_hashes", "body"}
)
_TEXTS: Final = frozenset({"title", "short_title", "summary", "correction_note"})


@dataclass(frozen=True, slots=True)
class LocaleChange:
    """One language: fields and blocks that differ."""

    locale: str
    change: Change
    fields: tuple[FieldChange, ...]
    blocks: tuple[BlockChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs; languages without a difference are not named."""

    fields: tuple[FieldChange, ...]
    locales: tuple[LocaleChange, ...]

    @property
    def same(self) -> bool:
        """Tell whether nothing differs."""
        return not self.fields and not self.locales


def compare(before: Json, now: Json) -> Comparison:
    """Compare two documents, or two published versions, or one with the other."""
    budget = Budget()
    fields = tuple(
        compare_value(f"/{name}", before.get(name), now.get(name))
        for name in sorted({*before, *now} - _NOT_WRITTEN)
        if before.get(name) != now.get(name)
    )
    old, new = before["locales"], now["locales"]
    locales = tuple(
        _locale(locale, old.get(locale), new.get(locale), budget) for locale in sorted({*old, *new})
    )
    return Comparison(fields, tuple(each for each in locales if each.fields or each.blocks))


def _locale(locale: str, before: Json | None, now: Json | None, budget: Budget) -> LocaleChange:
    old, new = before or {}, now or {}
    fields = tuple(
        compare_text(f"/{name}", old.get(name), new.get(name), budget)
        if name in _TEXTS
        else compare_value(f"/{name}", old.get(name), new.get(name))
        for name in sorted({*old, *new} - _NOT_WRITTEN_IN_A_LOCALE)
        if old.get(name) != new.get(name)
    )
    blocks = compare_bodies(old.get("body", ()), new.get("body", ()), budget)
    change = Change.CHANGED
    if before is None or now is None:
        change = Change.ADDED if before is None else Change.REMOVED
    return LocaleChange(locale, change, fields, blocks)

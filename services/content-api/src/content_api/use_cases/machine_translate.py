# SPDX-License-Identifier: EUPL-1.2
"""Let a machine translate what has no translation yet, or has fallen behind; a person decides."""

from collections.abc import Mapping, Sequence

from content_api.domain import inline
from content_api.domain.errors import NotInline
from content_api.domain.segments import Segment
from content_api.domain.translation import Row, SegmentState
from content_api.domain.translation_errors import BadTranslation, NoTranslator
from content_api.ports import Deps, Translator
from content_api.use_cases.fill_translation import fill_translation
from content_api.use_cases.inspect_translations import Overview
from content_api.use_cases.keep_translations import Seen, standing

_TO_DO = frozenset({SegmentState.ADDED, SegmentState.CHANGED})


def machine_translate(
    article_id: str, locale: str, deps: Deps, *, caller: str, seen: Seen
) -> Overview:
    """Put a machine's words in the next draft; what is fresh stays as it is.

    Nothing of it can be approved before a person has saved or confirmed it.

    Raises:
        NoSuchArticle, StaleTranslation, NotNow, LockHeld: it cannot be changed.
        NoTranslation: it is written in that language.
        NoTranslator, BadTranslation: no machine is set up, or it failed.
        WouldBeLost: text of the translation has no place in the form that its source has now.
    """
    if deps.translator is None:
        raise NoTranslator
    with deps.unit_of_work() as unit:
        current = unit.articles.get(article_id)
        found = standing(unit, current, locale)
        found.check_seen(seen)
    to_do = _to_do(found.rows())
    if not to_do:
        return Overview(found, found.rows())
    # Nothing is locked while the machine thinks; if anybody saves meanwhile, its work is refused.
    texts = _translated(deps.translator, to_do, found.document.source_locale, locale)
    with deps.unit_of_work() as unit:
        current = unit.articles.lock(article_id)
        found = standing(unit, current, locale)
        found.check_seen(seen)
        fill_translation(
            unit, found, found.rows(), texts, caller=caller, machine=deps.translator.name
        )
        details = {"locale": locale, "translator": deps.translator.name, "units": sorted(texts)}
        unit.audit.add(caller, "machine-translate", article_id, details)
        now = standing(unit, unit.articles.get(article_id), locale)
        return Overview(now, now.rows())


def _to_do(rows: Sequence[Row]) -> list[Segment]:
    return [row.source for row in rows if row.source is not None and row.state in _TO_DO]


def _translated(
    translator: Translator, to_do: Sequence[Segment], source: str, target: str
) -> Mapping[str, str]:
    texts = translator.translate(to_do, source=source, target=target)
    if len(texts) != len(to_do):
        raise BadTranslation({"/": "Another number of texts came back."})
    cleaned, wrong = {}, {}
    for segment, text in zip(to_do, texts, strict=True):
        try:
            cleaned[segment.address] = inline.clean(text) if segment.inline else text
        except NotInline:
            wrong[f"/units/{segment.address}"] = "Not running text."
        if not text.strip() or len(text) > segment.most:
            wrong[f"/units/{segment.address}"] = f"Must have 1 to {segment.most} characters."
    if wrong:
        raise BadTranslation(wrong)
    return cleaned

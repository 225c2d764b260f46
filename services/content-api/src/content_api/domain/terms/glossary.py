# SPDX-License-Identifier: EUPL-1.2
"""All concepts of one version of the glossary, ready to check documents with."""

import threading
from collections.abc import Callable, Iterator, Sequence

from content_api.domain.document import Document
from content_api.domain.terms.checker import Checker
from content_api.domain.terms.concept import Concept
from content_api.domain.terms.findings import Finding, Rule, fingerprint
from content_api.domain.terms.places import Place, places
from content_api.domain.terms.wanted import Name, forms_for, names_for


class Glossary:
    """One version; what finds the names of a language is built when first needed."""

    def __init__(self, version: int, concepts: Sequence[Concept]) -> None:
        """Take the concepts that are in use."""
        self.version = version
        self.concepts = tuple(concepts)
        self._checkers: dict[str, Checker] = {}

    def check(self, document: Document) -> tuple[Finding, ...]:
        """Return what is wrong in all texts of a document, in their order."""
        found = list(places(document))
        wrong = [finding for place in found for finding in self.checker(place.locale).check(place)]
        return (*wrong, *self._not_carried_over(document, found))

    def checker(self, locale: str) -> Checker:
        """Return what checks one language."""
        if locale not in self._checkers:
            self._checkers[locale] = Checker(locale, names_for(locale, self.concepts))
        return self._checkers[locale]

    def _not_carried_over(self, document: Document, found: Sequence[Place]) -> Iterator[Finding]:
        """Find names that stay in every language and are missing in a translation."""
        kept = self._kept()
        source = document.source_locale
        in_source = [
            (concept, place, start, end)
            for concept, (place, start, end) in self._used(source, found, kept).items()
        ]
        for locale in document.locales if in_source else ():
            if locale == source:
                continue
            there = self._used(locale, found, kept)
            for concept, place, start, end in in_source:
                forms = forms_for(locale, kept[concept].locales)
                if forms is None or not forms.must_not_translate or concept in there:
                    continue
                written = place.content.text[start:end]
                yield Finding(
                    locale=locale,
                    pointer=place.pointer,
                    start=start,
                    end=end,
                    text=written,
                    rule=Rule.NOT_CARRIED_OVER,
                    concept=concept,
                    form=written,
                    suggestion=forms.preferred,
                    reason=None,
                    disguised=False,
                    fingerprint=fingerprint(concept, Rule.NOT_CARRIED_OVER, locale),
                )

    def _kept(self) -> dict[str, Concept]:
        return {
            concept.id: concept
            for concept in self.concepts
            if any(forms.must_not_translate for forms in concept.locales.values())
        }

    def _used(
        self, locale: str, found: Sequence[Place], kept: dict[str, Concept]
    ) -> dict[str, tuple[Place, int, int]]:
        """Return where each of these concepts is first named in a language."""
        used: dict[str, tuple[Place, int, int]] = {}
        names: Iterator[tuple[Place, Name, int, int]] = (
            (place, name, start, end)
            for place in found
            if kept and place.locale == locale
            for name, start, end in self.checker(locale).accepted(place)
        )
        for place, name, start, end in names:
            if name.concept in kept:
                used.setdefault(name.concept, (place, start, end))
        return used


class GlossaryCache:
    """Keeps the newest version that this process has used; versions only grow."""

    def __init__(self) -> None:
        """Begin empty."""
        self._lock = threading.Lock()
        self._kept = Glossary(-1, ())

    def get(self, version: int, load: Callable[[], Sequence[Concept]]) -> Glossary:
        """Return that version; `load` reads its concepts when it is not the one at hand."""
        kept = self._kept
        if kept.version == version:
            return kept
        made = Glossary(version, load())
        with self._lock:
            if made.version > self._kept.version:
                self._kept = made
        return made

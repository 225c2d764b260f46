# SPDX-License-Identifier: EUPL-1.2
"""Write terms as TBX-Basic (ISO 30042:2019), so that our reader and others understand them."""

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from content_api.domain.terms.concept import Concept, LocaleForms
from content_api.domain.terms.tbx_entry import (
    CASE_SENSITIVE,
    FLAGS,
    MUST_NOT_TRANSLATE,
    PREFERRED_IN,
)

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>Communiqué glossary</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
"""
_TAIL: Final = "</body></text>\n</tbx>\n"


def write_tbx(concepts: Sequence[Concept]) -> bytes:
    """Write concepts."""
    lines = (line for concept in concepts for line in _entry(concept))
    return (_HEAD + "".join(f"{line}\n" for line in lines) + _TAIL).encode()


def _entry(concept: Concept) -> Iterator[str]:
    yield f"<conceptEntry id={quoteattr(concept.id)}>"
    yield _typed("descrip", "subjectField", concept.kind.value)
    if concept.definition:
        yield _typed("descrip", "definition", concept.definition)
    if concept.note:
        yield f"<note>{escape(concept.note)}</note>"
    for locale, forms in concept.locales.items():
        yield f"<langSec xml:lang={quoteattr(locale)}>"
        yield from (_typed("admin", FLAGS, flag) for flag in _flags(forms))
        yield _term(forms.preferred, "preferredTerm-admn-sts")
        yield from (_term(form, "admittedTerm-admn-sts") for form in forms.allowed)
        for each in forms.forbidden:
            yield _term(each.form, "deprecatedTerm-admn-sts", each.reason)
        yield "</langSec>"
    yield "</conceptEntry>"


def _flags(forms: LocaleForms) -> Iterator[str]:
    if forms.must_not_translate:
        yield MUST_NOT_TRANSLATE
    if forms.case_sensitive:
        yield CASE_SENSITIVE
    if forms.preferred_in:
        yield PREFERRED_IN + " ".join(forms.preferred_in)


def _term(form: str, status: str, reason: str | None = None) -> str:
    note = f"<note>{escape(reason)}</note>" if reason else ""
    marked = _typed("termNote", "administrativeStatus", status)
    return f"<termSec><term>{escape(form)}</term>{marked}{note}</termSec>"


def _typed(name: str, category: str, text: str) -> str:
    return f'<{name} type="{category}">{escape(text)}</{name}>'

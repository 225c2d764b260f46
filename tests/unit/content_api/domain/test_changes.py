# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from communique.errors import InvalidInput
from content_api.domain.changes import changed_locales, check_notes
from content_api.testing.builders import a_document, a_localization

BEFORE = a_document()


def test_a_language_with_another_text_has_changed():
    now = BEFORE.with_locale("vi", replace(BEFORE.locales["vi"], title="Khác"))
    assert changed_locales(BEFORE, now) == ("vi",)


def test_notes_and_marks_of_a_version_are_no_change_of_the_text():
    marked = replace(BEFORE.locales["vi"], correction_note="x", source_version=3, content_hash="y")
    assert changed_locales(BEFORE, BEFORE.with_locale("vi", marked)) == ()


def test_a_language_that_comes_or_goes_is_not_corrected():
    more = BEFORE.with_locale("fr", a_localization())
    assert changed_locales(BEFORE, more) == ()
    assert changed_locales(more, BEFORE) == ()


def test_each_changed_language_needs_its_own_note():
    now = BEFORE
    for locale, note in (("vi", None), ("en", "A number was wrong.")):
        text = replace(BEFORE.locales[locale], title="Other", correction_note=note)
        now = now.with_locale(locale, text)
    with pytest.raises(InvalidInput) as refused:
        check_notes(BEFORE, now)
    assert set(refused.value.errors) == {"/locales/vi/correction_note"}


def test_nothing_changed_needs_no_note():
    check_notes(BEFORE, replace(BEFORE, urgency=2))

# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import pytest

from communique.errors import InvalidInput
from communique.events.article import Divider, ListBlock, Paragraph, Quote, Table
from content_api.domain.clean import clean_document, clean_localization
from content_api.testing.builders import a_document, a_localization

BAD = "x<script>alert(1)</script>"


def test_every_place_of_inline_html_is_named_by_pointer():
    body = (
        Paragraph(BAD),
        ListBlock(("good", BAD)),
        Quote(BAD),
        Table(rows=(("good", BAD),), header=(BAD,)),
        Divider(),
    )
    with pytest.raises(InvalidInput) as refused:
        clean_localization(a_localization(body=body))
    assert set(refused.value.errors) == {
        "/body/0/html",
        "/body/1/items/1",
        "/body/2/html",
        "/body/3/rows/0/1",
        "/body/3/header/0",
    }


def test_pointers_in_a_document_name_the_language():
    document = a_document().with_locale("fr", a_localization(body=(Paragraph(BAD),)))
    with pytest.raises(InvalidInput) as refused:
        clean_document(document)
    assert set(refused.value.errors) == {"/locales/fr/body/0/html"}


def test_the_source_language_must_be_there():
    with pytest.raises(InvalidInput) as refused:
        clean_document(replace(a_document(), source_locale="ru"))
    assert set(refused.value.errors) == {"/source_locale"}


def test_allowed_html_comes_out_in_one_form():
    body = (Paragraph("a<br/>b"), Table(rows=(("1 < 2",),)), ListBlock(("<EM>x</EM>",)))
    cleaned = clean_localization(a_localization(body=body))
    assert cleaned.body == (
        Paragraph("a<br>b"),
        Table(rows=(("1 &lt; 2",),)),
        ListBlock(("<em>x</em>",)),
    )

# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

import orjson
import pytest

from communique.errors import InvalidInput
from communique.events.article import Revision
from communique.events.shapes import ArticleSchema
from content_api.domain.document_codec import content_hash
from content_api.domain.finished import WHOLE, finish
from content_api.domain.notices import notices_for
from content_api.domain.publication import EVENTS, publication, retraction
from content_api.testing.builders import MOMENT, a_desk_article, a_document

RECORD = a_desk_article(version=2, first_published_at=MOMENT, published_at=MOMENT)
DOCUMENT = a_document()


def test_translations_name_the_source_version_they_go_with():
    article = publication(RECORD, DOCUMENT, Revision.UPDATE)
    assert article.locales["vi"].source_version is None
    assert article.locales["en"].source_version == 2
    assert article.locales["en"].content_hash == content_hash(DOCUMENT.locales["en"])


def test_a_version_needs_its_moment():
    with pytest.raises(ValueError, match="moment"):
        publication(replace(RECORD, published_at=None), DOCUMENT, Revision.UPDATE)


def test_a_retraction_keeps_titles_and_addresses_and_nothing_of_the_text():
    article = retraction(RECORD, DOCUMENT, {"vi": "Rút.", "en": "Withdrawn."})
    assert article.retracted
    for locale, before in DOCUMENT.locales.items():
        text = article.locales[locale]
        assert (text.title, text.slug) == (before.title, before.slug)
        assert (text.body, text.summary, text.keywords) == ((), None, ())
    assert article.locales["en"].correction_note == "Withdrawn."
    assert (article.media, article.speaker) == ((), None)


def test_every_revision_has_its_event():
    assert set(EVENTS) == set(Revision)


def test_finished_bytes_are_the_whole_and_each_language_alone():
    article = publication(RECORD, DOCUMENT, Revision.UPDATE)
    finished = {each.locale: each for each in finish(article)}
    assert set(finished) == {WHOLE, "vi", "en"}
    assert ArticleSchema().load(orjson.loads(finished[WHOLE].body)) == article
    alone = orjson.loads(finished["en"].body)
    assert alone.pop("locale") == "en"
    assert ArticleSchema().load(alone) == replace(article, locales={"en": article.locales["en"]})
    assert finished["en"].slug == "cultural-week-opens"
    assert len({each.etag for each in finished.values()}) == 3


def test_the_same_article_finishes_to_the_same_bytes():
    article = publication(RECORD, DOCUMENT, Revision.UPDATE)
    assert finish(article) == finish(publication(RECORD, DOCUMENT, Revision.UPDATE))


def test_the_source_notice_stands_in_for_missing_ones():
    assert notices_for(["vi", "en"], "vi", {"vi": "Rút."}) == {"en": "Rút.", "vi": "Rút."}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [({"en": "Withdrawn."}, "/notices/vi"), ({"vi": "Rút.", "ru": "…"}, "/notices/ru")],
)
def test_notices_that_do_not_fit_are_named(given, wrong):
    with pytest.raises(InvalidInput) as refused:
        notices_for(["vi", "en"], "vi", given)
    assert set(refused.value.errors) == {wrong}

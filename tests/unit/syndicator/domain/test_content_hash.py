# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace

from communique.testing.articles import a_correction, a_retraction, an_article
from syndicator.domain.content_hash import content_hash


def test_a_change_in_another_language_is_no_change_here():
    article = an_article()
    english = replace(article.locales["en"], title="Something else")
    other = an_article(version=2, locales={**article.locales, "en": english})
    assert content_hash(article, "vi", selected=True) == content_hash(other, "vi", selected=True)
    assert content_hash(article, "en", selected=True) != content_hash(other, "en", selected=True)


def test_bookkeeping_is_not_content():
    article = an_article()
    text = replace(article.locales["vi"], source_version=7, content_hash="x")
    other = an_article(locales={**article.locales, "vi": text})
    assert content_hash(article, "vi", selected=True) == content_hash(other, "vi", selected=True)


def test_corrections_retractions_and_withdrawals_differ():
    versions = [
        content_hash(an_article(), "vi", selected=True),
        content_hash(a_correction(), "vi", selected=True),
        content_hash(a_retraction(), "vi", selected=True),
        content_hash(an_article(), "vi", selected=False),
    ]
    assert len(set(versions)) == 4

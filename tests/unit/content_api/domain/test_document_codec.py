# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import UTC, datetime

import orjson

from communique.events.article import Links, Rights, Speaker
from communique.testing.articles import a_media_use, an_article
from content_api.domain.document_codec import OF_A_VERSION, content_hash, from_json, to_json
from content_api.testing.builders import a_document, a_localization


def test_a_document_comes_back_as_it_was():
    document = replace(
        a_document(),
        locales=an_article().locales,
        embargo_until=datetime(2026, 3, 2, 9, tzinfo=UTC),
        speaker=Speaker({"vi": "Người Phát ngôn"}),
        media=(a_media_use("01941f29-7c00-7000-9000-000000000001"),),
        links=Links(related=("01941f29-7c00-7000-8000-000000000009",)),
        rights=Rights({"en": "Free."}, "Ministry"),
    )
    assert from_json(to_json(document)) == document


def test_a_document_has_nothing_that_only_a_version_has():
    assert not set(OF_A_VERSION) & set(orjson.loads(to_json(a_document())))


def test_the_hash_is_of_what_the_desk_wrote_alone():
    text = a_localization()
    assert content_hash(replace(text, source_version=4, content_hash="old")) == content_hash(text)
    assert content_hash(replace(text, title="Khác")) != content_hash(text)
    assert len(content_hash(text)) == 64
